using CudaArch.CudaCpp.Text;

namespace CudaArch.CudaCpp.Syntax;

/// <summary>A parameter of a template.</summary>
/// <param name="Name">Its name; empty when it has none.</param>
/// <param name="IsType">Whether it stands for a type.</param>
/// <param name="IsPack">Whether it stands for any number of arguments.</param>
/// <param name="Default">What stands for it when it is left out.</param>
/// <param name="Constraint">What stands before the name of a value parameter: its type.</param>
internal sealed record CppTemplateParameter(string Name, bool IsType, bool IsPack, TokenRange Default, TokenRange Constraint);

/// <summary>A parameter of a function.</summary>
/// <param name="Name">Its name; empty when it has none.</param>
/// <param name="Type">Its declaration without name and default.</param>
/// <param name="Default">What stands for it when it is left out.</param>
/// <param name="IsPack">Whether it takes any number of arguments.</param>
internal sealed record CppParameter(string Name, TokenRange Type, TokenRange Default, bool IsPack);

/// <summary>The words that stand before declarations and matter.</summary>
[Flags]
internal enum CppSpecifiers
{
    None = 0,
    Kernel = 1,
    Device = 2,
    Host = 4,
    Constexpr = 8,
    Const = 16,
    Static = 32,
    Extern = 64,
    Shared = 128,
    Constant = 256,
    Volatile = 512,
    Virtual = 1024,
    Typedef = 2048,
}

/// <summary>Something that a name stands for.</summary>
internal abstract class CppDeclaration
{
    public required string Name { get; init; }

    /// <summary>Where it was declared; null in a function.</summary>
    public required CppScope? Scope { get; init; }

    /// <summary>The parameters of a template; null when it is none. Empty for an explicit specialization.</summary>
    public IReadOnlyList<CppTemplateParameter>? TemplateParameters { get; init; }

    /// <summary>The condition of a <c>requires</c> clause.</summary>
    public TokenRange Requires { get; init; }

    /// <summary>The arguments of a specialization; null when it is none.</summary>
    public List<TokenRange>? Specialization { get; init; }

    /// <summary>Whether nothing comes of it until it is instantiated.</summary>
    public bool IsTemplate => TemplateParameters is { Count: > 0 };
}

/// <summary>A function.</summary>
internal sealed class CppFunction : CppDeclaration
{
    public required IReadOnlyList<CppParameter> Parameters { get; init; }

    public required CppSpecifiers Specifiers { get; init; }

    /// <summary>The body between its braces; null for a declaration.</summary>
    public required TokenRange? Body { get; init; }

    /// <summary>The initializers of a constructor.</summary>
    public TokenRange Initializers { get; init; }

    /// <summary>What stands before the name: specifiers and the type of the result.</summary>
    public TokenRange Head { get; init; }

    /// <summary>What stands between the parameters and the body: a result type behind an arrow, conditions.</summary>
    public TokenRange Tail { get; init; }

    /// <summary>The class it was declared a member of by a qualified name: <c>void A::f()</c>.</summary>
    public TokenRange Qualifier { get; init; }

    public bool TakesFurtherArguments { get; init; }

    public bool IsKernel => (Specifiers & CppSpecifiers.Kernel) != 0;
}

/// <summary>A variable, member variable or enumerator.</summary>
internal sealed class CppVariable : CppDeclaration
{
    public required CppSpecifiers Specifiers { get; init; }

    /// <summary>The specifiers and the type before the name.</summary>
    public required TokenRange Type { get; init; }

    /// <summary>Pointer and reference marks directly before the name.</summary>
    public bool IsPointer { get; init; }

    /// <summary>The sizes of an array; one may be empty.</summary>
    public IReadOnlyList<TokenRange> Dimensions { get; init; } = [];

    /// <summary>The initial value: an expression, or what is between the brackets behind the name.</summary>
    public TokenRange Initializer { get; init; }

    /// <summary>Whether the initial value stands in brackets: <c>x{1}</c>, <c>x(1)</c>.</summary>
    public bool IsBracketed { get; init; }

    /// <summary>For an enumerator without a value: the one before it.</summary>
    public CppVariable? Before { get; init; }

    public bool IsEnumerator { get; init; }

    public bool IsReference { get; init; }

    /// <summary>The token of the name.</summary>
    public int Position { get; init; }
}

/// <summary>Another name for a type.</summary>
internal sealed class CppAlias : CppDeclaration
{
    /// <summary>The type.</summary>
    public required TokenRange Type { get; init; }

    public bool IsPointer { get; init; }

    public IReadOnlyList<TokenRange> Dimensions { get; init; } = [];
}

/// <summary>Another name for a namespace or, by a using-declaration, for anything.</summary>
internal sealed class CppNameAlias : CppDeclaration
{
    /// <summary>The qualified name.</summary>
    public required IReadOnlyList<string> Path { get; init; }
}

/// <summary>A class, struct, union or enumeration.</summary>
internal sealed class CppClass : CppDeclaration
{
    /// <summary><c>class</c>, <c>struct</c>, <c>union</c> or <c>enum</c>.</summary>
    public required string Key { get; init; }

    public required CppScope Members { get; init; }

    public IReadOnlyList<TokenRange> Bases { get; init; } = [];

    /// <summary>The <c>alignas</c> and <c>__align__</c> values.</summary>
    public IReadOnlyList<TokenRange> Alignments { get; init; } = [];

    /// <summary>The type of an enumeration.</summary>
    public TokenRange Underlying { get; init; }

    public bool HasBody { get; init; }
}

/// <summary>A namespace or the inside of a class.</summary>
internal sealed class CppScope
{
    private readonly Dictionary<string, List<CppDeclaration>> _members = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CppScope> _namespaces = new(StringComparer.Ordinal);

    public CppScope(string name, CppScope? parent)
    {
        Name = name;
        Parent = parent;
    }

    public string Name { get; }

    public CppScope? Parent { get; }

    /// <summary>The class whose inside it is; null for a namespace.</summary>
    public CppClass? Class { get; set; }

    /// <summary>The namespaces of <c>using namespace</c>.</summary>
    public List<IReadOnlyList<string>> Opened { get; } = [];

    /// <summary>All declarations, in order.</summary>
    public List<CppDeclaration> All { get; } = [];

    /// <summary>Namespaces within.</summary>
    public IEnumerable<CppScope> Namespaces => _namespaces.Values;

    public void Add(CppDeclaration declaration)
    {
        All.Add(declaration);
        if (!_members.TryGetValue(declaration.Name, out List<CppDeclaration>? list))
        {
            _members.Add(declaration.Name, list = []);
        }

        list.Add(declaration);
    }

    public IReadOnlyList<CppDeclaration> Find(string name) => _members.TryGetValue(name, out List<CppDeclaration>? list) ? list : [];

    public CppScope? FindNamespace(string name) => _namespaces.TryGetValue(name, out CppScope? scope) ? scope : null;

    public CppScope OpenNamespace(string name)
    {
        if (!_namespaces.TryGetValue(name, out CppScope? scope))
        {
            _namespaces.Add(name, scope = new CppScope(name, this));
        }

        return scope;
    }
}

/// <summary>A use of an explicit instantiation: <c>template __global__ void k&lt;1&gt;(float*);</c></summary>
/// <param name="Name">The template's name.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Scope">Where it stands.</param>
internal sealed record CppInstantiation(string Name, IReadOnlyList<TokenRange> Arguments, CppScope Scope);

/// <summary>A condition that must hold for the text to compile.</summary>
/// <param name="Token">The word.</param>
/// <param name="Condition">The condition.</param>
/// <param name="Scope">Where it stands.</param>
internal sealed record CppStaticAssert(CppToken Token, TokenRange Condition, CppScope Scope);
