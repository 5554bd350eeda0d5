using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace CudaArch.Analyzers.Flow;

/// <summary>What runs of a body, nested functions included, when the device is the target, and with what values.</summary>
internal sealed class BodyFlow
{
    private readonly ControlFlowGraph _graph;
    private readonly HashSet<Place> _reached = [];
    private readonly Dictionary<Place, FlowValue> _values = [];
    private readonly Dictionary<Place, FlowValue> _conditions = [];
    private readonly HashSet<Place> _effects = [];
    private HashSet<Place>? _all;

    public BodyFlow(ControlFlowGraph graph) => _graph = graph;

    /// <summary>Whether the body was too large to follow: then everything counts as reached.</summary>
    public bool GaveUp { get; set; }

    /// <summary>What the body returns.</summary>
    public FlowValue? Returned { get; set; }

    /// <summary>Whether the body can end without an exception.</summary>
    public bool Completes { get; set; }

    /// <summary>The variables when the body ends; null when it cannot.</summary>
    public FlowState? Exit { get; set; }

    /// <summary>The branch conditions that were come to, with what they fold to.</summary>
    public IEnumerable<KeyValuePair<Place, FlowValue>> Conditions => _conditions;

    /// <summary>Whether control can come to a piece of code. What does not appear in the graph is taken as reached.</summary>
    public bool IsReached(SyntaxNode node)
    {
        if (GaveUp || _reached.Contains(new(node)))
        {
            return true;
        }

        if (!(_all ??= AllPlaces()).Contains(new(node)))
        {
            // A piece of an operation: ask the nearest operation around it.
            return node.Parent is not { } parent || !node.AncestorsAndSelf().Any(ancestor => _all.Contains(new(ancestor))) || IsReached(parent);
        }

        return false;
    }

    /// <summary>Whether control comes to anything in a piece of code; null when there is nothing in it that the graph has.</summary>
    public bool? ComesInto(SyntaxNode node)
    {
        bool? comes = GaveUp ? true : null;
        foreach (SyntaxNode part in node.DescendantNodesAndSelf())
        {
            if (comes != true && (_all ??= AllPlaces()).Contains(new(part)))
            {
                comes = _reached.Contains(new(part));
            }
        }

        return comes;
    }

    /// <summary>What an argument was on every path that comes to it, or the variable behind it when it is handed by reference; unknown when it was not recorded.</summary>
    public FlowValue ValueOf(SyntaxNode node) => _values.TryGetValue(new(node), out FlowValue? value) ? value : FlowValue.Unknown;

    /// <summary>Notes that control comes to an operation.</summary>
    public void Reach(IOperation operation) => _reached.Add(new(operation.Syntax));

    /// <summary>Notes the value of an argument.</summary>
    public void Record(IOperation operation, FlowValue value) => Note(_values, new(operation.Syntax), value);

    /// <summary>Notes what a condition folds to.</summary>
    public void RecordCondition(IOperation operation, FlowValue value) => Note(_conditions, new(operation.Syntax), value);

    /// <summary>Notes that an operation does, or reads, what is not known here.</summary>
    public void Affect(IOperation operation) => _effects.Add(new(operation.Syntax));

    /// <summary>
    /// Whether two runs of a body do the same, as far as that can be told: the same calls with the same values, the same result. Nested functions are not looked into.
    /// </summary>
    public bool DoesAs(BodyFlow other) =>
        !GaveUp && !other.GaveUp && _effects.SetEquals(other._effects)
        && Equals(Returned, other.Returned)
        && _values.All(entry => !other._values.TryGetValue(entry.Key, out FlowValue? value) || value.Equals(entry.Value))
        && (Exit is null ? other.Exit is null : other.Exit is not null && Exit.HoldsAs(other.Exit));

    private static void Note(Dictionary<Place, FlowValue> notes, Place place, FlowValue value) =>
        notes[place] = notes.TryGetValue(place, out FlowValue? known) ? known.Join(value) : value;

    private HashSet<Place> AllPlaces()
    {
        var all = new HashSet<Place>();
        foreach (ControlFlowGraph graph in _graph.WithNested())
        {
            foreach (IOperation operation in graph.Operations())
            {
                all.Add(new(operation.Syntax));
            }
        }

        return all;
    }

    /// <summary>A node of a body by its extent and kind: syntax nodes may be created anew.</summary>
    internal readonly record struct Place(TextSpan Span, int Kind)
    {
        public Place(SyntaxNode node)
            : this(node.Span, node.RawKind)
        {
        }
    }
}
