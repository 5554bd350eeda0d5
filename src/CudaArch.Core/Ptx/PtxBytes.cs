namespace CudaArch.Ptx;

/// <summary>What a byte of PTX text can be part of, as <see cref="PtxLexer"/> sees it.</summary>
internal enum PtxByte : byte
{
    /// <summary>Nothing that compilers write outside comments and strings.</summary>
    Other,

    /// <summary>A blank, the end of a line, or padding.</summary>
    Blank,

    /// <summary>A name or a number.</summary>
    Name,

    /// <summary>The percent sign, which is part of a name.</summary>
    Percent,

    /// <summary>A symbol of no further meaning in operands.</summary>
    Plain,

    /// <summary>An opening parenthesis, bracket or brace.</summary>
    Open,

    /// <summary>A closing one.</summary>
    Close,

    /// <summary>The dot, which begins a modifier.</summary>
    Dot,

    /// <summary>The colon behind a label, or in a modifier.</summary>
    Colon,

    /// <summary>The end of a statement.</summary>
    Semicolon,

    /// <summary>The beginning of a comment.</summary>
    Slash,
}

/// <summary>The classes of the bytes of PTX text.</summary>
internal static class PtxBytes
{
    /// <summary>The class of each byte.</summary>
    public static PtxByte[] Classes { get; } = [.. Enumerable.Range(0, 256).Select(value => ClassOf((char)value))];

    public static bool IsDigit(byte value) => value is >= (byte)'0' and <= (byte)'9';

    public static bool IsBlank(ReadOnlySpan<byte> text)
    {
        foreach (byte c in text)
        {
            if (Classes[c] != PtxByte.Blank)
            {
                return false;
            }
        }

        return true;
    }

    public static bool IsAscii(ReadOnlySpan<byte> text)
    {
        foreach (byte c in text)
        {
            if (c is 0 or >= 0x80)
            {
                return false;
            }
        }

        return true;
    }

    public static void Widen(ReadOnlySpan<byte> from, Span<char> to)
    {
        for (int i = 0; i < from.Length; i++)
        {
            to[i] = (char)from[i];
        }
    }

    private static PtxByte ClassOf(char value) => value switch
    {
        ' ' or '\t' or '\n' or '\r' or '\f' or '\v' or '\0' => PtxByte.Blank,
        (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or '$' => PtxByte.Name,
        '%' => PtxByte.Percent,
        ',' or '+' or '-' or '!' or '~' or '|' or '&' or '^' or '*' or '<' or '>' or '=' or '?' => PtxByte.Plain,
        '(' or '[' or '{' => PtxByte.Open,
        ')' or ']' or '}' => PtxByte.Close,
        '.' => PtxByte.Dot,
        ':' => PtxByte.Colon,
        ';' => PtxByte.Semicolon,
        '/' => PtxByte.Slash,
        _ => PtxByte.Other,
    };
}
