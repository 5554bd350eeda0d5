using CudaArch.Architectures;

namespace CudaArch.Analyzers;

/// <summary>Targets in messages.</summary>
internal static class TargetNames
{
    /// <summary>Targets in a sentence: <c>sm_90 and sm_121</c>.</summary>
    public static string Sentence(IReadOnlyList<SmArchitecture> targets) => targets.Count == 1
        ? targets[0].RealName
        : string.Join(", ", targets.Take(targets.Count - 1).Select(target => target.RealName)) + " and " + targets[targets.Count - 1].RealName;
}
