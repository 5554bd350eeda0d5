using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace CudaArch.Analyzers.Flow;

/// <summary>Walks over control-flow graphs.</summary>
internal static class GraphExtensions
{
    /// <summary>The graph and those of the local functions and lambdas in it, at every depth.</summary>
    public static IEnumerable<ControlFlowGraph> WithNested(this ControlFlowGraph graph)
    {
        var pending = new Stack<ControlFlowGraph>();
        pending.Push(graph);
        while (pending.Count > 0)
        {
            ControlFlowGraph next = pending.Pop();
            yield return next;

            foreach (IMethodSymbol function in next.LocalFunctions)
            {
                pending.Push(next.GetLocalFunctionControlFlowGraph(function));
            }

            foreach (IOperation operation in next.Operations())
            {
                if (operation is IFlowAnonymousFunctionOperation lambda)
                {
                    pending.Push(next.GetAnonymousFunctionControlFlowGraph(lambda));
                }
            }
        }
    }

    /// <summary>Every operation of the graph itself, parents before children.</summary>
    public static IEnumerable<IOperation> Operations(this ControlFlowGraph graph)
    {
        foreach (BasicBlock block in graph.Blocks)
        {
            foreach (IOperation operation in block.Operations)
            {
                foreach (IOperation inner in operation.DescendantsAndSelf())
                {
                    yield return inner;
                }
            }

            if (block.BranchValue is { } branch)
            {
                foreach (IOperation inner in branch.DescendantsAndSelf())
                {
                    yield return inner;
                }
            }
        }
    }

    /// <summary>The expression behind conversions, parentheses and the address operator.</summary>
    public static IOperation Referent(this IOperation operation)
    {
        while (true)
        {
            switch (operation)
            {
                case IConversionOperation conversion:
                    operation = conversion.Operand;
                    break;
                case IParenthesizedOperation parenthesized:
                    operation = parenthesized.Operand;
                    break;
                case IAddressOfOperation address:
                    operation = address.Reference;
                    break;
                default:
                    return operation;
            }
        }
    }

    /// <summary>Whether an expression is the address of a variable, so that the callee sees the variable.</summary>
    public static bool TakesAddress(this IOperation operation)
    {
        while (operation is IConversionOperation or IParenthesizedOperation)
        {
            operation = operation is IConversionOperation conversion ? conversion.Operand : ((IParenthesizedOperation)operation).Operand;
        }

        return operation is IAddressOfOperation;
    }
}
