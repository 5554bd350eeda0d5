namespace CudaArch.Ptx;

/// <summary>The shape of an operand.</summary>
public enum PtxOperandShape
{
    /// <summary>A register, a symbol or an expression.</summary>
    Name,

    /// <summary>A number.</summary>
    Immediate,

    /// <summary>An address in brackets, <c>[rd0, {r0, r1}]</c>.</summary>
    Address,

    /// <summary>A vector in braces, <c>{r0, r1}</c>.</summary>
    Vector,

    /// <summary>The sink <c>_</c>: a result that is not kept.</summary>
    Sink,

    /// <summary>Two destinations, <c>r0|p0</c>.</summary>
    Pair,
}

/// <summary>An operand of an instruction.</summary>
/// <param name="Shape">What it looks like.</param>
/// <param name="Span">Where it stands.</param>
/// <param name="Elements">Number of elements at its outer level: 4 of <c>{r0,r1,r2,r3}</c>, 2 of <c>[rd0, {r0}]</c>, else 1.</param>
public readonly record struct PtxOperand(PtxOperandShape Shape, PtxSpan Span, int Elements);
