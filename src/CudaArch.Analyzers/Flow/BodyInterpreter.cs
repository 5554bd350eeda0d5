using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace CudaArch.Analyzers.Flow;

/// <summary>
/// Runs a body abstractly: follows the branches of its control-flow graph that are possible when the device is the target, until what is known of the variables no longer
/// changes. Local functions and lambdas run where they are called; one that is handed on runs where it is handed on.
/// </summary>
internal sealed partial class BodyInterpreter
{
    // A body of more blocks is generated or a table; a block whose state still changes after so many visits is given up.
    private const int MaximumBlocks = 4000;
    private const int MaximumVisitsOfBlock = 24;

    private readonly DeviceFlow _flow;
    private readonly int _depth;
    private readonly FlowValue? _this;
    private readonly VariableUse _use;
    private readonly Dictionary<object, NestedRun> _nested = new();
    private readonly Dictionary<CaptureId, IOperation> _captured = [];
    private readonly Dictionary<IOperation, ControlFlowGraph> _owners = [];

    private ControlFlowGraph _graph;

    private BodyInterpreter(DeviceFlow flow, ControlFlowGraph graph, int depth, FlowValue? self)
    {
        _flow = flow;
        _graph = graph;
        _depth = depth;
        _this = self;
        _use = VariableUse.Of(graph);
        Result = new BodyFlow(graph);
    }

    private BodyFlow Result { get; }

    /// <summary>Runs a body.</summary>
    /// <param name="flow">The device and what is known of the compilation.</param>
    /// <param name="graph">The body.</param>
    /// <param name="entry">What is known of parameters and fields at its start.</param>
    /// <param name="depth">How many calls away the body is from the one under analysis.</param>
    /// <param name="self">What is known of <c>this</c>.</param>
    public static BodyFlow Run(DeviceFlow flow, ControlFlowGraph graph, FlowState entry, int depth, FlowValue? self = null)
    {
        if (graph.Blocks.Length > MaximumBlocks)
        {
            return new BodyFlow(graph) { GaveUp = true, Completes = true };
        }

        var interpreter = new BodyInterpreter(flow, graph, depth, self);
        Outcome outcome = interpreter.RunGraph(graph, entry);
        interpreter.Result.Returned = outcome.Returned;
        interpreter.Result.Completes = outcome.Exit is not null || interpreter.Result.GaveUp;
        interpreter.Result.Exit = outcome.Exit;
        return interpreter.Result;
    }

    private Outcome RunGraph(ControlFlowGraph graph, FlowState entry)
    {
        ControlFlowGraph outer = _graph;
        _graph = graph;
        try
        {
            return new GraphRun(this, graph).Run(entry);
        }
        finally
        {
            _graph = outer;
        }
    }

    /// <summary>What came of running a graph: no exit when it cannot end without an exception.</summary>
    private readonly record struct Outcome(FlowValue? Returned, FlowState? Exit);

    private sealed class NestedRun
    {
        public FlowState? Entry { get; set; }

        public Outcome Outcome { get; set; }

        public bool IsRunning { get; set; }
    }

    /// <summary>The work list over the blocks of one graph.</summary>
    private sealed class GraphRun
    {
        private readonly BodyInterpreter _interpreter;
        private readonly ImmutableArray<BasicBlock> _blocks;
        private readonly FlowState?[] _entries;
        private readonly int[] _visits;
        private readonly SortedSet<int> _pending = [];

        private FlowValue? _returned;
        private FlowState? _exit;

        public GraphRun(BodyInterpreter interpreter, ControlFlowGraph graph)
        {
            _interpreter = interpreter;
            _blocks = graph.Blocks;
            _entries = new FlowState?[_blocks.Length];
            _visits = new int[_blocks.Length];
        }

        public Outcome Run(FlowState entry)
        {
            Enter(_blocks[0], entry);
            while (_pending.Count > 0)
            {
                _interpreter._flow.Cancellation.ThrowIfCancellationRequested();
                int ordinal = _pending.Min;
                _pending.Remove(ordinal);
                if (++_visits[ordinal] > MaximumVisitsOfBlock || (_interpreter._depth > 0 && !_interpreter._flow.TrySpendVisit()))
                {
                    _interpreter.Result.GaveUp = true;
                    break;
                }

                RunBlock(_blocks[ordinal], _entries[ordinal]!.Clone());
            }

            return new Outcome(_returned, _exit);
        }

        private void RunBlock(BasicBlock block, FlowState state)
        {
            // An exception can leave the block anywhere.
            EnterHandlers(block, state);
            foreach (IOperation operation in block.Operations)
            {
                FlowValue unused = _interpreter.Visit(operation, state);
                if (operation is not (IAssignmentOperation or IExpressionStatementOperation { Operation: IAssignmentOperation }))
                {
                    _interpreter.Discard(unused, state);
                }

                if (state.IsDead)
                {
                    return;
                }
            }

            EnterHandlers(block, state);
            FlowValue value = block.BranchValue is { } branch ? _interpreter.Visit(branch, state) : FlowValue.Unknown;
            if (state.IsDead)
            {
                return;
            }

            if (block.ConditionKind == ControlFlowConditionKind.None)
            {
                Follow(block.FallThroughSuccessor, state, value);
                return;
            }

            _interpreter.Result.RecordCondition(block.BranchValue!, value);
            bool jumpsWhen = block.ConditionKind == ControlFlowConditionKind.WhenTrue;
            if (value.Truth is not { } truth || truth == jumpsWhen)
            {
                Follow(block.ConditionalSuccessor, state, value);
            }

            if (value.Truth is not { } same || same != jumpsWhen)
            {
                Follow(block.FallThroughSuccessor, state, value);
            }
        }

        private void Follow(ControlFlowBranch? branch, FlowState state, FlowValue value)
        {
            if (branch is null)
            {
                return;
            }

            switch (branch.Semantics)
            {
                case ControlFlowBranchSemantics.Return:
                    _interpreter.Discard(value, state);
                    _returned = _returned is null ? value : _returned.Join(value);
                    break;
                case ControlFlowBranchSemantics.Regular:
                    break;
                default:
                    _interpreter.Discard(value, state);
                    return;
            }

            FlowState after = state;
            foreach (ControlFlowRegion region in branch.FinallyRegions)
            {
                Enter(_blocks[region.FirstBlockOrdinal], after);
                after = AfterFinally(region, after);
            }

            if (branch.Destination is { } destination)
            {
                if (destination.Kind == BasicBlockKind.Exit)
                {
                    _exit = _exit is null ? after.Clone() : _exit.Join(after, _interpreter.Escape, out _);
                }
                else
                {
                    Enter(destination, after);
                }
            }
        }

        // What a finally block writes is not followed past it.
        private FlowState AfterFinally(ControlFlowRegion region, FlowState state)
        {
            FlowState after = state.Clone();
            for (int i = region.FirstBlockOrdinal; i <= region.LastBlockOrdinal; i++)
            {
                foreach (IOperation operation in _blocks[i].Operations.SelectMany(operation => operation.DescendantsAndSelf()))
                {
                    if (operation is IAssignmentOperation assignment && VariableOf(assignment.Target) is { } variable)
                    {
                        after.Set(variable, FlowValue.Unknown);
                    }
                }
            }

            return after;
        }

        private void EnterHandlers(BasicBlock block, FlowState state)
        {
            // The regions of a lambda lie within those of the body around it, whose blocks are another graph's.
            for (ControlFlowRegion? region = block.EnclosingRegion; region is not null and not { Kind: ControlFlowRegionKind.Root }; region = region.EnclosingRegion)
            {
                if (region is not { Kind: ControlFlowRegionKind.Try, EnclosingRegion: { } around })
                {
                    continue;
                }

                foreach (ControlFlowRegion handler in around.NestedRegions)
                {
                    if (handler.Kind != ControlFlowRegionKind.Try)
                    {
                        Enter(_blocks[handler.FirstBlockOrdinal], state);
                    }
                }
            }
        }

        private void Enter(BasicBlock block, FlowState state)
        {
            if (_entries[block.Ordinal] is not { } known)
            {
                _entries[block.Ordinal] = state.Clone();
                _pending.Add(block.Ordinal);
                return;
            }

            FlowState joined = known.Join(state, _interpreter.Escape, out bool changed);
            if (changed)
            {
                _entries[block.Ordinal] = joined;
                _pending.Add(block.Ordinal);
            }
        }
    }
}
