using CudaArch.Architectures;
using CudaArch.Ptx;

namespace CudaArch.DeviceCode.Verification;

/// <summary>What a file has for one target.</summary>
public sealed record TargetVerification
{
    /// <summary>The target.</summary>
    public required SmArchitecture Target { get; init; }

    /// <summary>The file's coverage.</summary>
    public required FileCoverage Coverage { get; init; }

    /// <summary>Every module's coverage, in the order of <see cref="FileVerification.Modules"/>.</summary>
    public IReadOnlyList<ModuleVerification> Modules { get; init; } = [];

    /// <summary>The images of the modules that should run and do not, or run only by JIT compilation: each kind and architecture once.</summary>
    public IReadOnlyList<ImageLabel> MissingImages { get; init; } = [];

    /// <summary>PTX images whose header fits the target and whose text is not compiled for it, in file order.</summary>
    public IReadOnlyList<RefusedImage> RefusedImages { get; init; } = [];

    /// <summary>How many modules run, but in an image that lacks kernels which other images of the module have.</summary>
    public int ModulesWithLostKernels { get; init; }

    /// <summary>Mangled names of the kernels that cannot run, the most specific first (those of the fewest modules), else in file order; empty when all run, or names were not asked for or are not readable.</summary>
    public IReadOnlyList<string> MissingKernels { get; init; } = [];
}

/// <summary>A module's coverage for one target.</summary>
/// <param name="Coverage">What it has for the target.</param>
/// <param name="ByDesign">Why it need not run on the target.</param>
/// <param name="IsGap">Whether it, or a kernel of it, should run on the target and does not.</param>
public readonly record struct ModuleVerification(Coverage Coverage, ByDesignReason ByDesign, bool IsGap);

/// <summary>A PTX image whose header fits the target and whose text is not compiled for it.</summary>
/// <param name="Place">Where its module stands.</param>
/// <param name="Label">What it was built for.</param>
/// <param name="Faults">What stands in the way, in the order of the text; at least one.</param>
/// <param name="IsRelocatable">Whether it is compiled when it is linked, not when it is loaded.</param>
public sealed record RefusedImage(ModulePlace Place, ImageLabel Label, IReadOnlyList<PtxFinding> Faults, bool IsRelocatable = false);
