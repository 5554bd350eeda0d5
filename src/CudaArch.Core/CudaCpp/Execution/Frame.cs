using CudaArch.CudaCpp.Syntax;

namespace CudaArch.CudaCpp.Execution;

/// <summary>What the names in a function, or a lambda in it, stand for.</summary>
internal sealed class Frame
{
    private readonly Dictionary<string, CppValue> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CppDeclaration> _declarations = new(StringComparer.Ordinal);

    public Frame(string key, CppScope scope, ClassInstance? owner, Frame? parent)
    {
        Key = key;
        Scope = scope;
        Owner = owner;
        Parent = parent;
    }

    /// <summary>The instance of the function: its name and the values it was entered with.</summary>
    public string Key { get; }

    /// <summary>Where the function was declared.</summary>
    public CppScope Scope { get; }

    /// <summary>The class it is a member of.</summary>
    public ClassInstance? Owner { get; }

    /// <summary>The function around a lambda.</summary>
    public Frame? Parent { get; }

    /// <summary>The values that were returned.</summary>
    public List<CppValue> Returned { get; } = [];

    /// <summary>The body of the function.</summary>
    public TokenRange Body { get; set; }

    /// <summary>The variables whose value changes.</summary>
    public HashSet<string> Changing { get; set; } = new(StringComparer.Ordinal);

    public void Bind(string name, CppValue value)
    {
        if (name.Length > 0)
        {
            _values[name] = value;
            _declarations.Remove(name);
        }
    }

    public void Declare(CppDeclaration declaration)
    {
        _declarations[declaration.Name] = declaration;
        _values.Remove(declaration.Name);
    }

    public CppValue? Find(string name)
    {
        for (Frame? frame = this; frame is not null; frame = frame.Parent)
        {
            if (frame._values.TryGetValue(name, out CppValue? value))
            {
                return value;
            }

            if (frame._declarations.ContainsKey(name))
            {
                return null;
            }
        }

        return null;
    }

    public CppDeclaration? FindDeclaration(string name)
    {
        for (Frame? frame = this; frame is not null; frame = frame.Parent)
        {
            if (frame._declarations.TryGetValue(name, out CppDeclaration? declaration))
            {
                return declaration;
            }

            if (frame._values.ContainsKey(name))
            {
                return null;
            }
        }

        return null;
    }
}
