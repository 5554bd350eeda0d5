using CudaArch.Architectures;
using CudaArch.DeviceCode;
using CudaArch.DeviceCode.Reports;
using CudaArch.DeviceCode.Verification;
using CudaArch.Rules;

namespace CudaArch.Tool.Output;

/// <summary>Sums up the answers of <c>cudaarch verify</c>, and chooses the exit code.</summary>
internal sealed class VerifySummary(IReadOnlyList<SmArchitecture> targets)
{
    private readonly CoverageCounts _counts = new(targets);
    private readonly List<FileVerification> _unreadable = [];
    private bool _missesHost;

    /// <summary>Files that were looked at.</summary>
    public int Files => _counts.Files;

    /// <summary>Those of them that hold device code.</summary>
    public int WithDeviceCode => _counts.WithDeviceCode;

    /// <summary>Those of them that could not be read in whole.</summary>
    public IReadOnlyList<FileVerification> Unreadable => _unreadable;

    /// <summary>The rules whose findings are gaps whatever the coverage is: on the host in question nothing of the file or package runs.</summary>
    public static IReadOnlyCollection<string> HostGaps { get; } = [RuleIds.MissingRuntimeIdentifier, RuleIds.HostMachineMismatch];

    /// <summary>Counts a file.</summary>
    public FileVerification Add(FileVerification file)
    {
        _counts.Add(file);
        _missesHost |= file.Findings.Any(finding => HostGaps.Contains(finding.RuleId));
        if (file.IsDamaged)
        {
            _unreadable.Add(file);
        }

        return file;
    }

    /// <summary>The exit code: a file that could not be read weighs more than a gap, since it may hide one.</summary>
    /// <param name="failOn">The best coverage that still counts as a gap.</param>
    public int ExitCode(FileCoverage failOn) =>
        _unreadable.Count > 0 ? ExitCodes.Unreadable
            : targets.Select((_, target) => CoverageCounts.Counted.Where(coverage => coverage <= failOn).Sum(coverage => _counts.Of(target, coverage))).Sum() > 0 || _missesHost ? ExitCodes.Gaps
            : ExitCodes.Covered;

    /// <summary>The summary in words: one line for the files, one for each target.</summary>
    public IEnumerable<string> Lines()
    {
        string unreadable = _unreadable.Count == 0 ? "" : $", {_unreadable.Count} not readable in whole";
        yield return $"{Files} {(Files == 1 ? "file" : "files")}, {WithDeviceCode} with device code{unreadable}.";
        for (int target = 0; WithDeviceCode > 0 && target < targets.Count; target++)
        {
            yield return $"{targets[target]}: " + string.Join(", ", CoverageCounts.Counted.Select(coverage => $"{_counts.Of(target, coverage)} {coverage}")) + ".";
        }
    }
}
