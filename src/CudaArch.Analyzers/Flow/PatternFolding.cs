using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace CudaArch.Analyzers.Flow;

/// <summary>Tells whether a value matches a pattern.</summary>
internal static class PatternFolding
{
    /// <summary>The truth of a match; unknown when it cannot be told.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="input">The value.</param>
    /// <param name="member">What a member of the input gives, for property patterns.</param>
    /// <param name="declare">Told of every variable that the pattern declares.</param>
    /// <param name="assumed">What a part of the pattern is taken to give, whatever it folds to; null for most.</param>
    public static FlowValue Match(
        IPatternOperation pattern, FlowValue input, Func<FlowValue, IOperation, FlowValue> member, Action<ISymbol, FlowValue> declare, Func<IOperation, FlowValue?> assumed)
    {
        FlowValue value = Match(pattern, input, member, declare, (inner, part) => Match(inner, part, member, declare, assumed));
        return assumed(pattern) ?? value;
    }

    private static FlowValue Match(
        IPatternOperation pattern, FlowValue input, Func<FlowValue, IOperation, FlowValue> member, Action<ISymbol, FlowValue> declare, Func<IPatternOperation, FlowValue, FlowValue> match)
    {
        switch (pattern)
        {
            case IDiscardPatternOperation:
                return FlowValue.Of(true);

            case IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: var constant } }:
                return ConstantFolding.Binary(BinaryOperatorKind.Equals, input, FlowValue.Of(constant));

            case IRelationalPatternOperation { Value.ConstantValue: { HasValue: true, Value: var bound } } relational:
                return ConstantFolding.Binary(relational.OperatorKind, input, FlowValue.Of(bound));

            case INegatedPatternOperation negated:
                return ConstantFolding.Unary(UnaryOperatorKind.Not, match(negated.Pattern, input));

            case IBinaryPatternOperation binary:
                return ConstantFolding.Binary(binary.OperatorKind, match(binary.LeftPattern, input), match(binary.RightPattern, input));

            case IDeclarationPatternOperation declaration:
                if (declaration.DeclaredSymbol is { } symbol)
                {
                    declare(symbol, input);
                }

                return declaration.MatchesNull || !input.IsUnknown ? FlowValue.Of(true).Marked(false) : FlowValue.Unknown;

            case IRecursivePatternOperation recursive:
                return MatchRecursive(recursive, input, member, declare, match);

            default:
                return FlowValue.Unknown.Marked(input.FromDevice);
        }
    }

    private static FlowValue MatchRecursive(
        IRecursivePatternOperation pattern,
        FlowValue input,
        Func<FlowValue, IOperation, FlowValue> member,
        Action<ISymbol, FlowValue> declare,
        Func<IPatternOperation, FlowValue, FlowValue> match)
    {
        if (pattern.DeclaredSymbol is { } symbol)
        {
            declare(symbol, input);
        }

        // Without subpatterns only null is excluded.
        FlowValue result = pattern.DeconstructionSubpatterns.IsEmpty && pattern.PropertySubpatterns.IsEmpty && input.IsUnknown ? FlowValue.Unknown : FlowValue.Of(true);
        for (int i = 0; i < pattern.DeconstructionSubpatterns.Length; i++)
        {
            FlowValue element = i < input.Elements.Length ? input.Elements[i] : FlowValue.Unknown;
            result = ConstantFolding.Binary(BinaryOperatorKind.ConditionalAnd, result, match(pattern.DeconstructionSubpatterns[i], element));
        }

        foreach (IPropertySubpatternOperation property in pattern.PropertySubpatterns)
        {
            result = ConstantFolding.Binary(BinaryOperatorKind.ConditionalAnd, result, match(property.Pattern, member(input, property.Member)));
        }

        return result;
    }
}
