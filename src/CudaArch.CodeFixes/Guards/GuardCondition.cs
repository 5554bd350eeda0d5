using System.Globalization;
using CudaArch.Analyzers.FeatureUse;
using CudaArch.Analyzers.Flow;
using CudaArch.Architectures;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CudaArch.CodeFixes.Guards;

/// <summary>A condition that holds exactly on the devices that have what is needed.</summary>
/// <param name="Text">The condition.</param>
/// <param name="Negation">Its opposite.</param>
internal sealed record GuardCondition(string Text, string Negation)
{
    /// <summary>The condition at a place: by <c>CudaDevice</c> when that is referenced, else by a capability that stands ready; null when neither does.</summary>
    public static GuardCondition? For(Requirement needs, SemanticModel model, SyntaxNode place)
    {
        if (model.Compilation.GetTypeByMetadataName(AnnotationNames.Device) is not null)
        {
            string call = $"global::{AnnotationNames.Device}.{(needs.Feature is null ? "Runs" : "Supports")}({SymbolDisplay.FormatLiteral(needs.Text, quote: true)})";
            return new(call, "!" + call);
        }

        bool patterns = model.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: >= LanguageVersion.CSharp9 };
        return CapabilityExpression.Find(model, place) is { } capability ? For(needs.IsMetBy, capability, patterns) : null;
    }

    /// <summary>The test of the family; null when it needs a minor number that is not at hand, or no device has what is needed.</summary>
    public static GuardCondition? For(Func<SmArchitecture, bool> owns, CapabilityExpression capability, bool patterns)
    {
        SmArchitecture[] devices = [.. DeviceOrder.Devices];
        SmArchitecture[] owners = [.. devices.Where(owns)];
        if (owners.Length == 0 || owners.Length == devices.Length)
        {
            return null;
        }

        // From some device on, every later one.
        SmArchitecture first = owners[0];
        if (owners.Length == devices.Count(device => device.Number >= first.Number))
        {
            return AtLeast(first, capability, wholeMajor: devices.All(device => device.Major != first.Major || device.Number >= first.Number));
        }

        int[] majors = [.. owners.Select(owner => owner.Major).Distinct()];
        if (majors.All(major => devices.Where(device => device.Major == major).All(owners.Contains)))
        {
            return OneOf(majors, capability.Major, patterns);
        }

        return capability.Minor is { } minor && owners.Length == 1
            ? new($"{capability.Major} == {first.Major} && {minor} == {first.Minor}", $"{capability.Major} != {first.Major} || {minor} != {first.Minor}")
            : null;
    }

    private static GuardCondition? AtLeast(SmArchitecture first, CapabilityExpression capability, bool wholeMajor)
    {
        if (wholeMajor)
        {
            return new($"{capability.Major} >= {first.Major}", $"{capability.Major} < {first.Major}");
        }

        return capability.Minor is { } minor
            ? new(
                $"{capability.Major} > {first.Major} || ({capability.Major} == {first.Major} && {minor} >= {first.Minor})",
                $"{capability.Major} < {first.Major} || ({capability.Major} == {first.Major} && {minor} < {first.Minor})")
            : null;
    }

    /// <summary>The test whether a number is one of some.</summary>
    public static GuardCondition OneOf(int[] majors, string major, bool patterns)
    {
        string[] numbers = [.. majors.Select(number => number.ToString(CultureInfo.InvariantCulture))];
        if (numbers.Length == 1)
        {
            return new($"{major} == {numbers[0]}", $"{major} != {numbers[0]}");
        }

        return patterns
            ? new($"{major} is {string.Join(" or ", numbers)}", $"{major} is not ({string.Join(" or ", numbers)})")
            : new(string.Join(" || ", numbers.Select(number => $"{major} == {number}")), string.Join(" && ", numbers.Select(number => $"{major} != {number}")));
    }
}
