using System.Globalization;

namespace CudaArch.CudaCpp.Text;

/// <summary>The values of number and character literals.</summary>
internal static class CppNumber
{
    /// <summary>The value of an integer literal; null when it is none (a floating-point literal, a malformed one).</summary>
    public static (long Value, bool IsUnsigned)? Integer(string spelling)
    {
        string text = spelling.IndexOf('\'') >= 0 ? spelling.Replace("'", "") : spelling;
        int radix = 10, at = 0;
        if (text.Length > 1 && text[0] == '0')
        {
            radix = text[1] is 'x' or 'X' ? 16 : text[1] is 'b' or 'B' ? 2 : 8;
            at = radix == 8 ? 1 : 2;
        }

        ulong value = 0;
        int digits = 0;
        for (; at < text.Length; at++, digits++)
        {
            int digit = Digit(text[at]);
            if (digit < 0 || digit >= radix)
            {
                break;
            }

            value = unchecked((value * (ulong)radix) + (ulong)digit);
        }

        bool isUnsigned = false;
        for (int i = at; i < text.Length; i++)
        {
            if (text[i] is 'u' or 'U')
            {
                isUnsigned = true;
            }
            else if (text[i] is not ('l' or 'L' or 'z' or 'Z'))
            {
                return null;
            }
        }

        if (digits == 0 && radix != 8)
        {
            return null;
        }

        return (unchecked((long)value), isUnsigned || value > long.MaxValue);
    }

    /// <summary>The value of a floating-point literal; null when it is none.</summary>
    public static double? Real(string spelling)
    {
        string text = spelling.TrimEnd('f', 'F', 'l', 'L').Replace("'", "");
        return text.IndexOfAny(['.', 'e', 'E']) >= 0 && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : null;
    }

    /// <summary>The value of a character literal.</summary>
    public static long Character(string spelling)
    {
        int quote = spelling.IndexOf('\'');
        int at = quote + 1;
        return at >= spelling.Length || spelling[at] == '\'' ? 0 : CppString.Unescape(spelling, ref at);
    }

    private static int Digit(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'f' => c - 'a' + 10,
        >= 'A' and <= 'F' => c - 'A' + 10,
        _ => -1,
    };
}
