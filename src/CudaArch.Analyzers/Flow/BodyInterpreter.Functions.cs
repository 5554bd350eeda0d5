using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace CudaArch.Analyzers.Flow;

/// <summary>Local functions, lambdas and method groups: they run where they are called, or where they are handed on to others.</summary>
internal sealed partial class BodyInterpreter
{
    /// <summary>A value that is not kept: a function in it is now in the hands of others, who may call it at any time.</summary>
    private void Discard(FlowValue value, FlowState state)
    {
        if (value.Function is { } function)
        {
            Call(function, Later(state));
        }

        foreach (FlowValue element in value.Elements)
        {
            Discard(element, state);
        }
    }

    private void Escape(FlowValue value) => Discard(value, new FlowState());

    /// <summary>Runs a function.</summary>
    private Outcome Call(IOperation function, FlowState state)
    {
        switch (function)
        {
            case IFlowAnonymousFunctionOperation lambda when _owners.TryGetValue(lambda, out ControlFlowGraph? owner):
                return RunNested(lambda, () => owner.GetAnonymousFunctionControlFlowGraph(lambda), state);

            case IMethodReferenceOperation { Method.MethodKind: MethodKind.LocalFunction } local:
                Result.Reach(local);
                return CallLocal(local.Method, state);

            case IMethodReferenceOperation reference:
                Result.Reach(reference);
                break;
        }

        return new Outcome(FlowValue.Unknown, state);
    }

    private Outcome CallLocal(IMethodSymbol function, FlowState state)
    {
        IMethodSymbol definition = function.OriginalDefinition;
        if (FindLocal(definition) is not { } owner)
        {
            return new Outcome(FlowValue.Unknown, state);
        }

        return RunNested(definition, () => owner.GetLocalFunctionControlFlowGraph(definition), state);
    }

    private ControlFlowGraph? FindLocal(IMethodSymbol function)
    {
        for (ControlFlowGraph? graph = _graph; graph is not null; graph = graph.Parent)
        {
            if (graph.LocalFunctions.Contains(function, SymbolEqualityComparer.Default))
            {
                return graph;
            }
        }

        return null;
    }

    private Outcome RunNested(object key, Func<ControlFlowGraph> graph, FlowState state)
    {
        if (!_nested.TryGetValue(key, out NestedRun? run))
        {
            _nested.Add(key, run = new NestedRun());
        }

        bool changed = true;
        FlowState entry = run.Entry is { } known ? known.Join(state, Escape, out changed) : state.Clone();
        if (run.IsRunning)
        {
            // A recursive call: the run under way covers it as far as it can.
            return new Outcome(FlowValue.Unknown, state);
        }

        if (changed || run.Entry is null)
        {
            run.Entry = entry;
            run.IsRunning = true;
            run.Outcome = RunGraph(graph(), entry.Clone());
            run.IsRunning = false;
        }

        return run.Outcome;
    }

    // Later, only what is never written again is still as it is now.
    private FlowState Later(FlowState state)
    {
        FlowState later = state.Clone();
        later.Forget(variable => variable is ILocalSymbol or IParameterSymbol ? !_use.IsWrittenOnce((ISymbol)variable) : IsMutableMember(variable));
        return later;
    }

    private static bool IsMutableMember(object variable) => variable switch
    {
        IFieldSymbol field => !field.IsReadOnly,
        IPropertySymbol property => property.SetMethod is { IsInitOnly: false },
        _ => false,
    };
}
