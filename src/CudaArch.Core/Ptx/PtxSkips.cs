using static CudaArch.Ptx.PtxBytes;

namespace CudaArch.Ptx;

/// <summary>How <see cref="PtxSkimmer"/> passes over what needs no look: each function gives the place behind it, or a negative number.</summary>
internal static class PtxSkips
{
    /// <summary>The text ends before it is known where it ends: it must come again with what follows.</summary>
    public const int Incomplete = -1;

    /// <summary>It is not written as compilers write it: only a close look helps.</summary>
    public const int GivesUp = -2;

    // Up to the semicolon.
    public static int SkipDeclared(ReadOnlySpan<byte> text, int at)
    {
        int nesting = 0;
        for (int i = at; i < text.Length; i++)
        {
            switch (Classes[text[i]])
            {
                case PtxByte.Blank or PtxByte.Name or PtxByte.Plain or PtxByte.Percent:
                    break;
                case PtxByte.Open:
                    nesting++;
                    break;
                case PtxByte.Close when nesting > 0:
                    nesting--;
                    break;
                case PtxByte.Semicolon:
                    return nesting == 0 ? i : GivesUp;
                default:
                    return GivesUp;
            }
        }

        return Incomplete;
    }

    // The arguments of any other directive: numbers and names, up to what begins the next statement.
    public static int SkipArguments(ReadOnlySpan<byte> text, int at)
    {
        int nesting = 0;
        for (int i = at; i < text.Length; i++)
        {
            switch (Classes[text[i]])
            {
                case PtxByte.Blank or PtxByte.Plain or PtxByte.Name or PtxByte.Colon:
                    break;
                case PtxByte.Open when text[i] == (byte)'{' && nesting == 0:
                    return i;
                case PtxByte.Open:
                    nesting++;
                    break;
                case PtxByte.Close when nesting > 0:
                    nesting--;
                    break;
                case PtxByte.Close or PtxByte.Semicolon:
                    return nesting == 0 ? i : GivesUp;
                case PtxByte.Dot when i > at && IsDigit(text[i - 1]):
                    return GivesUp;
                case PtxByte.Dot when nesting == 0:
                    return i;
                case PtxByte.Dot:
                    break;
                case PtxByte.Slash:
                    int end = SkipComment(text, i);
                    if (end < 0)
                    {
                        return end;
                    }

                    i = end - 1;
                    break;
                default:
                    return GivesUp;
            }
        }

        return Incomplete;
    }

    // ".loc 1 25 7, function_name $L__info, inlined_at 1 30 5", ".file 1 "a.cu", 0, 0": to the end of the line. A word stands behind a comma or another word.
    public static int SkipDebugLine(ReadOnlySpan<byte> text, int at)
    {
        bool mayBeWord = false;
        for (int i = at; i < text.Length;)
        {
            byte c = text[i];
            if (c == (byte)'\n')
            {
                return i;
            }

            if (c is (byte)' ' or (byte)'\t' or (byte)'\r')
            {
                i++;
            }
            else if (c is (byte)',' or (byte)'+')
            {
                mayBeWord = true;
                i++;
            }
            else if (c == (byte)'"')
            {
                int length = text.Slice(i + 1).IndexOf((byte)'"');
                if (length < 0)
                {
                    return Incomplete;
                }

                mayBeWord = false;
                i += length + 2;
            }
            else
            {
                int end = EndOfName(text, i);
                bool isNumber = IsDigit(c);
                if (end == i || (!isNumber && !mayBeWord))
                {
                    return GivesUp;
                }

                mayBeWord &= !isNumber;
                i = end;
            }
        }

        return Incomplete;
    }

    // At the next byte that is no blank and no comment, which may be the end.
    public static int SkipBlanks(ReadOnlySpan<byte> text, int at, bool isEnd)
    {
        while (at < text.Length)
        {
            if (Classes[text[at]] == PtxByte.Blank)
            {
                at++;
            }
            else if (text[at] != (byte)'/')
            {
                return at;
            }
            else
            {
                int end = SkipComment(text, at);
                if (end < 0)
                {
                    // The last line may be a comment.
                    return isEnd && at + 1 < text.Length && text[at + 1] == (byte)'/' ? text.Length : end;
                }

                at = end;
            }
        }

        return at;
    }

    public static int SkipComment(ReadOnlySpan<byte> text, int start)
    {
        if (start + 1 == text.Length)
        {
            return Incomplete;
        }

        ReadOnlySpan<byte> rest = text.Slice(start + 2);
        switch (text[start + 1])
        {
            case (byte)'/':
                int line = rest.IndexOf((byte)'\n');
                return line < 0 ? Incomplete : start + 3 + line;
            case (byte)'*':
                int end = rest.IndexOf("*/"u8);
                return end < 0 ? Incomplete : start + 4 + end;
            default:
                return GivesUp;
        }
    }

    public static int EndOfName(ReadOnlySpan<byte> text, int at)
    {
        while (at < text.Length && Classes[text[at]] is PtxByte.Name or PtxByte.Percent)
        {
            at++;
        }

        return at;
    }
}
