namespace CudaArch.Architectures;

/// <summary>What is known of one compute capability; a row of <c>architectures.csv</c>.</summary>
public sealed class ArchitectureInfo
{
    /// <summary>
    /// Most static shared memory of a block, in bytes, on every architecture; more must be dynamic and opted in to (CUDA Programming Guide table 31, measured with the assembler,
    /// which takes more only for a GPU name ending in <c>a</c>).
    /// </summary>
    public const int StaticSharedMemoryPerBlock = 49152;

    internal ArchitectureInfo(IReadOnlyDictionary<string, string> row)
    {
        Architecture = SmArchitecture.Parse(row["number"]);
        Products = row["products"];
        Family = row["family"].Length == 0 ? null : row["family"];
        IsTegra = row["tegra"] == "yes";
        FirstPtxVersion = PtxVersion.Parse(row["ptx"]);
        FirstArchitectureSpecificPtxVersion = Optional(row["ptx_a"]);
        FirstFamilySpecificPtxVersion = Optional(row["ptx_f"]);
        SharedMemoryPerBlock = int.Parse(row["shared_memory_per_block"], System.Globalization.CultureInfo.InvariantCulture);
        Hosts = row["hosts"].Split([' '], StringSplitOptions.RemoveEmptyEntries);
        Source = row["source"];
    }

    /// <summary>The architecture, without suffix.</summary>
    public SmArchitecture Architecture { get; }

    /// <summary>The GPUs that report this compute capability, in words.</summary>
    public string Products { get; }

    /// <summary>The family whose members share <c>f</c> features (<c>10x</c>, <c>11x</c>, <c>12x</c>); null before 10.0.</summary>
    public string? Family { get; }

    /// <summary>A Tegra part: no promise that code for a lower minor loads (CUDA C++ Programming Guide, binary compatibility).</summary>
    public bool IsTegra { get; }

    /// <summary>Lowest PTX version whose <c>.target</c> takes the plain name.</summary>
    public PtxVersion FirstPtxVersion { get; }

    /// <summary>Lowest PTX version whose <c>.target</c> takes the name with <c>a</c>; null when there is no such name.</summary>
    public PtxVersion? FirstArchitectureSpecificPtxVersion { get; }

    /// <summary>Lowest PTX version whose <c>.target</c> takes the name with <c>f</c>; null when there is no such name.</summary>
    public PtxVersion? FirstFamilySpecificPtxVersion { get; }

    /// <summary>Most shared memory that a block can opt in to, in bytes.</summary>
    public int SharedMemoryPerBlock { get; }

    /// <summary>
    /// The runtime identifiers of the only machines that have the GPU, because it is part of them (<c>linux-arm64</c> for a DGX Spark or a Jetson);
    /// empty for GPUs on cards, which stand in machines of every kind.
    /// </summary>
    public IReadOnlyList<string> Hosts { get; }

    /// <summary>Where the row's facts come from.</summary>
    public string Source { get; }

    /// <summary>Lowest PTX version whose <c>.target</c> takes this architecture with the given suffix; null when there is no such name.</summary>
    public PtxVersion? FirstPtxVersionOf(ArchitectureVariant variant) => variant switch
    {
        ArchitectureVariant.ArchitectureSpecific => FirstArchitectureSpecificPtxVersion,
        ArchitectureVariant.FamilySpecific => FirstFamilySpecificPtxVersion,
        _ => FirstPtxVersion,
    };

    private static PtxVersion? Optional(string text) => text.Length == 0 ? null : PtxVersion.Parse(text);
}
