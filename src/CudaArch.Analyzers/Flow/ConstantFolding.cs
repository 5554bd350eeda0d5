using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Operations;

namespace CudaArch.Analyzers.Flow;

/// <summary>Computes operators on what is known of their operands.</summary>
internal static class ConstantFolding
{
    /// <summary>A binary operator; unknown when it cannot be told.</summary>
    public static FlowValue Binary(BinaryOperatorKind kind, FlowValue left, FlowValue right)
    {
        bool fromDevice = left.FromDevice || right.FromDevice;
        (left, right) = (left.InUnitOf(right), right.InUnitOf(left));

        // One operand may decide alone.
        if (kind is BinaryOperatorKind.And or BinaryOperatorKind.ConditionalAnd && (left.Truth == false || right.Truth == false))
        {
            return FlowValue.Of(false).Marked(fromDevice);
        }

        if (kind is BinaryOperatorKind.Or or BinaryOperatorKind.ConditionalOr && (left.Truth == true || right.Truth == true))
        {
            return FlowValue.Of(true).Marked(fromDevice);
        }

        if (!left.Elements.IsEmpty && !right.Elements.IsEmpty)
        {
            return CompareElements(kind, left.Elements, right.Elements).Marked(fromDevice);
        }

        var results = new List<object?>();
        foreach (object? a in left.Constants)
        {
            foreach (object? b in right.Constants)
            {
                if (!TryFold(kind, a, b, out object? result))
                {
                    return FlowValue.Unknown.Marked(fromDevice);
                }

                results.Add(result);
            }
        }

        return FlowValue.OneOf(results, fromDevice);
    }

    /// <summary>A unary operator; unknown when it cannot be told.</summary>
    public static FlowValue Unary(UnaryOperatorKind kind, FlowValue operand)
    {
        var results = new List<object?>();
        foreach (object? constant in operand.Constants)
        {
            object? result = (kind, constant) switch
            {
                (UnaryOperatorKind.Not, bool value) => !value,
                (UnaryOperatorKind.Minus, long value) when value != long.MinValue => -value,
                (UnaryOperatorKind.Minus, double value) => -value,
                (UnaryOperatorKind.Plus, long or double) => constant,
                (UnaryOperatorKind.BitwiseNegation, long value) => ~value,
                _ => null,
            };
            if (result is null)
            {
                return FlowValue.Unknown.Marked(operand.FromDevice);
            }

            results.Add(result);
        }

        return FlowValue.OneOf(results, operand.FromDevice);
    }

    /// <summary>Compares composites element by element, the first that differs deciding; null when it cannot be told.</summary>
    public static int? Compare(ImmutableArray<FlowValue> left, ImmutableArray<FlowValue> right)
    {
        // A Version of two parts is compared with one of four by the parts that both have.
        for (int i = 0; i < Math.Min(left.Length, right.Length); i++)
        {
            if (Binary(BinaryOperatorKind.Equals, left[i], right[i]).Truth is not { } equal)
            {
                return null;
            }

            if (!equal)
            {
                return Binary(BinaryOperatorKind.LessThan, left[i], right[i]).Truth is { } less ? (less ? -1 : 1) : null;
            }
        }

        return 0;
    }

    private static FlowValue CompareElements(BinaryOperatorKind kind, ImmutableArray<FlowValue> left, ImmutableArray<FlowValue> right)
    {
        // Equality is decided by any element that differs, even behind one that is unknown.
        if (kind is BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals)
        {
            bool? equal = true;
            for (int i = 0; i < Math.Min(left.Length, right.Length); i++)
            {
                bool? same = Binary(BinaryOperatorKind.Equals, left[i], right[i]).Truth;
                equal = same == false || equal == false ? false : same is null ? null : equal;
            }

            return equal is { } known ? FlowValue.Of(known == (kind == BinaryOperatorKind.Equals)) : FlowValue.Unknown;
        }

        return Compare(left, right) is { } order && TryCompare(kind, order, out bool truth) ? FlowValue.Of(truth) : FlowValue.Unknown;
    }

    private static bool TryFold(BinaryOperatorKind kind, object? left, object? right, out object? result)
    {
        result = (left, right) switch
        {
            (long a, long b) => FoldIntegers(kind, a, b),
            (double a, double b) => FoldNumbers(kind, a, b),
            (long a, double b) => FoldNumbers(kind, a, b),
            (double a, long b) => FoldNumbers(kind, a, b),
            (bool a, bool b) => FoldTruths(kind, a, b),
            (string or null, string or null) => FoldTexts(kind, (string?)left, (string?)right),

            // Lifted operators: null equals nothing, and is neither less nor greater.
            (null, long or double or bool) or (long or double or bool, null) =>
                kind == BinaryOperatorKind.NotEquals ? true : TryCompare(kind, 0, out _) ? false : null,
            _ => null,
        };
        return result is not null;
    }

    private static object? FoldIntegers(BinaryOperatorKind kind, long a, long b)
    {
        if (TryCompare(kind, a.CompareTo(b), out bool truth))
        {
            return truth;
        }

        // Results outside 32 bits depend on the type and on overflow checking.
        decimal? result = kind switch
        {
            BinaryOperatorKind.Add => (decimal)a + b,
            BinaryOperatorKind.Subtract => (decimal)a - b,
            BinaryOperatorKind.Multiply when Math.Abs((double)a * b) < int.MaxValue => a * b,
            BinaryOperatorKind.Divide when b is not (0 or -1) => a / b,
            BinaryOperatorKind.Remainder when b is not (0 or -1) => a % b,
            BinaryOperatorKind.And => a & b,
            BinaryOperatorKind.Or => a | b,
            BinaryOperatorKind.ExclusiveOr => a ^ b,
            BinaryOperatorKind.LeftShift when b is >= 0 and < 31 && a is >= 0 and <= int.MaxValue => a << (int)b,
            BinaryOperatorKind.RightShift when b is >= 0 and < 31 && a is >= 0 and <= int.MaxValue => a >> (int)b,
            _ => null,
        };
        return result is >= int.MinValue and <= int.MaxValue ? (long)result : null;
    }

    private static object? FoldNumbers(BinaryOperatorKind kind, double a, double b) =>
        double.IsNaN(a) || double.IsNaN(b) ? null
        : TryCompare(kind, CompareRounded(a, b), out bool truth) ? truth
        : kind switch
        {
            BinaryOperatorKind.Add => a + b,
            BinaryOperatorKind.Subtract => a - b,
            BinaryOperatorKind.Multiply => a * b,
            BinaryOperatorKind.Divide when b != 0 => a / b,
            _ => null,
        };

    // 12.1f and 12.1 are meant to be the same capability.
    private static int CompareRounded(double a, double b) => Math.Abs(a - b) < 1e-5 ? 0 : a.CompareTo(b);

    private static object? FoldTruths(BinaryOperatorKind kind, bool a, bool b) => kind switch
    {
        BinaryOperatorKind.Equals => a == b,
        BinaryOperatorKind.NotEquals or BinaryOperatorKind.ExclusiveOr => a != b,
        BinaryOperatorKind.And or BinaryOperatorKind.ConditionalAnd => a && b,
        BinaryOperatorKind.Or or BinaryOperatorKind.ConditionalOr => a || b,
        _ => null,
    };

    private static object? FoldTexts(BinaryOperatorKind kind, string? a, string? b) => kind switch
    {
        BinaryOperatorKind.Equals => a == b,
        BinaryOperatorKind.NotEquals => a != b,
        BinaryOperatorKind.Add when (a?.Length ?? 0) + (b?.Length ?? 0) < 4096 => a + b,
        _ => null,
    };

    private static bool TryCompare(BinaryOperatorKind kind, int order, out bool truth)
    {
        (bool known, truth) = kind switch
        {
            BinaryOperatorKind.Equals => (true, order == 0),
            BinaryOperatorKind.NotEquals => (true, order != 0),
            BinaryOperatorKind.LessThan => (true, order < 0),
            BinaryOperatorKind.LessThanOrEqual => (true, order <= 0),
            BinaryOperatorKind.GreaterThan => (true, order > 0),
            BinaryOperatorKind.GreaterThanOrEqual => (true, order >= 0),
            _ => (false, false),
        };
        return known;
    }
}
