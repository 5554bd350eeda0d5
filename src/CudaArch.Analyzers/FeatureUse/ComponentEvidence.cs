using CudaArch.Analyzers.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace CudaArch.Analyzers.FeatureUse;

/// <summary>
/// Whether two numbers called major and minor are those of a compute capability. Systems, drivers and libraries have such numbers, too: bare names count only when what
/// they were read from, or the member they are handed to, speaks of a device, and what is asked for is a compute capability that exists.
/// </summary>
internal static class ComponentEvidence
{
    // Capabilities with a minor number that were ever sold: CUDA C++ Programming Guide, and for 2.x and 3.x its editions up to CUDA 11.
    private static readonly HashSet<int> Known =
        [.. DeviceOrder.Devices.Select(device => device.Number), 11, 12, 13, 21, 32, 35, 37, 101];

    private static readonly HashSet<string> Speaking = new(StringComparer.Ordinal)
    {
        "capability", "capabilities", "cc", "sm", "arch", "architecture", "compute", "gpu", "device", "prop", "props", "properties",
    };

    private static readonly HashSet<string> Certain = new(StringComparer.Ordinal) { "capability", "capabilities", "cc", "sm", "compute" };

    /// <summary>Whether two expressions are the parts of a compute capability.</summary>
    public static bool AreOfDevice(IOperation major, IOperation minor, int majorNumber, int minorNumber)
    {
        IOperation one = major.Referent(), other = minor.Referent();
        if (RoleOf(one) != CapabilityRole.Major || RoleOf(other) != CapabilityRole.Minor)
        {
            return false;
        }

        return (IsNamedSo(one) && IsNamedSo(other)) || (Known.Contains((10 * majorNumber) + minorNumber) && Speaks(one) && Speaks(other));
    }

    /// <summary>Whether a value that is matched against both parts is a compute capability: <c>(major, minor)</c>, or by its name or type.</summary>
    public static bool IsOfDevice(IOperation value, int majorNumber, int minorNumber)
    {
        value = value.Referent();
        return value is ITupleOperation { Elements: [var major, var minor] } ? AreOfDevice(major, minor, majorNumber, minorNumber) : IsCapability(value);
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

    private static bool IsCapability(IOperation value) => value switch
    {
        ILocalReferenceOperation local => CapabilityNames.OfLocal(local.Local) == CapabilityRole.Whole,
        IParameterReferenceOperation parameter => CapabilityNames.OfParameter(parameter.Parameter) == CapabilityRole.Whole,
        IFieldReferenceOperation field => CapabilityNames.OfMember(field.Field, field.Field.Type) == CapabilityRole.Whole,
        IPropertyReferenceOperation property => CapabilityNames.OfMember(property.Property, property.Property.Type) == CapabilityRole.Whole,
        IInvocationOperation { Arguments.IsEmpty: true } call => CapabilityNames.OfMember(call.TargetMethod, call.Type ?? call.TargetMethod.ReturnType) == CapabilityRole.Whole,
        _ => false,
    };

    // ComputeCapabilityMajor, ccMajor, capability.Major.
    private static bool IsNamedSo(IOperation part) =>
        part is IMemberReferenceOperation { Instance: { } instance } && IsCapability(instance.Referent()) || NameWords.Of(NameOf(part)).Any(Certain.Contains);

    private static string? NameOf(IOperation part) => part switch
    {
        ILocalReferenceOperation local => local.Local.Name,
        IParameterReferenceOperation parameter => parameter.Parameter.Name,
        IMemberReferenceOperation member => member.Member.Name,
        _ => null,
    };

    private static bool Speaks(IOperation part) => IsNamedSo(part) || part switch
    {
        ILocalReferenceOperation local => Origins(local).Any(SpeaksOfDevice),
        IParameterReferenceOperation { Parameter.ContainingSymbol: { } method } => SpeaksOfDevice(method.Name + " " + method.ContainingType?.Name),
        IMemberReferenceOperation { Instance: { } instance } => SpeaksOfDevice(instance.Syntax + " " + instance.Type?.Name),
        IMemberReferenceOperation member => SpeaksOfDevice(member.Member.Name + " " + member.Member.ContainingType?.Name),
        _ => false,
    };

    private static bool SpeaksOfDevice(string text)
    {
        IReadOnlyList<string> words = NameWords.Of(text);
        return words.Any(Speaking.Contains) && !CapabilityNames.IsForeign(text);
    }

    // What is assigned to a local, and the calls that it is handed to by reference.
    private static IEnumerable<string> Origins(ILocalReferenceOperation reference)
    {
        string name = reference.Local.Name;
        SyntaxNode body = reference.Syntax.FirstAncestorOrSelf<MemberDeclarationSyntax>(member => member is not GlobalStatementSyntax) ?? reference.Syntax.SyntaxTree.GetRoot();
        foreach (SyntaxNode node in body.DescendantNodes())
        {
            switch (node)
            {
                case VariableDeclaratorSyntax { Initializer.Value: { } value } declarator when declarator.Identifier.ValueText == name:
                    yield return value.ToString();
                    break;
                case AssignmentExpressionSyntax assignment when Names(assignment.Left, name):
                    yield return assignment.Right.ToString();
                    break;
                case ArgumentSyntax { RefKindKeyword.RawKind: not 0, Parent.Parent: InvocationExpressionSyntax call } argument when Names(argument.Expression, name):
                    yield return call.ToString();
                    break;
                case ForEachVariableStatementSyntax each when Names(each.Variable, name):
                    yield return each.Expression.ToString();
                    break;
            }
        }
    }

    private static bool Names(SyntaxNode target, string name) => target.DescendantNodesAndSelf().Any(node =>
        (node is IdentifierNameSyntax identifier && identifier.Identifier.ValueText == name) || (node is SingleVariableDesignationSyntax designation && designation.Identifier.ValueText == name));
}
