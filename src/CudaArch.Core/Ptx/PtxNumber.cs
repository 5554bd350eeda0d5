namespace CudaArch.Ptx;

/// <summary>Reads integer literals of PTX: decimal, <c>0x</c> hexadecimal, <c>0b</c> binary, leading zero octal, with an optional <c>U</c>.</summary>
internal static class PtxNumber
{
    /// <summary>The value, capped at <see cref="int.MaxValue"/>; 0 for text that is no integer.</summary>
    public static long Read(ReadOnlySpan<char> text)
    {
        if (text.Length > 0 && text[text.Length - 1] == 'U')
        {
            text = text.Slice(0, text.Length - 1);
        }

        int radix = 10;
        if (text.Length > 1 && text[0] == '0')
        {
            radix = text[1] is 'x' or 'X' ? 16 : text[1] is 'b' or 'B' ? 2 : 8;
            text = text.Slice(radix == 8 ? 1 : 2);
        }

        long value = 0;
        foreach (char c in text)
        {
            int digit = c is >= '0' and <= '9' ? c - '0' : c is >= 'a' and <= 'f' ? c - 'a' + 10 : c is >= 'A' and <= 'F' ? c - 'A' + 10 : int.MaxValue;
            if (digit >= radix)
            {
                return 0;
            }

            value = Math.Min((value * radix) + digit, int.MaxValue);
        }

        return value;
    }
}
