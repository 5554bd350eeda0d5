using CudaArch.Architectures;
using CudaArch.DeviceCode.Reports;
using CudaArch.DeviceCode.Verification;
using CudaArch.Ptx;
using CudaArch.Rules;

namespace CudaArch.MSBuild.Reporting;

/// <summary>CUDA2009: what the build's properties hold that cannot be used.</summary>
internal static class ConfigurationFindings
{
    /// <summary>The names in <c>CudaArchTargets</c> that are none of an architecture.</summary>
    public static IReadOnlyList<Finding> Of(TargetList targets, string? value) => [.. targets.Unknown.Select(name => Unknown(name, value!.Trim()))];

    /// <summary>The paths in <c>CudaArchReport</c> whose extension names no form of a report.</summary>
    public static IReadOnlyList<Finding> OfReports(IEnumerable<string> paths) =>
        [.. paths.Where(path => ReportFormats.For(path) is null)
            .Select(path => Malformed($"CudaArchReport: '{path}' has an extension that names no form of a report. Known are {string.Join(", ", ReportFormats.Extensions)}."))];

    /// <summary>A <c>CudaArchDriver</c> that is no version.</summary>
    public static IReadOnlyList<Finding> OfDriver(string? value) => string.IsNullOrWhiteSpace(value) || PtxVersions.TryParseDriver(value!, out _) ? []
        : [Malformed($"CudaArchDriver: '{value!.Trim()}' is no driver that is known. Write its version, such as 580 or 580.95.05, or the CUDA version that nvidia-smi shows for it, such as 13.0.")];

    private static Finding Unknown(string name, string value)
    {
        string whole = value == name ? "" : $" in '{value}'";
        string known = string.Join(", ", ArchitectureCatalog.All.Select(info => info.Architecture.RealName));
        return Malformed($"CudaArchTargets: '{name}'{whole} is not a CUDA architecture. Write names such as {ArchitectureCatalog.DefaultTarget.RealName}, separated by semicolons; "
            + $"known are {known}, some also with the suffix a or f.");
    }

    /// <summary>A finding of CUDA2009.</summary>
    public static Finding Malformed(string message) => new(RuleIds.MalformedBuildConfiguration, RuleSeverity.Error, target: null, Printable.Text(message), []);
}
