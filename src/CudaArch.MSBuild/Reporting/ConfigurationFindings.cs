using CudaArch.Architectures;
using CudaArch.DeviceCode.Verification;
using CudaArch.Rules;

namespace CudaArch.MSBuild.Reporting;

/// <summary>CUDA2009: what the build's properties hold that cannot be used.</summary>
internal static class ConfigurationFindings
{
    /// <summary>The names in <c>CudaArchTargets</c> that are none of an architecture.</summary>
    public static IReadOnlyList<Finding> Of(TargetList targets, string? value) => [.. targets.Unknown.Select(name => Unknown(name, value!.Trim()))];

    private static Finding Unknown(string name, string value)
    {
        string whole = value == name ? "" : $" in '{value}'";
        string known = string.Join(", ", ArchitectureCatalog.All.Select(info => info.Architecture.RealName));
        return Malformed($"CudaArchTargets: '{name}'{whole} is not a CUDA architecture. Write names such as {ArchitectureCatalog.DefaultTarget.RealName}, separated by semicolons; "
            + $"known are {known}, some also with the suffix a or f.");
    }

    private static Finding Malformed(string message) => new(RuleIds.MalformedBuildConfiguration, RuleSeverity.Error, target: null, Printable.Text(message), []);
}
