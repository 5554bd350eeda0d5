using CudaArch.Architectures;
using CudaArch.DeviceCode.Caching;

namespace CudaArch.DeviceCode.Verification;

/// <summary>How to verify.</summary>
public sealed record VerificationOptions
{
    /// <summary>Uses the severities of continuous integration: gaps are errors.</summary>
    public bool GapsAreErrors { get; init; }

    /// <summary>Reads the names of the kernels that cannot run. Without them a file is read by its headers alone.</summary>
    public bool ReadKernels { get; init; } = true;

    /// <summary>How many kernels a message names before it only counts them.</summary>
    public int KernelsInMessage { get; init; } = 3;

    /// <summary>The newest PTX version that the user's driver compiles; null when it is not known, then none is too new.</summary>
    public PtxVersion? DriverVersion { get; init; }

    /// <summary>How many refused PTX images of one file and target are reported one by one before the rest is only counted.</summary>
    public int RefusedImages { get; init; } = 8;

    /// <summary>What is known of files from earlier runs; null reads every file. Only files that lie on disk under their own path are looked up.</summary>
    public VerificationCache? Cache { get; init; }
}
