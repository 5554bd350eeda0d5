using System.Reflection;
using CudaArch.Architectures;
using CudaArch.DeviceCode.Reports;
using CudaArch.Tool.Inputs;

namespace CudaArch.Tool.Output;

/// <summary><c>cudaarch verify</c> as a report: the same pages and files that the build writes for <c>CudaArchReport</c>.</summary>
internal static class VerifyReport
{
    private static readonly IReadOnlyDictionary<string, string> Extensions = new Dictionary<string, string> { ["sarif"] = ".sarif", ["markdown"] = ".md", ["html"] = ".html" };

    /// <summary>Writes the report.</summary>
    /// <param name="output">Where.</param>
    /// <param name="format"><c>sarif</c>, <c>markdown</c> or <c>html</c>.</param>
    /// <param name="targets">The targets.</param>
    /// <param name="files">The answers; those that were only found, not named, and hold no device code, are left out.</param>
    public static void Write(TextWriter output, string format, IReadOnlyList<SmArchitecture> targets, IEnumerable<FoundResult> files)
    {
        var report = new VerificationReport(targets, [.. files.Where(file => file.IsNamed || file.Result.HasDeviceCode || file.Result.Findings.Count > 0).Select(file => file.Result)])
        {
            Version = typeof(VerifyReport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "",
        };
        output.Write(ReportFormats.For(Extensions[format])!(report));
    }
}
