namespace CudaArch.CudaCpp.Execution;

/// <summary>C++ arithmetic on known values; what cannot be told is unknown.</summary>
internal static class CppArithmetic
{
    /// <summary>The value of a binary operator.</summary>
    public static CppValue Combine(string symbol, CppValue left, CppValue right)
    {
        if (left is IntegerValue a && right is IntegerValue b)
        {
            return Integers(symbol, a, b);
        }

        if (Number(left) is { } x && Number(right) is { } y)
        {
            return symbol switch
            {
                "+" => new RealValue(x + y),
                "-" => new RealValue(x - y),
                "*" => new RealValue(x * y),
                "/" => new RealValue(x / y),
                "<" => CppValue.Of(x < y),
                ">" => CppValue.Of(x > y),
                "<=" => CppValue.Of(x <= y),
                ">=" => CppValue.Of(x >= y),
                "==" => CppValue.Of(x == y),
                "!=" => CppValue.Of(x != y),
                _ => CppValue.Unknown,
            };
        }

        return CppValue.Unknown;
    }

    /// <summary>The value of a prefix operator.</summary>
    public static CppValue Prefix(string symbol, CppValue value) => (symbol, value) switch
    {
        ("!" or "not", { Truth: { } truth }) => CppValue.Of(!truth),
        ("-", IntegerValue integer) => Wrapped(unchecked(-integer.Value), integer.IsUnsigned, Math.Max(4, integer.Bytes)),
        ("~" or "compl", IntegerValue integer) => Wrapped(~integer.Value, integer.IsUnsigned, Math.Max(4, integer.Bytes)),
        ("+", IntegerValue or RealValue) => value,
        ("-", RealValue real) => new RealValue(-real.Value),
        _ => CppValue.Unknown,
    };

    /// <summary>An integer as a type of some width holds it.</summary>
    public static IntegerValue Wrapped(long value, bool isUnsigned, int bytes)
    {
        if (bytes < 8)
        {
            int shift = 64 - (8 * bytes);
            value = isUnsigned ? unchecked((long)((ulong)(value << shift) >> shift)) : value << shift >> shift;
        }

        return new IntegerValue(value, isUnsigned, bytes);
    }

    private static double? Number(CppValue value) => value switch
    {
        IntegerValue integer => integer.IsUnsigned ? unchecked((ulong)integer.Value) : integer.Value,
        RealValue real => real.Value,
        _ => null,
    };

    private static CppValue Integers(string symbol, IntegerValue left, IntegerValue right)
    {
        int bytes = Math.Max(4, Math.Max(left.Bytes, right.Bytes));
        bool isUnsigned = (left.IsUnsigned && left.Bytes == bytes) || (right.IsUnsigned && right.Bytes == bytes);
        long a = Wrapped(left.Value, isUnsigned, bytes).Value, b = Wrapped(right.Value, isUnsigned, bytes).Value;
        int order = isUnsigned ? unchecked((ulong)a).CompareTo(unchecked((ulong)b)) : a.CompareTo(b);
        switch (symbol)
        {
            case "<":
                return CppValue.Of(order < 0);
            case ">":
                return CppValue.Of(order > 0);
            case "<=":
                return CppValue.Of(order <= 0);
            case ">=":
                return CppValue.Of(order >= 0);
            case "==":
                return CppValue.Of(a == b);
            case "!=" or "not_eq":
                return CppValue.Of(a != b);
            case "+":
                return Wrapped(unchecked(a + b), isUnsigned, bytes);
            case "-":
                return Wrapped(unchecked(a - b), isUnsigned, bytes);
            case "*":
                return Wrapped(unchecked(a * b), isUnsigned, bytes);
            case "&" or "bitand":
                return Wrapped(a & b, isUnsigned, bytes);
            case "|" or "bitor":
                return Wrapped(a | b, isUnsigned, bytes);
            case "^" or "xor":
                return Wrapped(a ^ b, isUnsigned, bytes);
            case "<<" or ">>":
                return Shifted(left, right.Value, symbol == "<<");
            case "/" or "%" when b == 0:
                return CppValue.Unknown;
            case "/" or "%" when isUnsigned:
                ulong m = unchecked((ulong)a), n = unchecked((ulong)b);
                return Wrapped(unchecked((long)(symbol == "/" ? m / n : m % n)), true, bytes);
            case "/":
                return b == -1 ? Wrapped(unchecked(-a), false, bytes) : Wrapped(a / b, false, bytes);
            case "%":
                return b == -1 ? new IntegerValue(0, false, bytes) : Wrapped(a % b, false, bytes);
            default:
                return CppValue.Unknown;
        }
    }

    private static CppValue Shifted(IntegerValue value, long count, bool toLeft)
    {
        int bytes = Math.Max(4, value.Bytes);
        if (count < 0 || count >= 8 * bytes)
        {
            return CppValue.Unknown;
        }

        long shifted = toLeft ? value.Value << (int)count : value.IsUnsigned ? unchecked((long)((ulong)value.Value >> (int)count)) : value.Value >> (int)count;
        return Wrapped(shifted, value.IsUnsigned, bytes);
    }
}
