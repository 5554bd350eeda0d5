using CudaArch.DeviceCode.Reports;
using CudaArch.DeviceCode.Verification;

namespace CudaArch.MSBuild.Reporting;

/// <summary>Writes the files of the property <c>CudaArchReport</c>.</summary>
internal static class ReportWriter
{
    /// <summary>Writes a report, in the form that the file's extension names.</summary>
    /// <returns>What went wrong; null when nothing did.</returns>
    public static Finding? Write(string path, VerificationReport report)
    {
        try
        {
            WholeFile.Write(path, ReportFormats.For(path)!(report));
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return ConfigurationFindings.Malformed($"CudaArchReport: '{path}' cannot be written: {ReadFailure.Of(e, path)?.Message ?? e.Message}.");
        }
    }
}
