using CudaArch.Features;

namespace CudaArch.Ptx;

/// <summary>What is wrong at a place of a PTX text.</summary>
public enum PtxFindingKind
{
    /// <summary>The device lacks the feature that the instruction needs, whatever the target line says.</summary>
    FeatureMissing,

    /// <summary>The device has the feature, but only under a <c>.target</c> with a suffix.</summary>
    FeatureNeedsSuffix,

    /// <summary>The device has the feature, but the <c>.target</c> of the text is older than it.</summary>
    FeatureNeedsNewerTarget,

    /// <summary>Text with this <c>.target</c> does not go to the device.</summary>
    TargetNotAccepted,

    /// <summary>The <c>.version</c> is older than the <c>.target</c>.</summary>
    VersionTooLowForTarget,

    /// <summary>The <c>.version</c> is older than a feature that the text uses.</summary>
    VersionTooLowForFeature,

    /// <summary>The <c>.version</c> is newer than what the user's driver compiles.</summary>
    VersionTooNewForDriver,

    /// <summary>A kernel declares more static shared memory than is compiled, or than a block of the device can have.</summary>
    SharedMemoryTooLarge,

    /// <summary>The text uses 32-bit addresses, which no current driver compiles.</summary>
    ThirtyTwoBit,

    /// <summary>The <c>.target</c> names no architecture.</summary>
    UnknownTarget,

    /// <summary>The text does not begin with a <c>.version</c> and a <c>.target</c>, or the version is none.</summary>
    MalformedHeader,
}

/// <summary>Something in a PTX text that stands in the way of a device.</summary>
public sealed class PtxFinding
{
    /// <summary>What is wrong.</summary>
    public required PtxFindingKind Kind { get; init; }

    /// <summary>The opcode, directive, version or target in the text.</summary>
    public required PtxSpan Span { get; init; }

    /// <summary>The feature concerned; null when it is not about one.</summary>
    public CudaFeature? Feature { get; init; }

    /// <summary>The opcode with its parts joined, or the directive's value: <c>tcgen05.alloc.cta_group::1.sync.aligned.shared::cta.b32</c>, <c>sm_100a</c>, <c>8.6</c>.</summary>
    public required string Token { get; init; }

    /// <summary>The kernel it is in; null outside kernels.</summary>
    public string? Kernel { get; init; }

    /// <summary>The line it is on, from 1.</summary>
    public required int Line { get; init; }

    /// <summary>What is wrong and what to do, in one sentence.</summary>
    public required string Detail { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"line {Line}: {Detail}";
}
