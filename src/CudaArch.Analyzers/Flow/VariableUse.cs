using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace CudaArch.Analyzers.Flow;

/// <summary>How the locals and parameters of a body are written, which tells what a nested function that runs later may rely on.</summary>
internal sealed class VariableUse
{
    private static readonly ConditionalWeakTable<ControlFlowGraph, VariableUse> Known = new();

    private readonly Dictionary<ISymbol, int> _writes = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ISymbol> _writtenFromInside = new(SymbolEqualityComparer.Default);

    /// <summary>The variables of a body; counted once, however often it runs.</summary>
    public static VariableUse Of(ControlFlowGraph graph) => Known.GetValue(graph, static key => new VariableUse(key));

    // Counts the writes in a body and its nested functions.
    private VariableUse(ControlFlowGraph graph)
    {
        foreach (ControlFlowGraph nested in graph.WithNested())
        {
            bool isRoot = ReferenceEquals(nested, graph);
            foreach (IOperation operation in nested.Operations())
            {
                foreach (IOperation target in Targets(operation))
                {
                    Count(target, isRoot ? null : FunctionOf(nested));
                }

                if (operation is IDeclarationPatternOperation { DeclaredSymbol: { } declared })
                {
                    Count(declared, null);
                }
            }
        }
    }

    /// <summary>Whether a nested function writes a variable of the function around it: then its value is nowhere certain.</summary>
    public bool IsWrittenFromInside(ISymbol variable) => _writtenFromInside.Contains(variable);

    /// <summary>Whether a variable keeps its first value.</summary>
    public bool IsWrittenOnce(ISymbol variable) => !_writes.TryGetValue(variable, out int writes) || writes <= (variable is IParameterSymbol ? 0 : 1);

    // Local functions and lambdas own the locals that are declared in them.
    private static ISymbol? FunctionOf(ControlFlowGraph nested) => nested.OriginalOperation switch
    {
        ILocalFunctionOperation local => local.Symbol,
        IAnonymousFunctionOperation lambda => lambda.Symbol,
        _ => null,
    };

    private static IEnumerable<IOperation> Targets(IOperation operation) => operation switch
    {
        IAssignmentOperation assignment => Parts(assignment.Target),
        IIncrementOrDecrementOperation increment => [increment.Target],
        IArgumentOperation { Parameter.RefKind: RefKind.Out or RefKind.Ref } argument => Parts(argument.Value),
        IAddressOfOperation address => [address.Reference],
        _ => [],
    };

    private static IEnumerable<IOperation> Parts(IOperation target) => target switch
    {
        ITupleOperation tuple => tuple.Elements.SelectMany(Parts),
        IDeclarationExpressionOperation declaration => Parts(declaration.Expression),
        IConversionOperation conversion => Parts(conversion.Operand),
        _ => [target],
    };

    private void Count(IOperation target, ISymbol? inside)
    {
        ISymbol? variable = target switch
        {
            ILocalReferenceOperation local => local.Local,
            IParameterReferenceOperation parameter => parameter.Parameter,
            _ => null,
        };
        if (variable is not null)
        {
            Count(variable, inside);
        }
    }

    private void Count(ISymbol variable, ISymbol? inside)
    {
        _writes[variable] = _writes.TryGetValue(variable, out int writes) ? writes + 1 : 1;
        if (inside is not null && !SymbolEqualityComparer.Default.Equals(variable.ContainingSymbol, inside))
        {
            _writtenFromInside.Add(variable);
        }
    }
}
