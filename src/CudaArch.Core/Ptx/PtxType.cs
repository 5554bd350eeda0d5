namespace CudaArch.Ptx;

/// <summary>Tells the types among the modifiers of an instruction.</summary>
internal static class PtxType
{
    /// <summary>
    /// Whether a modifier, without its dot, is a type: <c>b32</c>, <c>s8</c>, <c>f16x2</c>, <c>bf16</c>, <c>tf32</c>, <c>e4m3</c>, <c>ue8m0x2</c>, <c>b8x16</c>,
    /// <c>pred</c>. Shapes (<c>m16n8k32</c>, <c>32x32b</c>) and counts (<c>x4</c>, <c>v2</c>) are none.
    /// </summary>
    public static bool IsType(ReadOnlySpan<char> modifier)
    {
        if (modifier.Length < 2)
        {
            return false;
        }

        int digit = modifier[0] switch
        {
            'b' when modifier[1] == 'f' => 2,
            't' when modifier[1] == 'f' => 2,
            'u' when modifier[1] == 'e' => 2,
            'b' or 'u' or 's' or 'f' or 'e' => 1,
            _ => 0,
        };
        return digit > 0
            ? digit < modifier.Length && modifier[digit] is >= '0' and <= '9'
            : modifier.SequenceEqual("pred".AsSpan());
    }
}
