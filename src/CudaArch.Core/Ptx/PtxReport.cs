using CudaArch.Architectures;

namespace CudaArch.Ptx;

/// <summary>Whether PTX text can run on a device, and if not, what stands in the way.</summary>
public enum PtxSupport
{
    /// <summary>It runs as it is written.</summary>
    Runs,

    /// <summary>The device's plain target has all it uses; only the <c>.version</c> or <c>.target</c> line shuts it out.</summary>
    TargetLineOnly,

    /// <summary>The device has all it uses, but the <c>.target</c> must be family-specific (<c>sm_121f</c>).</summary>
    NeedsFamilySuffix,

    /// <summary>The device has all it uses, but the <c>.target</c> must be architecture-specific (<c>sm_121a</c>).</summary>
    NeedsArchitectureSuffix,

    /// <summary>The device has all it uses, but a kernel declares more static shared memory than is compiled; dynamic shared memory may be as large.</summary>
    NeedsDynamicSharedMemory,

    /// <summary>The device lacks something that it uses, whatever the target line says.</summary>
    LacksHardware,

    /// <summary>It cannot be judged by its features: no usable header, or 32-bit addressing.</summary>
    Malformed,
}

/// <summary>The <c>.version</c> of a text.</summary>
/// <param name="Value">The version; null when the text leaves it open or it is no version.</param>
/// <param name="Span">Where the number stands.</param>
public readonly record struct PtxVersionDirective(PtxVersion? Value, PtxSpan Span);

/// <summary>A name in a <c>.target</c> line that stands for an architecture.</summary>
/// <param name="Architecture">The architecture; null when the text leaves it open (<c>sm_</c> with a hole) or there is none of that name.</param>
/// <param name="Span">Where the name stands.</param>
/// <param name="Text">The name.</param>
public readonly record struct PtxTargetDirective(SmArchitecture? Architecture, PtxSpan Span, string Text)
{
    /// <summary>Whether the name has a hole, so that it is filled in when the program runs.</summary>
    public bool IsOpen => Text.IndexOf(PtxLexer.Hole) >= 0;
}

/// <summary>A kernel of a text.</summary>
/// <param name="Name">Its (mangled) name.</param>
/// <param name="Span">Where the name stands behind <c>.entry</c>.</param>
public readonly record struct PtxEntry(string Name, PtxSpan Span);

/// <summary>What <see cref="PtxAnalyzer"/> says of a PTX text and a device.</summary>
public sealed class PtxReport
{
    /// <summary>The device that was asked about, without suffix.</summary>
    public required SmArchitecture Device { get; init; }

    /// <summary>The <c>.version</c>; null when there is none.</summary>
    public required PtxVersionDirective? Version { get; init; }

    /// <summary>The architectures of the <c>.target</c> line in their order; the last one counts.</summary>
    public required IReadOnlyList<PtxTargetDirective> Targets { get; init; }

    /// <summary>The kernels, in order.</summary>
    public required IReadOnlyList<PtxEntry> Entries { get; init; }

    /// <summary>What stands in the way, in the order of the text. Empty when <see cref="LoadsAsWritten"/>.</summary>
    public required IReadOnlyList<PtxFinding> Findings { get; init; }

    /// <summary>Whether it runs on the device and what it would need.</summary>
    public required PtxSupport Support { get; init; }

    /// <summary>Whether the driver of a device compiles the text as it stands.</summary>
    public required bool LoadsAsWritten { get; init; }

    /// <summary>The least <c>.target</c> of the device under which it runs: <c>sm_121</c> before <c>sm_121f</c> before <c>sm_121a</c>; null when there is none.</summary>
    public required SmArchitecture? SuggestedTarget { get; init; }

    /// <summary>The lowest <c>.version</c> that takes the text under <see cref="SuggestedTarget"/>; null when there is none.</summary>
    public required PtxVersion? RequiredVersion { get; init; }
}
