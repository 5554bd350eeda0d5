using CudaArch.Architectures;
using CudaArch.DeviceCode;
using CudaArch.DeviceCode.Verification;

namespace CudaArch.Tool.Output;

/// <summary>Counts the answers of <c>cudaarch verify</c>, and chooses the exit code.</summary>
internal sealed class VerifySummary(IReadOnlyList<SmArchitecture> targets)
{
    /// <summary>The coverages that are counted, best first. A file without device code has none of them.</summary>
    public static readonly IReadOnlyList<FileCoverage> Counted = [FileCoverage.Native, FileCoverage.JitFallback, FileCoverage.Partial, FileCoverage.None];

    private readonly int[,] _counts = new int[targets.Count, Counted.Count];
    private readonly List<FileVerification> _unreadable = [];

    /// <summary>Files that were looked at.</summary>
    public int Files { get; private set; }

    /// <summary>Those of them that hold device code.</summary>
    public int WithDeviceCode { get; private set; }

    /// <summary>Those of them that could not be read in whole.</summary>
    public IReadOnlyList<FileVerification> Unreadable => _unreadable;

    /// <summary>Counts a file.</summary>
    public FileVerification Add(FileVerification file)
    {
        Files++;
        WithDeviceCode += file.HasDeviceCode ? 1 : 0;
        if (file.IsDamaged)
        {
            _unreadable.Add(file);
        }

        for (int target = 0; target < file.Targets.Count; target++)
        {
            for (int coverage = 0; coverage < Counted.Count; coverage++)
            {
                _counts[target, coverage] += file.Targets[target].Coverage == Counted[coverage] ? 1 : 0;
            }
        }

        return file;
    }

    /// <summary>How many files have a coverage for a target.</summary>
    /// <param name="target">Its place in the list of targets.</param>
    /// <param name="coverage">One of <see cref="Counted"/>.</param>
    public int Count(int target, FileCoverage coverage)
    {
        for (int i = 0; i < Counted.Count; i++)
        {
            if (Counted[i] == coverage)
            {
                return _counts[target, i];
            }
        }

        return 0;
    }

    /// <summary>The exit code: a file that could not be read weighs more than a gap, since it may hide one.</summary>
    /// <param name="failOn">The best coverage that still counts as a gap.</param>
    public int ExitCode(FileCoverage failOn) =>
        _unreadable.Count > 0 ? ExitCodes.Unreadable
            : targets.Select((_, target) => Counted.Where(coverage => coverage <= failOn).Sum(coverage => Count(target, coverage))).Sum() > 0 ? ExitCodes.Gaps
            : ExitCodes.Covered;

    /// <summary>The summary in words: one line for the files, one for each target.</summary>
    public IEnumerable<string> Lines()
    {
        string unreadable = _unreadable.Count == 0 ? "" : $", {_unreadable.Count} not readable in whole";
        yield return $"{Files} {(Files == 1 ? "file" : "files")}, {WithDeviceCode} with device code{unreadable}.";
        for (int target = 0; WithDeviceCode > 0 && target < targets.Count; target++)
        {
            yield return $"{targets[target]}: " + string.Join(", ", Counted.Select(coverage => $"{Count(target, coverage)} {coverage}")) + ".";
        }
    }
}
