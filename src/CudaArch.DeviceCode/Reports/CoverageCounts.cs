using CudaArch.Architectures;
using CudaArch.DeviceCode.Verification;

namespace CudaArch.DeviceCode.Reports;

/// <summary>Counts verified files by their coverage, as they come.</summary>
/// <param name="targets">The targets that they were verified for.</param>
public sealed class CoverageCounts(IReadOnlyList<SmArchitecture> targets)
{
    private readonly int[,] _counts = new int[targets.Count, Counted.Count];

    /// <summary>The coverages that are counted, best first; a file without device code has none of them.</summary>
    public static IReadOnlyList<FileCoverage> Counted { get; } = [FileCoverage.Native, FileCoverage.JitFallback, FileCoverage.Partial, FileCoverage.None];

    /// <summary>Files that were looked at.</summary>
    public int Files { get; private set; }

    /// <summary>Those of them that hold device code.</summary>
    public int WithDeviceCode { get; private set; }

    /// <summary>Counts a file.</summary>
    public void Add(FileVerification file)
    {
        Files++;
        WithDeviceCode += file.HasDeviceCode ? 1 : 0;
        for (int target = 0; target < file.Targets.Count; target++)
        {
            for (int coverage = 0; coverage < Counted.Count; coverage++)
            {
                _counts[target, coverage] += file.Targets[target].Coverage == Counted[coverage] ? 1 : 0;
            }
        }
    }

    /// <summary>How many files have a coverage for a target.</summary>
    /// <param name="target">Its place in the list of targets.</param>
    /// <param name="coverage">One of <see cref="Counted"/>; none of the files has another.</param>
    public int Of(int target, FileCoverage coverage)
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
}
