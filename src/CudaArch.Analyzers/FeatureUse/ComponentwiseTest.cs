using CudaArch.Analyzers.Flow;
using CudaArch.Architectures;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace CudaArch.Analyzers.FeatureUse;

/// <summary>A test <c>major >= 8 &amp;&amp; minor >= 9</c>, or its opposite <c>major &lt; 8 || minor &lt; 9</c>.</summary>
/// <param name="Major">The major number that is asked for.</param>
/// <param name="Minor">The minor number that is asked for.</param>
/// <param name="Correct">The test of both numbers as one.</param>
internal sealed record ComponentwiseTest(int Major, int Minor, string Correct)
{
    private static readonly string[] Words = ["capability", "cuda", "device", "sm_", "int major, int minor"];

    /// <summary>Reads a condition; null when it is no such test.</summary>
    public static ComponentwiseTest? Of(IBinaryOperation operation)
    {
        bool isAnd = operation.OperatorKind is BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.And;
        if (!isAnd && operation.OperatorKind is not (BinaryOperatorKind.ConditionalOr or BinaryOperatorKind.Or)
            || Comparison(operation.LeftOperand, CapabilityRole.Major) is not (var majorText, var majorKind, var major)
            || Comparison(operation.RightOperand, CapabilityRole.Minor) is not (var minorText, var minorKind, var minor))
        {
            return null;
        }

        (BinaryOperatorKind wanted, string strict, string loose) = isAnd
            ? (BinaryOperatorKind.GreaterThanOrEqual, ">", ">=")
            : (BinaryOperatorKind.LessThan, "<", "<");
        return majorKind == wanted && minorKind == wanted && minor > 0 && SpeaksOfDevices(operation.Syntax)
            ? new(major, minor, $"{majorText} {strict} {major} || ({majorText} == {major} && {minorText} {loose} {minor})")
            : null;
    }

    /// <summary>Whether a device is newer than what is asked for but fails the minor number.</summary>
    public bool Misjudges(SmArchitecture device) => device.Major > Major && device.Minor < Minor;

    // Systems and libraries have numbers called major and minor, too: the member around the test says whose they are.
    private static bool SpeaksOfDevices(SyntaxNode test)
    {
        string member = (test.FirstAncestorOrSelf<MemberDeclarationSyntax>() ?? test).ToString();
        return Words.Any(word => member.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0);
    }

    private static (string Text, BinaryOperatorKind Kind, int Number)? Comparison(IOperation operand, CapabilityRole role)
    {
        while (operand is IParenthesizedOperation parenthesized)
        {
            operand = parenthesized.Operand;
        }

        return operand is IBinaryOperation { RightOperand.ConstantValue: { HasValue: true, Value: int number } } comparison && RoleOf(comparison.LeftOperand.Referent()) == role
            ? (comparison.LeftOperand.Syntax.ToString(), comparison.OperatorKind, number)
            : null;
    }

    // Beside each other the bare names major and minor speak of a capability, when what they belong to does.
    private static CapabilityRole RoleOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => CapabilityNames.OfLocal(local.Local),
        IParameterReferenceOperation parameter => CapabilityNames.OfParameter(parameter.Parameter),
        IMemberReferenceOperation { Instance: { } instance } member when IsCapability(instance.Referent()) => member.Member.Name.ToUpperInvariant() switch
        {
            "MAJOR" => CapabilityRole.Major,
            "MINOR" => CapabilityRole.Minor,
            _ => CapabilityRole.None,
        },
        IFieldReferenceOperation field => CapabilityNames.OfMember(field.Field, field.Field.Type),
        IPropertyReferenceOperation property => CapabilityNames.OfMember(property.Property, property.Property.Type),
        _ => CapabilityRole.None,
    };

    private static bool IsCapability(IOperation instance) => instance switch
    {
        ILocalReferenceOperation local => CapabilityNames.OfLocal(local.Local) == CapabilityRole.Whole,
        IParameterReferenceOperation parameter => CapabilityNames.OfParameter(parameter.Parameter) == CapabilityRole.Whole,
        IFieldReferenceOperation field => CapabilityNames.OfMember(field.Field, field.Field.Type) == CapabilityRole.Whole,
        IPropertyReferenceOperation property => CapabilityNames.OfMember(property.Property, property.Property.Type) == CapabilityRole.Whole,
        _ => false,
    };
}
