using CudaArch.Architectures;
using CudaArch.DeviceCode.Verification;

namespace CudaArch.DeviceCode.Reports;

/// <summary>What a verification found, for all the forms in which it can be written. It carries no time and no name of a machine: the same files give the same report.</summary>
/// <param name="Targets">The targets.</param>
/// <param name="Files">The verified files, with the findings that are to be reported.</param>
public sealed record VerificationReport(IReadOnlyList<SmArchitecture> Targets, IReadOnlyList<FileVerification> Files)
{
    /// <summary>What called it: the name of the project, or nothing.</summary>
    public string Title { get; init; } = "";

    /// <summary>The version of the product.</summary>
    public string Version { get; init; } = "";

    /// <summary>The files that hold device code, or have a finding.</summary>
    public IEnumerable<FileVerification> Relevant => Files.Where(file => file.HasDeviceCode || file.Findings.Count > 0);

    /// <summary>The findings, each with its file, in the order of the files.</summary>
    public IEnumerable<(FileVerification File, Finding Finding)> Findings => Files.SelectMany(file => file.Findings.Select(finding => (file, finding)));

    /// <summary>How many files have a coverage for a target.</summary>
    public int Count(SmArchitecture target, FileCoverage coverage) => Files.Count(file => CoverageOf(file, target) == coverage);

    /// <summary>A file's coverage for a target; null when it could not be read.</summary>
    public static FileCoverage? CoverageOf(FileVerification file, SmArchitecture target) =>
        file.Targets.Where(answer => answer.Target == target).Select(answer => (FileCoverage?)answer.Coverage).FirstOrDefault();

    /// <summary>What to call the package of a file; null when it comes from none.</summary>
    public static string? PackageOf(FileVerification file) =>
        file.Input.PackageId is null ? null : file.Input.PackageVersion is null ? file.Input.PackageId : $"{file.Input.PackageId} {file.Input.PackageVersion}";

    /// <summary>The answer in one sentence.</summary>
    public string Verdict()
    {
        TargetVerification[] gaps = [.. Files.SelectMany(file => file.Targets.Where(target => target.Coverage is FileCoverage.None or FileCoverage.Partial))];
        int withGaps = Files.Count(file => file.Targets.Any(target => target.Coverage is FileCoverage.None or FileCoverage.Partial));
        int unreadable = Files.Count(file => file.IsDamaged && file.Findings.Count > 0);
        int withCode = Files.Count(file => file.HasDeviceCode);
        string targets = string.Join(", ", Targets.Where(target => gaps.Length == 0 || gaps.Any(gap => gap.Target == target)).Select(target => target.RealName));
        string verdict = withCode == 0 ? "There is no device code"
            : withGaps > 0 ? $"{withGaps} of {withCode} files with device code cannot run in whole on {targets}"
            : (withCode == 1 ? "The one file with device code runs" : $"All {withCode} files with device code run") + $" on {targets}" + ByJit(withCode);
        return verdict + (unreadable > 0 ? $"; {unreadable} could not be read" : "") + ".";
    }

    private string ByJit(int withCode)
    {
        int byJit = Files.Count(file => file.Targets.Any(target => target.Coverage == FileCoverage.JitFallback));
        return byJit == 0 ? "" : byJit == withCode ? ", only by JIT compilation at the first start" : $", {byJit} of them only by JIT compilation at the first start";
    }
}
