using System.Globalization;
using CudaArch.CudaCpp.Syntax;

namespace CudaArch.CudaCpp.Execution;

/// <summary>What is known of a value while the text is compiled.</summary>
internal abstract class CppValue
{
    /// <summary>Nothing is known.</summary>
    public static CppValue Unknown { get; } = new UnknownValue();

    /// <summary>Distinguishes values that matter for what is compiled; equal for equal values.</summary>
    public abstract string Key { get; }

    /// <summary>Whether it counts as true; null when that is not known.</summary>
    public virtual bool? Truth => null;

    public static CppValue Of(bool value) => new IntegerValue(value ? 1 : 0, false, 1);

    private sealed class UnknownValue : CppValue
    {
        public override string Key => "?";
    }
}

/// <summary>An integer, a boolean or a character.</summary>
internal sealed class IntegerValue(long value, bool isUnsigned, int bytes = 4) : CppValue
{
    public long Value { get; } = value;

    public bool IsUnsigned { get; } = isUnsigned;

    /// <summary>How wide its type is.</summary>
    public int Bytes { get; } = bytes;

    public override string Key => Value.ToString(CultureInfo.InvariantCulture);

    public override bool? Truth => Value != 0;
}

/// <summary>A floating-point number.</summary>
internal sealed class RealValue(double value) : CppValue
{
    public double Value { get; } = value;

    public override string Key => "r" + Value.ToString("R", CultureInfo.InvariantCulture);

    public override bool? Truth => Value != 0;
}

/// <summary>A type, where a template takes one.</summary>
internal sealed class TypeValue(CppType type) : CppValue
{
    public CppType Type { get; } = type;

    public override string Key => "t:" + Type.Key;
}

/// <summary>An object of which only the type is known.</summary>
internal sealed class ObjectValue(CppType type) : CppValue
{
    public CppType Type { get; } = type;

    public override string Key => "o:" + Type.Key;
}

/// <summary>A lambda with what it can see.</summary>
internal sealed class ClosureValue(int start, TokenRange parameters, TokenRange body, Frame frame) : CppValue
{
    public int Start { get; } = start;

    public TokenRange Parameters { get; } = parameters;

    public TokenRange Body { get; } = body;

    public Frame Frame { get; } = frame;

    public override string Key => "l" + Start.ToString(CultureInfo.InvariantCulture) + "@" + Frame.Key;
}

/// <summary>The name of functions, not yet called.</summary>
internal sealed class FunctionValue(IReadOnlyList<CppFunction> candidates, ClassInstance? owner, IReadOnlyList<CppValue>? arguments) : CppValue
{
    public IReadOnlyList<CppFunction> Candidates { get; } = candidates;

    public ClassInstance? Owner { get; } = owner;

    public IReadOnlyList<CppValue>? Arguments { get; } = arguments;

    public override string Key => "f:" + Candidates[0].Name + Candidates[0].Parameters.Count.ToString(CultureInfo.InvariantCulture) + (Owner?.Key ?? "")
        + (Arguments is null ? "" : "<" + string.Join(",", Arguments.Select(argument => argument.Key)) + ">");
}

/// <summary>The arguments that a parameter pack stands for.</summary>
internal sealed class PackValue(IReadOnlyList<CppValue> values) : CppValue
{
    public IReadOnlyList<CppValue> Values { get; } = values;

    public override string Key => "{" + string.Join(",", Values.Select(value => value.Key)) + "}";
}

/// <summary>A type: one of the text's classes, or another one by name.</summary>
internal sealed class CppType
{
    public CppType(string name, ClassInstance? instance = null, int pointers = 0, IReadOnlyList<CppValue>? arguments = null)
    {
        Name = name;
        Instance = instance;
        Pointers = pointers;
        Arguments = arguments ?? [];
    }

    /// <summary>The name with namespaces; a built-in type in its usual form.</summary>
    public string Name { get; }

    /// <summary>The class of the text that it is; null for another type.</summary>
    public ClassInstance? Instance { get; }

    public int Pointers { get; }

    /// <summary>The arguments of a template that is not in the text.</summary>
    public IReadOnlyList<CppValue> Arguments { get; }

    public string Key => (Instance?.Key ?? Name) + (Arguments.Count > 0 ? "<" + string.Join(",", Arguments.Select(a => a.Key)) + ">" : "") + new string('*', Pointers);

    public CppType PointerTo() => new(Name, Instance, Pointers + 1, Arguments);

    public CppType Pointee() => Pointers > 0 ? new(Name, Instance, Pointers - 1, Arguments) : this;
}

/// <summary>A class with the arguments of its template.</summary>
internal sealed class ClassInstance(CppClass declaration, Dictionary<string, CppValue> bindings, string key, Frame? frame, ClassInstance? outer)
{
    public CppClass Declaration { get; } = declaration;

    public Dictionary<string, CppValue> Bindings { get; } = bindings;

    public string Key { get; } = key;

    /// <summary>The function it is declared in.</summary>
    public Frame? Frame { get; } = frame;

    /// <summary>The instance of the class that it is declared in.</summary>
    public ClassInstance? Outer { get; } = outer;

    /// <summary>The classes that it inherits from; null before they were asked for.</summary>
    public IReadOnlyList<CppType>? Bases { get; set; }
}
