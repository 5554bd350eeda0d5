using CudaArch.Architectures;

namespace CudaArch.CudaCpp;

/// <summary>Whether CUDA C++ text compiles for a device, and under which name of its target.</summary>
public enum CudaCppVerdict
{
    /// <summary>The plain target compiles it.</summary>
    Runs,

    /// <summary>Only the family-specific target (<c>sm_121f</c>) and the architecture-specific one compile it.</summary>
    NeedsFamilySuffix,

    /// <summary>Only the architecture-specific target (<c>sm_121a</c>) compiles it.</summary>
    NeedsArchitectureSuffix,

    /// <summary>No target of the device compiles it.</summary>
    LacksHardware,
}

/// <summary>What text does on the plain target in place of what other targets do with their own instructions.</summary>
public enum CudaCppFallback
{
    /// <summary>The same as elsewhere.</summary>
    None,

    /// <summary>A header computes in plain code what other targets do with one instruction.</summary>
    SoftwareConversion,

    /// <summary>Guarded code is left out, and nothing stands in for it.</summary>
    EmptyBranch,

    /// <summary>The author's other branch.</summary>
    ElseBranch,
}

/// <summary>Something that the plain target refuses.</summary>
/// <param name="Finding">What it is.</param>
/// <param name="Needs">The least target of the device that takes it; <see cref="CudaCppVerdict.LacksHardware"/> when there is none.</param>
public sealed record CudaCppOffender(CudaCppFinding Finding, CudaCppVerdict Needs)
{
    /// <summary>What is wrong and what to do, in one sentence.</summary>
    /// <param name="device">The device; its suffix is ignored.</param>
    public string Describe(SmArchitecture device) => CudaCppWording.Detail(Finding, Needs, device.With(ArchitectureVariant.Baseline));
}

/// <summary>What <see cref="CudaCppAnalyzer"/> says of CUDA C++ text and a device.</summary>
public sealed class CudaCppReport
{
    private readonly Lazy<CudaCppFallback> _fallback;

    internal CudaCppReport(Func<CudaCppFallback> fallback) => _fallback = new Lazy<CudaCppFallback>(fallback);

    /// <summary>The device that was asked about, without suffix.</summary>
    public required SmArchitecture Device { get; init; }

    /// <summary>The verdict.</summary>
    public required CudaCppVerdict Verdict { get; init; }

    /// <summary>All that stands in the way of the plain target, in the order of the text; empty when it runs.</summary>
    public required IReadOnlyList<CudaCppOffender> Offenders { get; init; }

    /// <summary>The first one that decides the verdict; null when it runs.</summary>
    public CudaCppOffender? Deciding => Offenders.FirstOrDefault(offender => offender.Needs == Verdict);

    /// <summary>For text that runs: what stands in for what other targets do better.</summary>
    public CudaCppFallback Fallback => _fallback.Value;

    /// <summary>Where the text uses conversions that are computed in software on the plain target, as indices into the text.</summary>
    public required IReadOnlyList<int> SoftwareConversions { get; init; }
}
