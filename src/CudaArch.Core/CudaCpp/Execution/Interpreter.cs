using CudaArch.CudaCpp.Syntax;
using CudaArch.CudaCpp.Text;

namespace CudaArch.CudaCpp.Execution;

/// <summary>
/// Finds what of a text becomes code: goes through the bodies of its kernels and of all they call, with the values that are known while the text is compiled, and leaves out what an
/// optimizing compiler leaves out. The work is bounded; where the bounds are reached, what was found so far counts.
/// </summary>
internal sealed partial class Interpreter
{
    private const int DeepestCalls = 40;
    private const int DeepestNesting = 150;
    private const int MostInstances = 64;
    private const int MostSteps = 1_500_000;

    private readonly CppUnit _unit;
    private readonly CppScope _global;
    private readonly DeclarationReader _reader;
    private readonly Dictionary<string, ReachedFunction> _instances = new(StringComparer.Ordinal);
    private readonly Dictionary<CppFunction, int> _instanceCounts = [];
    private readonly Dictionary<CppFunction, int> _functionNumbers = [];
    private readonly HashSet<int> _seenAssembly = [];
    private readonly Dictionary<CppFunction, HashSet<string>> _changing = [];
    private Frame _frame;
    private ReachedFunction _function = new();
    private bool _live;
    private int _calls;
    private int _nesting;
    private int _steps;

    public Interpreter(CppUnit unit, CppScope global, DeclarationReader reader)
    {
        _unit = unit;
        _global = global;
        _reader = reader;
        _frame = new Frame("", global, null, null);
    }

    /// <summary>The <c>asm</c> statements that are compiled, in the order they were found.</summary>
    public List<ReachedAssembly> Assembly { get; } = [];

    /// <summary>The names of headers that are used.</summary>
    public List<ReachedName> Names { get; } = [];

    /// <summary>The <c>static_assert</c>s that fail.</summary>
    public List<CppToken> FailedAssertions { get; } = [];

    /// <summary>The kernels with what they need of shared memory.</summary>
    public List<(CppFunction Kernel, ReachedFunction Reached)> Kernels { get; } = [];

    /// <summary>The conditions with a known value that left out an <c>asm</c> statement: the statement and whether something stands in for it.</summary>
    public List<(int Token, bool HasOther)> LeftOut { get; } = [];

    /// <summary>Goes through everything from the kernels on.</summary>
    public void Run()
    {
        // Going through a body reads the declarations in it, which adds to these lists: each is gone through as it is now.
        foreach (CppStaticAssert assertion in _reader.Assertions.ToList())
        {
            _frame = new Frame("", assertion.Scope, assertion.Scope.Class is { } owner ? Plain(owner) : null, null);
            CheckAssertion(assertion.Token, assertion.Condition, quiet: true);
        }

        _live = true;
        _frame = new Frame("", _global, null, null);
        foreach (int assembly in _reader.ModuleAssembly.ToList())
        {
            ReadAssembly(assembly, _unit.Count);
        }

        foreach (CppFunction function in _reader.Functions.ToList())
        {
            if (function.IsKernel && function.Body is not null && !function.IsTemplate && function.Scope?.Class is not { IsTemplate: true })
            {
                EnterKernel(function, []);
            }
        }

        foreach (CppInstantiation instantiation in _reader.Instantiations.ToList())
        {
            _frame = new Frame("", instantiation.Scope, null, null);
            List<CppValue> arguments = TemplateArgumentValues(instantiation.Arguments);
            foreach (CppFunction function in FunctionsNamed(instantiation.Name).Where(function => function.IsKernel && function.IsTemplate))
            {
                EnterKernel(function, arguments);
            }
        }

        InitializeVariables(_global);
    }

    private void EnterKernel(CppFunction function, IReadOnlyList<CppValue> arguments)
    {
        CppFunction chosen = arguments.Count == 0 ? function : SpecializationOf(function, arguments);
        _live = true;
        _function = new ReachedFunction();
        _frame = new Frame("", function.Scope ?? _global, null, null);
        foreach (CppParameter parameter in function.Parameters)
        {
            UseType(parameter.Type);
        }

        ReachedFunction? reached = Enter(chosen, null, arguments, UnknownArguments(function));
        if (reached is not null)
        {
            Kernels.Add((function, reached));
        }
    }

    private static List<CppValue> UnknownArguments(CppFunction function) => [.. function.Parameters.Select(_ => CppValue.Unknown)];

    // A device variable may hold the address of a function.
    private void InitializeVariables(CppScope scope)
    {
        foreach (CppVariable variable in scope.All.OfType<CppVariable>().ToList())
        {
            if ((variable.Specifiers & (CppSpecifiers.Device | CppSpecifiers.Constant)) != 0 && (variable.Specifiers & CppSpecifiers.Static) == 0 && !variable.IsTemplate)
            {
                _live = true;
                _function = new ReachedFunction();
                _frame = new Frame("", scope, null, null);
                Evaluate(variable.Initializer);
            }
        }

        foreach (CppScope inner in scope.Namespaces.ToList())
        {
            InitializeVariables(inner);
        }
    }

    private List<CppFunction> FunctionsNamed(string name) => [.. _reader.Functions.Where(function => function.Name == name)];

    private bool Step() => ++_steps < MostSteps;

    private void CheckAssertion(CppToken token, TokenRange range, bool quiet = false)
    {
        bool live = _live;
        _live = !quiet && live;
        List<TokenRange> parts = _unit.SplitAtCommas(range);
        CppValue value = parts.Count > 0 ? Evaluate(parts[0]) : CppValue.Unknown;
        _live = live;
        if (value.Truth == false && (quiet || live))
        {
            FailedAssertions.Add(token);
        }
    }
}
