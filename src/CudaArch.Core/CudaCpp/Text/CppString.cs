using System.Text;

namespace CudaArch.CudaCpp.Text;

/// <summary>The contents of string literals, each character with its place in the source.</summary>
internal static class CppString
{
    /// <summary>Adds the contents of a literal, escapes resolved.</summary>
    public static void Append(CppToken literal, StringBuilder text, List<int> places)
    {
        string spelling = literal.Text;
        int quote = spelling.IndexOf('"');
        if (quote < 0)
        {
            return;
        }

        if (quote > 0 && spelling[quote - 1] == 'R')
        {
            AppendRaw(literal, quote, text, places);
            return;
        }

        int end = spelling.Length > quote + 1 && spelling[spelling.Length - 1] == '"' ? spelling.Length - 1 : spelling.Length;
        for (int at = quote + 1; at < end;)
        {
            int place = literal.PlaceOf(at);
            char c = spelling[at] == '\\' ? unchecked((char)Unescape(spelling, ref at)) : spelling[at++];
            text.Append(c);
            places.Add(place);
        }
    }

    /// <summary>The character that an escape or a plain character stands for; the position moves behind it.</summary>
    public static long Unescape(string text, ref int at)
    {
        char c = text[at++];
        if (c != '\\' || at >= text.Length)
        {
            return c;
        }

        c = text[at++];
        switch (c)
        {
            case 'n':
                return '\n';
            case 't':
                return '\t';
            case 'r':
                return '\r';
            case 'a':
                return '\a';
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'v':
                return '\v';
            case 'x':
                return Digits(text, ref at, 16, int.MaxValue, 0);
            case 'u':
                return Digits(text, ref at, 16, 4, 0);
            case 'U':
                return Digits(text, ref at, 16, 8, 0);
            case >= '0' and <= '7':
                at--;
                return Digits(text, ref at, 8, 3, 0);
            default:
                return c;
        }
    }

    private static void AppendRaw(CppToken literal, int quote, StringBuilder text, List<int> places)
    {
        string spelling = literal.Text;
        int open = spelling.IndexOf('(', quote);
        int close = spelling.LastIndexOf(')');
        if (open < 0)
        {
            return;
        }

        close = close <= open ? spelling.Length : close;
        for (int at = open + 1; at < close; at++)
        {
            text.Append(spelling[at]);
            places.Add(literal.PlaceOf(at));
        }
    }

    private static long Digits(string text, ref int at, int radix, int most, long value)
    {
        for (int i = 0; i < most && at < text.Length; i++, at++)
        {
            char c = text[at];
            int digit = c is >= '0' and <= '9' ? c - '0' : c is >= 'a' and <= 'f' ? c - 'a' + 10 : c is >= 'A' and <= 'F' ? c - 'A' + 10 : radix;
            if (digit >= radix)
            {
                break;
            }

            value = unchecked((value * radix) + digit);
        }

        return value;
    }
}
