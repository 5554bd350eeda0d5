using System.Collections.Immutable;
using CudaArch.Analyzers.Catalog;
using CudaArch.Analyzers.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace CudaArch.Analyzers.FeatureUse;

/// <summary>A place that uses a symbol that needs something of the device.</summary>
/// <param name="Name">The symbol, as the message calls it.</param>
/// <param name="Library">The native library that the symbol comes from, as written; empty when it is not known.</param>
/// <param name="Needs">What it needs.</param>
/// <param name="Conditions">Of a call with certain arguments: what they must be.</param>
/// <param name="Place">What is underlined and must be reached; of a call with certain arguments, the call.</param>
/// <param name="Arguments">Of a call with certain arguments: the arguments.</param>
/// <param name="Constant">Of a constant: its value.</param>
internal sealed record SymbolUse(
    string Name, string Library, Requirement Needs, ImmutableArray<ArgumentCondition> Conditions, SyntaxNode Place, ImmutableArray<IArgumentOperation> Arguments,
    FlowValue? Constant)
{
    /// <summary>Whether the conditions can hold as far as the form of the arguments tells: asked before any flow is followed.</summary>
    public bool MayHold => Conditions.All(condition => ArgumentAt(condition.Index) is not { } argument || (argument.Value.ConstantValue is { HasValue: true, Value: { } constant }
        ? FlowValue.Of(constant).Constants.OfType<long?>().Any(value => condition.Includes(value!.Value))
        : ConstantShape.MayBeKnown(argument.Value)));

    /// <summary>The argument that decides, with its value, when every condition can hold; null when one cannot.</summary>
    public (IArgumentOperation Argument, long Value)? DecidingArgument(BodyFlow flow)
    {
        (IArgumentOperation, long)? deciding = null;
        foreach (ArgumentCondition condition in Conditions)
        {
            IArgumentOperation? argument = ArgumentAt(condition.Index);
            long? value = argument is null ? null : flow.ValueOf(argument.Value.Syntax).Constants.OfType<long?>().FirstOrDefault(constant => condition.Includes(constant!.Value));
            if (value is null)
            {
                return null;
            }

            deciding = (argument!, value.Value);
        }

        return deciding;
    }

    private IArgumentOperation? ArgumentAt(int index) => Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == index);
}
