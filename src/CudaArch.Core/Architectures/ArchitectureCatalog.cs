using CudaArch.Data;

namespace CudaArch.Architectures;

/// <summary>The compute capabilities that NVIDIA ships, from <c>architectures.csv</c>: the one place where an architecture is named.</summary>
public static class ArchitectureCatalog
{
    private static readonly Dictionary<int, ArchitectureInfo> ByNumber =
        EmbeddedCsv.Read("architectures.csv").Select(row => new ArchitectureInfo(row)).ToDictionary(info => info.Architecture.Number);

    /// <summary>The target that is assumed when a user names none: <c>sm_121</c>, the DGX Spark.</summary>
    public static SmArchitecture DefaultTarget { get; } = new(12, 1);

    /// <summary>Every known compute capability, oldest first.</summary>
    public static IReadOnlyList<ArchitectureInfo> All { get; } = [.. ByNumber.Values.OrderBy(info => info.Architecture.Number)];

    /// <summary>What is known of an architecture's compute capability; null when nothing is.</summary>
    public static ArchitectureInfo? Find(SmArchitecture architecture) =>
        ByNumber.TryGetValue(architecture.Number, out ArchitectureInfo? info) ? info : null;

    /// <summary>Whether the architecture exists with its suffix: <c>sm_121a</c> does, <c>sm_89a</c>, <c>sm_90f</c> and <c>sm_122</c> do not.</summary>
    public static bool IsKnown(SmArchitecture architecture) => Find(architecture)?.FirstPtxVersionOf(architecture.Variant) is not null;
}
