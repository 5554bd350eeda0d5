namespace CudaArch.Ptx;

/// <summary>A kernel's static shared memory.</summary>
/// <param name="Kernel">The kernel.</param>
/// <param name="Span">The declaration of its largest variable.</param>
/// <param name="Bytes">All its variables, each at its alignment.</param>
internal readonly record struct PtxSharedMemory(string Kernel, PtxSpan Span, long Bytes);

/// <summary>
/// Adds up the static shared memory of each kernel as the assembler does (measured): the variables that the kernel declares, used or not, in their order; then those
/// of the module that it names, and all of the functions that it reaches. A function is reached by its name, by a table that names it, or, when a table names it at
/// all, by any indirect call. Variables without a size (dynamic shared memory) only align what stands before them.
/// </summary>
internal sealed class PtxSharedMemoryReader
{
    // Of kernels that reach more than this in all, only what they declare and name themselves is counted.
    private const int MostSteps = 1 << 22;

    private readonly Dictionary<string, Scope> _functions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Variable> _variables = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Scope> _tables = new(StringComparer.Ordinal);
    private readonly List<Scope> _kernels = [];
    private readonly Scope _anyTable = new("");
    private readonly HashSet<string> _hidden = new(StringComparer.Ordinal);
    private Scope? _current;

    /// <summary>Begins a function's header and body, or the space between functions when its name is null.</summary>
    public void Enter(string? function, bool isKernel)
    {
        _hidden.Clear();
        _current = null;
        if (function is null)
        {
            return;
        }

        if (!_functions.TryGetValue(function, out _current))
        {
            _current = new Scope(function);
            _functions.Add(function, _current);
            if (isKernel)
            {
                _kernels.Add(_current);
            }
        }
    }

    /// <summary>Takes a statement into account.</summary>
    public void Visit(ReadOnlySpan<char> text, PtxStatement statement, PtxRegisters registers)
    {
        PtxSpan head = statement.Parts[0];
        ReadOnlySpan<char> name = text.Slice(head.Start, head.Length);
        if (statement.IsDirective)
        {
            if (name.SequenceEqual("shared".AsSpan()))
            {
                Declare(text, statement);
            }
            else if (_functions.Count > 0 && _current is null && statement.Names.Length > 0)
            {
                AddTable(text, statement);
            }
        }
        else if (_current is not null)
        {
            bool named = AddNames(text, statement, registers);
            if (!named && name.SequenceEqual("call".AsSpan()))
            {
                _current.Callees.Add(_anyTable);
            }
        }
    }

    /// <summary>The kernels that have static shared memory, in their order.</summary>
    public IEnumerable<PtxSharedMemory> Totals()
    {
        int steps = MostSteps;
        foreach (Scope kernel in _kernels)
        {
            var layout = new Layout();
            foreach (Variable variable in kernel.Variables)
            {
                layout.Add(variable);
            }

            foreach (Variable variable in ReachedFrom(kernel, ref steps).OrderBy(variable => variable.Bytes == 0).ThenBy(variable => variable.Span.Start))
            {
                layout.Add(variable);
            }

            if (layout.Bytes > 0)
            {
                yield return new PtxSharedMemory(kernel.Name, layout.Largest, layout.Bytes);
            }
        }
    }

    private void Declare(ReadOnlySpan<char> text, PtxStatement statement)
    {
        foreach (PtxVariable declared in statement.Variables)
        {
            var variable = new Variable(statement.OpcodeSpan, declared.Bytes, declared.Alignment);
            string name = text.Slice(declared.Name.Start, declared.Name.Length).ToString();
            if (_current is null)
            {
                _variables[name] = variable;
            }
            else
            {
                _current.Variables.Add(variable);
                _hidden.Add(name);
            }
        }
    }

    // ".global .u64 table[] = {f, g};"
    private void AddTable(ReadOnlySpan<char> text, PtxStatement statement)
    {
        Scope? table = null;
        foreach (PtxSpan span in statement.Names)
        {
            if (_functions.TryGetValue(text.Slice(span.Start, span.Length).ToString(), out Scope? function))
            {
                table ??= new Scope("");
                table.Callees.Add(function);
                _anyTable.Callees.Add(function);
            }
        }

        if (table is not null && statement.Operands.Length > 0)
        {
            PtxSpan name = statement.Operands[0].Span;
            _tables[text.Slice(name.Start, name.Length).ToString()] = table;
        }
    }

    private bool AddNames(ReadOnlySpan<char> text, PtxStatement statement, PtxRegisters registers)
    {
        bool namesFunction = false;
        if (_variables.Count + _functions.Count == 0)
        {
            return false;
        }

        foreach (PtxSpan span in statement.Names)
        {
            string name = text.Slice(span.Start, span.Length).ToString();
            if (_hidden.Contains(name) || registers.IsDeclared(name))
            {
                continue;
            }

            if (_variables.TryGetValue(name, out Variable? variable))
            {
                _current!.Named.Add(variable);
            }
            else if (_functions.TryGetValue(name, out Scope? function) || _tables.TryGetValue(name, out function))
            {
                _current!.Callees.Add(function);
                namesFunction = true;
            }
        }

        return namesFunction;
    }

    private static HashSet<Variable> ReachedFrom(Scope kernel, ref int steps)
    {
        var reached = new HashSet<Variable>(kernel.Named);
        if (kernel.Callees.Count == 0)
        {
            return reached;
        }

        var seen = new HashSet<Scope> { kernel };
        var open = new Stack<Scope>(kernel.Callees);
        while (open.Count > 0 && steps-- > 0)
        {
            Scope scope = open.Pop();
            if (seen.Add(scope))
            {
                reached.UnionWith(scope.Variables);
                reached.UnionWith(scope.Named);
                steps -= scope.Variables.Count + scope.Named.Count + scope.Callees.Count;
                foreach (Scope callee in scope.Callees)
                {
                    open.Push(callee);
                }
            }
        }

        return reached;
    }

    private sealed class Variable(PtxSpan span, long bytes, long alignment)
    {
        public PtxSpan Span { get; } = span;

        public long Bytes { get; } = bytes;

        public long Alignment { get; } = alignment;
    }

    /// <summary>A function, or a table of functions.</summary>
    private sealed class Scope(string name)
    {
        public string Name { get; } = name;

        public List<Variable> Variables { get; } = [];

        public HashSet<Variable> Named { get; } = [];

        public HashSet<Scope> Callees { get; } = [];
    }

    private struct Layout
    {
        private long _largest;

        public long Bytes { get; private set; }

        public PtxSpan Largest { get; private set; }

        public void Add(Variable variable)
        {
            long alignment = Math.Max(1, variable.Alignment);
            long start = (Bytes + alignment - 1) / alignment * alignment;
            Bytes = Math.Min(start + variable.Bytes, int.MaxValue);
            if (variable.Bytes > _largest)
            {
                _largest = variable.Bytes;
                Largest = variable.Span;
            }
        }
    }
}
