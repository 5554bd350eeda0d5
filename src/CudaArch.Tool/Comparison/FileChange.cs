using CudaArch.DeviceCode;

namespace CudaArch.Tool.Comparison;

/// <summary>What becomes of a file for one target.</summary>
/// <param name="Old">Its coverage before; null when there was no such file.</param>
/// <param name="New">Its coverage after; null when there is no such file any more.</param>
/// <param name="Lost">Kernels that ran and do not any more, sorted.</param>
/// <param name="Gained">Kernels that run and did not before, sorted.</param>
internal sealed record TargetChange(FileCoverage? Old, FileCoverage? New, IReadOnlyList<string> Lost, IReadOnlyList<string> Gained)
{
    /// <summary>Whether anything changed.</summary>
    public bool IsChange => Old != New || Lost.Count > 0 || Gained.Count > 0;

    /// <summary>Whether something ran, or ran without compilation, and does not any more.</summary>
    public bool IsLoss => Lost.Count > 0 || Rank(New) < Rank(Old);

    // Of a file that went away, what ran in it is lost; one that never ran is not.
    private static int Rank(FileCoverage? coverage) => coverage switch
    {
        FileCoverage.Native => 3,
        FileCoverage.JitFallback => 2,
        FileCoverage.Partial => 1,
        _ => 0,
    };
}

/// <summary>What an update does to a file.</summary>
/// <param name="Key">The file; empty when files themselves were named.</param>
/// <param name="Targets">For each target, in the order of the targets.</param>
internal sealed record FileChange(string Key, IReadOnlyList<TargetChange> Targets)
{
    /// <summary>Compares two sides; the files in the order of their names.</summary>
    public static IReadOnlyList<FileChange> Compare(IReadOnlyList<FileState> old, IReadOnlyList<FileState> @new, int targets)
    {
        Dictionary<string, FileState> before = ByKey(old), after = ByKey(@new);
        return [.. before.Keys.Union(after.Keys).Order(StringComparer.Ordinal).Select(key => new FileChange(
            key, [.. Enumerable.Range(0, targets).Select(target => Compare(before.GetValueOrDefault(key)?.Targets[target], after.GetValueOrDefault(key)?.Targets[target]))]))];
    }

    private static TargetChange Compare(TargetState? old, TargetState? @new) => new(old?.Coverage, @new?.Coverage, Missing(old, @new), Missing(@new, old));

    private static string[] Missing(TargetState? from, TargetState? to) =>
        [.. (from?.Kernels ?? new HashSet<string>()).Where(kernel => to is null || !to.Kernels.Contains(kernel)).Order(StringComparer.Ordinal)];

    private static Dictionary<string, FileState> ByKey(IReadOnlyList<FileState> files) => files.GroupBy(file => file.Key, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First());
}
