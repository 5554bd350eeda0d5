using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace CudaArch.Analyzers.Flow;

/// <summary>What some methods of the framework give.</summary>
internal static class KnownCalls
{
    /// <summary>The result of a call; null when the method is not one of these.</summary>
    public static FlowValue? Fold(IMethodSymbol method, FlowValue instance, ImmutableArray<FlowValue> arguments)
    {
        switch (method)
        {
            // What the compiler makes of ?? on a nullable value.
            case { Name: "GetValueOrDefault", ContainingType.OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, Parameters.IsEmpty: true, ReturnType.SpecialType: SpecialType.System_Boolean }:
                return instance.Constants.IsEmpty ? null : FlowValue.OneOf(instance.Constants.Select(constant => constant ?? false), instance.FromDevice);
            case { Name: "ConfigureAwait", ContainingType.Name: "Task" or "ValueTask" }:
                return Decided(instance);
            case { Name: "FromResult", ContainingType.Name: "Task" or "ValueTask", IsStatic: true } when arguments is [var result]:
                return Decided(result);
        }

        FlowValue[] operands = method.IsStatic ? [.. arguments] : [instance, .. arguments];
        if (operands.Length == 2)
        {
            switch (method.Name)
            {
                case "Equals":
                    return Decided(ConstantFolding.Binary(BinaryOperatorKind.Equals, operands[0], operands[1]));
                case "CompareTo" or "Compare" when !operands[0].Elements.IsEmpty && !operands[1].Elements.IsEmpty:
                    return ConstantFolding.Compare(operands[0].Elements, operands[1].Elements) is { } order
                        ? FlowValue.Of(order).Marked(operands[0].FromDevice || operands[1].FromDevice)
                        : null;
                case "Min" or "Max" when method.ContainingType.Name == "Math":
                    return Extreme(operands[0], operands[1], largest: method.Name == "Max");
            }
        }

        if (method.ContainingType.SpecialType == SpecialType.System_String && operands is [var text, var part, ..])
        {
            return method.Name switch
            {
                "StartsWith" => Test(text, part, (a, b) => a.StartsWith(b, StringComparison.Ordinal)),
                "EndsWith" => Test(text, part, (a, b) => a.EndsWith(b, StringComparison.Ordinal)),
                "Contains" => Test(text, part, (a, b) => a.Contains(b)),
                _ => null,
            };
        }

        return method is { Name: "Parse", ContainingType: { Name: "Version", ContainingNamespace.Name: "System" } } && operands is [{ Constants: [string version] }]
            ? ParseVersion(version)
            : null;
    }

    /// <summary>Major and minor of a version text; null when it is none.</summary>
    public static FlowValue? ParseVersion(string text) =>
        Version.TryParse(text, out Version? version) ? FlowValue.Of(ImmutableArray.Create(FlowValue.Of(version.Major), FlowValue.Of(version.Minor))) : null;

    private static FlowValue? Decided(FlowValue value) => value.IsUnknown ? null : value;

    private static FlowValue? Extreme(FlowValue a, FlowValue b, bool largest) =>
        a.Constants is [long left] && b.Constants is [long right]
            ? FlowValue.Of(largest ? Math.Max(left, right) : Math.Min(left, right)).Marked(a.FromDevice || b.FromDevice)
            : null;

    private static FlowValue? Test(FlowValue text, FlowValue part, Func<string, string, bool> test)
    {
        if (text.Constants.IsEmpty || part.Constants is not [string searched] || !text.Constants.All(constant => constant is string))
        {
            return null;
        }

        return FlowValue.OneOf(text.Constants.Select(constant => (object)test((string)constant!, searched)), text.FromDevice);
    }
}
