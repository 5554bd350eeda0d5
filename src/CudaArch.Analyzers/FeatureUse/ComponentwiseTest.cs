using CudaArch.Architectures;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace CudaArch.Analyzers.FeatureUse;

/// <summary>A test <c>major >= 8 &amp;&amp; minor >= 9</c>, its opposite <c>major &lt; 8 || minor &lt; 9</c>, or a pattern <c>(>= 8, >= 9)</c>, <c>{ Major: >= 8, Minor: >= 9 }</c>.</summary>
/// <param name="Major">The major number that is asked for.</param>
/// <param name="Minor">The minor number that is asked for.</param>
/// <param name="Correct">The test of both numbers as one.</param>
/// <param name="Decides">What must be come to for the test to be made.</param>
/// <param name="Wrong">The part of it that comes out wrongly for a newer device: the comparison of the minor number, or the pattern.</param>
/// <param name="ShouldHold">What that part should give.</param>
internal sealed record ComponentwiseTest(int Major, int Minor, string Correct, SyntaxNode Decides, SyntaxNode Wrong, bool ShouldHold)
{
    /// <summary>Reads a condition; null when it is no such test.</summary>
    public static ComponentwiseTest? Of(IBinaryOperation operation)
    {
        bool isAnd = operation.OperatorKind is BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.And;
        if (!isAnd && operation.OperatorKind is not (BinaryOperatorKind.ConditionalOr or BinaryOperatorKind.Or)
            || Comparison(operation.LeftOperand) is not (var majorPart, var majorKind, var major, _)
            || Comparison(operation.RightOperand) is not (var minorPart, var minorKind, var minor, var minorTest))
        {
            return null;
        }

        (BinaryOperatorKind wanted, string strict, string loose) = isAnd
            ? (BinaryOperatorKind.GreaterThanOrEqual, ">", ">=")
            : (BinaryOperatorKind.LessThan, "<", "<");
        if (majorKind != wanted || minorKind != wanted || minor <= 0 || !ComponentEvidence.AreOfDevice(majorPart, minorPart, major, minor))
        {
            return null;
        }

        string majorText = majorPart.Syntax.ToString();
        return new(major, minor, $"{majorText} {strict} {major} || ({majorText} == {major} && {minorPart.Syntax} {loose} {minor})", operation.LeftOperand.Syntax, minorTest, isAnd);
    }

    /// <summary>Reads a pattern; null when it is no such test.</summary>
    public static ComponentwiseTest? Of(IRecursivePatternOperation pattern)
    {
        if (pattern.DeclaredSymbol is not null || InputOf(pattern) is not ({ } input, { } decides))
        {
            return null;
        }

        (IPatternOperation Major, IPatternOperation Minor, string MajorName, string MinorName)? parts = pattern switch
        {
            { DeconstructionSubpatterns: [var first, var second], PropertySubpatterns.IsEmpty: true } => (first, second, "", ""),
            { DeconstructionSubpatterns.IsEmpty: true, PropertySubpatterns: [{ Member: IMemberReferenceOperation first } one, { Member: IMemberReferenceOperation second } other] }
                when Is(first, "major") && Is(second, "minor") => (one.Pattern, other.Pattern, first.Member.Name, second.Member.Name),
            _ => null,
        };
        if (parts is not ({ } majorPattern, { } minorPattern, { } majorName, { } minorName) || Bound(majorPattern) is not { } major || Bound(minorPattern) is not (> 0 and var minor)
            || !ComponentEvidence.IsOfDevice(input, major, minor))
        {
            return null;
        }

        string correct = majorName.Length == 0
            ? $"(> {major}, _) or ({major}, >= {minor})"
            : $"{{ {majorName}: > {major} }} or {{ {majorName}: {major}, {minorName}: >= {minor} }}";
        return new(major, minor, correct, decides, pattern.Syntax, ShouldHold: true);
    }

    /// <summary>Whether a device is newer than what is asked for but fails the minor number.</summary>
    public bool Misjudges(SmArchitecture device) => device.Major > Major && device.Minor < Minor;

    private static bool Is(IMemberReferenceOperation member, string name) => member.Member.Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static int? Bound(IPatternOperation pattern) =>
        pattern is IRelationalPatternOperation { OperatorKind: BinaryOperatorKind.GreaterThanOrEqual, Value.ConstantValue: { HasValue: true, Value: int bound } } ? bound : null;

    // What is matched, and the arm or expression that matches it.
    private static (IOperation? Input, SyntaxNode? Decides) InputOf(IOperation pattern)
    {
        for (IOperation? around = pattern.Parent; around is not null; around = around.Parent)
        {
            switch (around)
            {
                case IBinaryPatternOperation or INegatedPatternOperation:
                    continue;
                case IIsPatternOperation match:
                    return (match.Value, match.Syntax);
                case ISwitchExpressionArmOperation { Parent: ISwitchExpressionOperation choice } arm:
                    return (choice.Value, arm.Syntax);
                case IPatternCaseClauseOperation { Parent.Parent: ISwitchOperation choice } clause:
                    return (choice.Value, clause.Syntax);
                case IPropertySubpatternOperation property:
                    return (property.Member, InputOf(property).Decides);
                default:
                    if (around is IRecursivePatternOperation)
                    {
                        continue;
                    }

                    return default;
            }
        }

        return default;
    }

    private static (IOperation Part, BinaryOperatorKind Kind, int Number, SyntaxNode Test)? Comparison(IOperation operand)
    {
        while (operand is IParenthesizedOperation parenthesized)
        {
            operand = parenthesized.Operand;
        }

        return operand is IBinaryOperation { RightOperand.ConstantValue: { HasValue: true, Value: int number } } comparison
            ? (comparison.LeftOperand, comparison.OperatorKind, number, comparison.Syntax)
            : null;
    }
}
