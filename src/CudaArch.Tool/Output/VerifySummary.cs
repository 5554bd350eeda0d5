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
    private bool _hasOtherGaps;

    /// <summary>Files that were looked at.</summary>
    public int Files => _counts.Files;

    /// <summary>Those of them that hold device code.</summary>
    public int WithDeviceCode => _counts.WithDeviceCode;

    /// <summary>Those of them that could not be read in whole.</summary>
    public IReadOnlyList<FileVerification> Unreadable => _unreadable;

    /// <summary>
    /// Whether a file has a gap that its coverage does not tell: on the host in question nothing of the file or its package runs, or it is code to be linked, which by itself
    /// has no coverage, and cannot be.
    /// </summary>
    public static bool IsGapByItself(bool hasDeviceCode, IEnumerable<string> rules) =>
        rules.Any(rule => rule is RuleIds.MissingRuntimeIdentifier or RuleIds.HostMachineMismatch || (rule == RuleIds.ImageNeedsFeature && !hasDeviceCode));

    /// <summary>Counts a file.</summary>
    public FileVerification Add(FileVerification file)
    {
        _counts.Add(file);
        _hasOtherGaps |= IsGapByItself(file.HasDeviceCode, file.Findings.Select(finding => finding.RuleId));
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
            : targets.Select((_, target) => CoverageCounts.Counted.Where(coverage => coverage <= failOn).Sum(coverage => _counts.Of(target, coverage))).Sum() > 0 || _hasOtherGaps ? ExitCodes.Gaps
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
