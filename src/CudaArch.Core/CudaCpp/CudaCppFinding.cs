using CudaArch.Features;
using CudaArch.Ptx;

namespace CudaArch.CudaCpp;

/// <summary>What stops a text from compiling for a target.</summary>
public enum CudaCppFindingKind
{
    /// <summary>An instruction in an <c>asm</c> statement that the target lacks.</summary>
    Instruction,

    /// <summary>A function or type of a header that the target lacks.</summary>
    HeaderName,

    /// <summary>An <c>#error</c> that is reached.</summary>
    Error,

    /// <summary>A <c>static_assert</c> that fails.</summary>
    StaticAssert,

    /// <summary>More static shared memory than a block can have.</summary>
    SharedMemory,
}

/// <summary>Something in a CUDA C++ text that the compiler refuses for a target.</summary>
public sealed class CudaCppFinding
{
    /// <summary>What it is.</summary>
    public required CudaCppFindingKind Kind { get; init; }

    /// <summary>Its place in the text: the opcode within the literal, the name, the directive.</summary>
    public required PtxSpan Span { get; init; }

    /// <summary>The joined opcode, or the word as it is written.</summary>
    public required string Token { get; init; }

    /// <summary>The feature that is missing; null when it is not about one.</summary>
    public CudaFeature? Feature { get; init; }

    /// <summary>Index of the statement or macro use that brings it, in the text.</summary>
    public required int Statement { get; init; }

    /// <summary>For shared memory: the bytes that a kernel needs.</summary>
    public long Bytes { get; init; }

    /// <summary>The text of an <c>#error</c>.</summary>
    public string Text { get; init; } = "";

    /// <inheritdoc/>
    public override string ToString() => $"{Token} at {Span.Start}";
}
