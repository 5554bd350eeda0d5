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
    /// Whether nothing but headers is read. Then each module is taken to have kernels of its own, in all of its images, and PTX to be what its header says.
    /// </summary>
    public bool HeadersOnly { get; init; }
}
