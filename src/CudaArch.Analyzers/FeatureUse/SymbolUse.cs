using System.Collections.Immutable;
using CudaArch.Analyzers.Catalog;
using CudaArch.Analyzers.Flow;
using CudaArch.Features;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace CudaArch.Analyzers.FeatureUse;

/// <summary>A place that uses a symbol of the catalog.</summary>
/// <param name="Name">The symbol, as the message calls it.</param>
/// <param name="Line">The line of the catalog.</param>
/// <param name="Place">What is underlined and must be reached; of a call with certain arguments, the call.</param>
/// <param name="Arguments">Of a call with certain arguments: the arguments.</param>
/// <param name="Constant">Of a constant: its value.</param>
internal sealed record SymbolUse(string Name, SymbolLine Line, SyntaxNode Place, ImmutableArray<IArgumentOperation> Arguments, FlowValue? Constant)
{
    /// <summary>What the use needs.</summary>
    public CudaFeature Feature => Line.Feature!;

    /// <summary>The argument that decides, when every condition of the line can hold; null when one cannot.</summary>
    public IArgumentOperation? DecidingArgument(BodyFlow flow)
    {
        IArgumentOperation? deciding = null;
        foreach (ArgumentCondition condition in Line.Arguments)
        {
            IArgumentOperation? argument = Arguments.FirstOrDefault(candidate => candidate.Parameter?.Ordinal == condition.Index);
            if (argument is null || !flow.ValueOf(argument.Value.Syntax).Constants.Any(constant => constant is long value && condition.Includes(value)))
            {
                return null;
            }

            deciding = argument;
        }

        return deciding;
    }
}
