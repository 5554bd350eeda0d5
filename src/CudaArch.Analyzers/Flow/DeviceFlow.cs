using System.Collections.Immutable;
using CudaArch.Architectures;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace CudaArch.Analyzers.Flow;

/// <summary>The bodies of a compilation when the program runs on one device. Not safe for several threads: each analysis of a body has its own.</summary>
internal sealed class DeviceFlow
{
    // The guard is usually one call away from what it guards; helpers call helpers.
    private const int MaximumDepth = 3;
    private const int MaximumSummarizedBlocks = 300;

    // So many visits of blocks are made in the bodies that one body asks for. What is not come to by then is not known.
    private const int MaximumVisits = 500;

    private readonly BodyGraphs _graphs;
    private readonly Dictionary<string, BodyFlow?> _summaries = new(StringComparer.Ordinal);
    private readonly Dictionary<ISymbol, FlowValue?> _members = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _running = new(SymbolEqualityComparer.Default);

    private int _visits;
    private ISymbol? _noted;
    private FlowValue? _notedValue;

    public DeviceFlow(BodyGraphs graphs, SmArchitecture device, CancellationToken cancellation)
    {
        _graphs = graphs;
        Facts = new DeviceFacts(device);
        Cancellation = cancellation;
    }

    /// <summary>What names and queries give on the device.</summary>
    public DeviceFacts Facts { get; }

    /// <summary>Asks to stop.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>A test that is taken to hold, or to fail, whatever it folds to: what the program would do had it come out otherwise.</summary>
    public (SyntaxNode Test, bool Holds)? Assumption { get; init; }

    /// <summary>Runs a body for which nothing is known of its parameters.</summary>
    public BodyFlow Analyze(ControlFlowGraph graph)
    {
        _visits = 0;
        return BodyInterpreter.Run(this, graph, new FlowState(), depth: 0);
    }

    /// <summary>Takes a visit of a block in a body that another asks for from the budget; false when it is used up.</summary>
    public bool TrySpendVisit() => ++_visits <= MaximumVisits;

    /// <summary>Runs the body of a called method with the arguments of the call; null when its source is not at hand or it may be overridden.</summary>
    public BodyFlow? Summarize(IMethodSymbol method, FlowValue self, ImmutableArray<IArgumentOperation> arguments, ImmutableArray<FlowValue> values, int depth)
    {
        if (depth >= MaximumDepth || method.IsAbstract || (method.IsVirtual && !method.ContainingType.IsSealed) || (method.IsOverride && !method.IsSealed && !method.ContainingType.IsSealed))
        {
            return null;
        }

        IMethodSymbol definition = (method.ReducedFrom ?? method).OriginalDefinition;
        if (definition.DeclaringSyntaxReferences.IsEmpty || _running.Contains(definition))
        {
            return null;
        }

        string key = $"{depth} {definition.GetDocumentationCommentId() ?? definition.ToDisplayString()} {self}: {string.Join(";", values)}";
        if (_summaries.TryGetValue(key, out BodyFlow? known))
        {
            return known;
        }

        BodyFlow? summary = null;
        if (_graphs.Of(definition, Cancellation) is { } graph && graph.Blocks.Length <= MaximumSummarizedBlocks)
        {
            var entry = new FlowState();
            for (int i = 0; i < arguments.Length; i++)
            {
                if (arguments[i].Parameter is { } parameter && parameter.Ordinal < definition.Parameters.Length && !values[i].IsUnknown && values[i].Function is null)
                {
                    entry.Set(definition.Parameters[parameter.Ordinal], values[i]);
                }
            }

            _running.Add(definition);
            summary = BodyInterpreter.Run(this, graph, entry, depth + 1, self);
            _running.Remove(definition);
        }

        return _summaries[key] = summary;
    }

    /// <summary>
    /// What a field or property holds by its initializer, its getter and all assignments; null when that is not known. A field that others than its own type
    /// can write is not known.
    /// </summary>
    public FlowValue? ValueOfMember(ISymbol member, int depth)
    {
        member = member.OriginalDefinition;
        if (depth >= MaximumDepth || member.DeclaringSyntaxReferences.IsEmpty || _running.Contains(member))
        {
            return null;
        }

        if (_members.TryGetValue(member, out FlowValue? known))
        {
            return known;
        }

        return _members[member] = Find(member, depth);
    }

    private FlowValue? Find(ISymbol member, int depth)
    {
        _running.Add(member);
        FlowValue? value = member switch
        {
            IPropertySymbol { GetMethod: { } getter } property when !IsOverridable(property) && _graphs.Of(getter, Cancellation) is { } graph =>
                graph.Blocks.Length <= MaximumSummarizedBlocks ? BodyInterpreter.Run(this, graph, new FlowState(), depth + 1).Returned : null,
            IPropertySymbol property when !IsOverridable(property) && IsWrittenByOwnTypeOnly(property.SetMethod?.DeclaredAccessibility) => ValueOfAssignments(property, property.Type, depth),
            IFieldSymbol field when field.IsReadOnly || IsWrittenByOwnTypeOnly(field.DeclaredAccessibility) => ValueOfAssignments(field, field.Type, depth),
            _ => null,
        };
        _running.Remove(member);
        return value;
    }

    /// <summary>Told of every assignment to a field or property of the running bodies.</summary>
    public void NoteAssignment(ISymbol member, FlowValue value)
    {
        if (_noted is not null && SymbolEqualityComparer.Default.Equals(member.OriginalDefinition, _noted))
        {
            _notedValue = _notedValue is null ? value : _notedValue.Join(value);
        }
    }

    private static bool IsOverridable(IPropertySymbol property) =>
        property.IsAbstract || ((property.IsVirtual || property.IsOverride) && !property.IsSealed && !property.ContainingType.IsSealed);

    private static bool IsWrittenByOwnTypeOnly(Accessibility? setter) => setter is null or Accessibility.Private;

    private FlowValue? ValueOfAssignments(ISymbol member, ITypeSymbol type, int depth)
    {
        // Before any assignment the member holds its default, and a flag that was never set is false. For numbers the default only says "not asked yet".
        FlowValue? initial = type.SpecialType == SpecialType.System_Boolean ? FlowValue.Of(false) : null;
        ISymbol? outer = _noted;
        FlowValue? outerValue = _notedValue;
        try
        {
            _noted = member;
            _notedValue = null;
            bool isWritten = false;
            if (_graphs.OfInitializer(member, Cancellation) is { } initializer)
            {
                isWritten = true;
                BodyInterpreter.Run(this, initializer, new FlowState(), depth + 1);
                initial = _notedValue ?? FlowValue.Unknown;
            }

            FlowValue? value = null;
            bool constructed = false;
            foreach ((IMethodSymbol method, ControlFlowGraph graph, bool writes) in _graphs.Writers(member, Cancellation))
            {
                isWritten |= writes;
                _notedValue = null;
                var entry = new FlowState();
                bool constructs = method.MethodKind is MethodKind.Constructor or MethodKind.StaticConstructor;
                if (constructs && initial is not null)
                {
                    entry.Set(member, initial);
                }

                BodyFlow run = BodyInterpreter.Run(this, graph, entry, depth + 1);
                FlowValue? written = run.GaveUp ? FlowValue.Unknown
                    : !constructs ? _notedValue
                    : run.Exit is null ? null
                    : run.Exit.Find(member) ?? (writes ? _notedValue ?? FlowValue.Unknown : initial); // A call makes the state forget what was assigned before.
                constructed |= constructs;
                value = Join(value, written);
            }

            // What nobody writes is written in ways that are not seen here. A constructor that ran has replaced the initial value.
            return !isWritten ? null : constructed ? value : Join(value, initial);
        }
        finally
        {
            _noted = outer;
            _notedValue = outerValue;
        }
    }

    private static FlowValue? Join(FlowValue? left, FlowValue? right) => left is null ? right : right is null ? left : left.Join(right);
}
