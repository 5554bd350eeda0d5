using System.Text;
using CudaArch.Bridge;
using CudaArch.DeviceCode;
using CudaArch.DeviceCode.Verification;
using CudaArch.Libraries;

namespace CudaArch.MSBuild.Reporting;

/// <summary>Writes <c>CudaArch.Coverage.txt</c>, from which the analyzers know what an imported library is worth.</summary>
internal static class CoverageFile
{
    /// <summary>Writes the file, unless it is the same already: a new time stamp would make the compiler run again.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(string path, IEnumerable<FileVerification> files)
    {
        string text = Text(files);
        if (!File.Exists(path) || File.ReadAllText(path, Encoding.UTF8) != text)
        {
            WholeFile.Write(path, text);
        }
    }

    private static string Text(IEnumerable<FileVerification> files)
    {
        var text = new StringBuilder(LibraryCoverage.Header).Append('\n');
        IEnumerable<string> lines =
            from file in files
            where file.HasDeviceCode
            from target in file.Targets
            where target.Coverage != FileCoverage.NoDeviceCode
            select new LibraryCoverage(LibraryName.Logical(file.Input.DisplayName), target.Target, target.Coverage.ToString(), file.Input.RuntimeIdentifier ?? "", Name(file.Input)).ToString();
        foreach (string line in lines.Distinct(StringComparer.Ordinal).OrderBy(line => line, StringComparer.Ordinal))
        {
            text.Append(line).Append('\n');
        }

        return text.ToString();
    }

    private static string Name(VerificationInput input) =>
        Printable.Text(input.PackageId is null ? input.DisplayName : $"{input.DisplayName} ({input.PackageId} {input.PackageVersion})");
}
