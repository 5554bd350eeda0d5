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
/// <param name="Assigned">Of a member that is set: the value.</param>
internal sealed record SymbolUse(
    string Name, string Library, Requirement Needs, ImmutableArray<ArgumentCondition> Conditions, SyntaxNode Place, ImmutableArray<IArgumentOperation> Arguments,
    FlowValue? Constant, IOperation? Assigned = null)
{
    /// <summary>Whether the conditions can hold as far as the form of the arguments tells: asked before any flow is followed.</summary>
    public bool MayHold => Conditions.All(condition => ValueAt(condition.Index) is not { } argument
        || ConstantShape.MayBe(argument, constant => FlowValue.Of(constant).Constants.OfType<long?>().Any(value => condition.Includes(value!.Value))));

    /// <summary>The argument or value that decides, where it stands, and what it is, when every condition can hold; null when one cannot.</summary>
    public (IOperation Operation, SyntaxNode Place, long Value)? Deciding(BodyFlow flow)
    {
        (IOperation, SyntaxNode, long)? deciding = null;
        foreach (ArgumentCondition condition in Conditions)
        {
            IOperation? argument = ValueAt(condition.Index);
            long? value = argument is null ? null : flow.ValueOf(argument.Syntax).Constants.OfType<long?>().FirstOrDefault(constant => condition.Includes(constant!.Value));
            if (value is null)
            {
                return null;
            }

            deciding = (argument!, argument!.Parent is IArgumentOperation { Syntax: { } whole } ? whole : argument.Syntax, value.Value);
        }

        return deciding;
    }

    private IOperation? ValueAt(int index) => Assigned ?? Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == index)?.Value;
}
