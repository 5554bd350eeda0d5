namespace CudaArch.Ptx;

/// <summary>A stretch of PTX text.</summary>
/// <param name="Start">Index of its first character.</param>
/// <param name="Length">Its number of characters.</param>
public readonly record struct PtxSpan(int Start, int Length)
{
    /// <summary>Index behind its last character.</summary>
    public int End => Start + Length;

    /// <summary>The stretch from the start of one span to the end of another.</summary>
    public static PtxSpan Between(PtxSpan first, PtxSpan last) => new(first.Start, Math.Max(0, last.End - first.Start));
}
