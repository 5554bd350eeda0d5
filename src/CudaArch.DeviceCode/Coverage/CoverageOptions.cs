using CudaArch.Architectures;

namespace CudaArch.DeviceCode;

/// <summary>What is asked for a coverage beyond what headers say.</summary>
public sealed record CoverageOptions
{
    /// <summary>The defaults.</summary>
    public static CoverageOptions Default { get; } = new();

    /// <summary>The newest PTX version that the user's driver compiles; null when it is not known, then none is too new.</summary>
    public PtxVersion? DriverVersion { get; init; }

    /// <summary>Whether the kernels of a module's images are compared, so that those which the running image lacks are found. It reads the kernel names of the file.</summary>
    public bool ComparesKernels { get; init; } = true;

    /// <summary>
    /// Most bytes of PTX text that are read of one file, unpacked, where a module has nothing better to run; what lies beyond is judged by its header. Such text is compiled by
    /// its makers' own tools in practice, so that its header tells the truth; this keeps a library of thousands of texts from being unpacked as a whole.
    /// </summary>
    public long MaxPtxBytes { get; init; } = 64L << 20;
}
