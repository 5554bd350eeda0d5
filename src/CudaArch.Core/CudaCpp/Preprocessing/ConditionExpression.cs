using CudaArch.CudaCpp.Text;

namespace CudaArch.CudaCpp.Preprocessing;

/// <summary>
/// The value of an <c>#if</c> expression whose macros are expanded: C++ integer arithmetic in 64 bits, an unknown name is 0. What is malformed, or divides by zero
/// where it counts, has no value: a compiler refuses it.
/// </summary>
internal sealed class ConditionExpression
{
    private const int Deepest = 200;

    private readonly IReadOnlyList<CppToken> _tokens;
    private int _position;
    private int _depth;
    private bool _failed;

    private ConditionExpression(IReadOnlyList<CppToken> tokens) => _tokens = tokens;

    /// <summary>Whether the condition holds; null when it cannot be told.</summary>
    public static bool? Evaluate(IReadOnlyList<CppToken> tokens)
    {
        var expression = new ConditionExpression(tokens);
        Integer value = expression.Conditional(true);
        return expression._failed || expression._position < tokens.Count ? null : value.Value != 0;
    }

    private readonly record struct Integer(long Value, bool IsUnsigned)
    {
        public static Integer Of(bool value) => new(value ? 1 : 0, false);
    }

    private bool Take(string symbol)
    {
        if (_position < _tokens.Count && _tokens[_position].Is(symbol))
        {
            _position++;
            return true;
        }

        return false;
    }

    private Integer Fail()
    {
        _failed = true;
        _position = _tokens.Count;
        return default;
    }

    private Integer Conditional(bool counts)
    {
        if (_depth > Deepest)
        {
            return Fail();
        }

        _depth++;
        Integer condition = Binary(0, counts);
        if (Take("?"))
        {
            Integer first = Conditional(counts && condition.Value != 0);
            if (!Take(":"))
            {
                return Fail();
            }

            Integer second = Conditional(counts && condition.Value == 0);
            condition = (condition.Value != 0 ? first : second) with { IsUnsigned = first.IsUnsigned || second.IsUnsigned };
        }

        _depth--;
        return condition;
    }

    private static int Precedence(CppToken token) => token.Kind is not (CppTokenKind.Symbol or CppTokenKind.Name) ? -1 : token.Text switch
    {
        "||" or "or" => 1,
        "&&" or "and" => 2,
        "|" or "bitor" => 3,
        "^" or "xor" => 4,
        "&" or "bitand" => 5,
        "==" or "!=" or "not_eq" => 6,
        "<" or ">" or "<=" or ">=" => 7,
        "<<" or ">>" => 8,
        "+" or "-" => 9,
        "*" or "/" or "%" => 10,
        _ => -1,
    };

    private Integer Binary(int least, bool counts)
    {
        Integer left = Unary(counts);
        while (_position < _tokens.Count && !_failed)
        {
            CppToken symbol = _tokens[_position];
            int precedence = Precedence(symbol);
            if (precedence <= least)
            {
                break;
            }

            _position++;
            bool rightCounts = counts && precedence switch { 1 => left.Value == 0, 2 => left.Value != 0, _ => true };
            left = Combine(symbol.Text, left, Binary(precedence, rightCounts), rightCounts);
        }

        return left;
    }

    private Integer Unary(bool counts)
    {
        if (_position >= _tokens.Count || _depth > Deepest)
        {
            return Fail();
        }

        CppToken token = _tokens[_position++];
        switch (token.Kind)
        {
            case CppTokenKind.Number:
                return CppNumber.Integer(token.Text) is { } number ? new Integer(number.Value, number.IsUnsigned) : Fail();
            case CppTokenKind.Character:
                return new Integer(CppNumber.Character(token.Text), false);
            case CppTokenKind.Name when token.Text is not ("not" or "compl"):
                return Integer.Of(token.Text == "true");
            case CppTokenKind.String or CppTokenKind.Nothing:
                return Fail();
        }

        _depth++;
        Integer result;
        switch (token.Text)
        {
            case "(":
                result = Conditional(counts);
                result = Take(")") ? result : Fail();
                break;
            case "!" or "not":
                result = Integer.Of(Unary(counts).Value == 0);
                break;
            case "~" or "compl":
                result = Unary(counts);
                result = result with { Value = ~result.Value };
                break;
            case "-":
                result = Unary(counts);
                result = result with { Value = unchecked(-result.Value) };
                break;
            case "+":
                result = Unary(counts);
                break;
            default:
                result = Fail();
                break;
        }

        _depth--;
        return result;
    }

    private Integer Combine(string symbol, Integer left, Integer right, bool counts)
    {
        bool isUnsigned = left.IsUnsigned || right.IsUnsigned;
        long a = left.Value, b = right.Value;
        int order = isUnsigned ? unchecked((ulong)a).CompareTo(unchecked((ulong)b)) : a.CompareTo(b);
        switch (symbol)
        {
            case "||" or "or":
                return Integer.Of(a != 0 || b != 0);
            case "&&" or "and":
                return Integer.Of(a != 0 && b != 0);
            case "==":
                return Integer.Of(a == b);
            case "!=" or "not_eq":
                return Integer.Of(a != b);
            case "<":
                return Integer.Of(order < 0);
            case ">":
                return Integer.Of(order > 0);
            case "<=":
                return Integer.Of(order <= 0);
            case ">=":
                return Integer.Of(order >= 0);
            case "|" or "bitor":
                return new Integer(a | b, isUnsigned);
            case "^" or "xor":
                return new Integer(a ^ b, isUnsigned);
            case "&" or "bitand":
                return new Integer(a & b, isUnsigned);
            case "<<" or ">>":
                return Shift(left, right, symbol == "<<");
            case "+":
                return new Integer(unchecked(a + b), isUnsigned);
            case "-":
                return new Integer(unchecked(a - b), isUnsigned);
            case "*":
                return new Integer(unchecked(a * b), isUnsigned);
            default:
                return Divide(symbol, left, right, isUnsigned, counts);
        }
    }

    private static Integer Shift(Integer value, Integer count, bool toLeft)
    {
        // A negative count shifts the other way, as GCC does it.
        if (!count.IsUnsigned && count.Value < 0)
        {
            return Shift(value, new Integer(unchecked(-count.Value), true), !toLeft);
        }

        bool all = unchecked((ulong)count.Value) > 63;
        if (toLeft)
        {
            return value with { Value = all ? 0 : value.Value << (int)count.Value };
        }

        return value.IsUnsigned
            ? value with { Value = all ? 0 : unchecked((long)((ulong)value.Value >> (int)count.Value)) }
            : value with { Value = value.Value >> (all ? 63 : (int)count.Value) };
    }

    private Integer Divide(string symbol, Integer left, Integer right, bool isUnsigned, bool counts)
    {
        if (right.Value == 0)
        {
            return counts ? Fail() : left with { IsUnsigned = isUnsigned };
        }

        long value;
        if (isUnsigned)
        {
            ulong a = unchecked((ulong)left.Value), b = unchecked((ulong)right.Value);
            value = unchecked((long)(symbol == "/" ? a / b : a % b));
        }
        else
        {
            value = right.Value == -1 ? (symbol == "/" ? unchecked(-left.Value) : 0) : symbol == "/" ? left.Value / right.Value : left.Value % right.Value;
        }

        return new Integer(value, isUnsigned);
    }
}
