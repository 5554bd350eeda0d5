using System.Globalization;

namespace CudaArch.Ptx;

/// <summary>A condition of a pattern on operands: their number, or the value or shape of one.</summary>
internal readonly struct PtxOperandCondition
{
    private enum Kind
    {
        Count,
        AtLeast,
        Value,
        Shape,
        Contains,
        Predicate,
    }

    private readonly Kind _kind;
    private readonly int _number, _low, _high;
    private readonly PtxOperandShape _shape;
    private readonly string? _word;

    private PtxOperandCondition(Kind kind, int number, int low, int high, PtxOperandShape shape, string? word = null)
    {
        _kind = kind;
        _number = number;
        _low = low;
        _high = high;
        _shape = shape;
        _word = word;
    }

    /// <summary>Reads <c>4</c>, <c>&gt;=5</c>, <c>2=13</c>, <c>2=13-15</c> <c>0:Pair</c>, <c>3:Predicate</c> or <c>0~word</c> (it contains this). A negative operand number counts from the last, <c>-1</c>.</summary>
    /// <exception cref="FormatException">It is none of these.</exception>
    public static PtxOperandCondition Parse(string text)
    {
        if (text.StartsWith(">=", StringComparison.Ordinal))
        {
            return new PtxOperandCondition(Kind.AtLeast, Number(text.Substring(2)), 0, 0, default);
        }

        int tilde = text.IndexOf('~');
        if (tilde > 0)
        {
            return new PtxOperandCondition(Kind.Contains, Number(text.Substring(0, tilde)), 0, 0, default, text.Substring(tilde + 1));
        }

        int equals = text.IndexOf('=');
        if (equals > 0)
        {
            string[] range = text.Substring(equals + 1).Split('-');
            return new PtxOperandCondition(Kind.Value, Number(text.Substring(0, equals)), Number(range[0]), Number(range[range.Length - 1]), default);
        }

        int colon = text.IndexOf(':');
        if (colon > 0 && text.Substring(colon + 1) == nameof(Kind.Predicate))
        {
            return new PtxOperandCondition(Kind.Predicate, Number(text.Substring(0, colon)), 0, 0, default);
        }

        return colon > 0
            ? new PtxOperandCondition(Kind.Shape, Number(text.Substring(0, colon)), 0, 0, (PtxOperandShape)Enum.Parse(typeof(PtxOperandShape), text.Substring(colon + 1)))
            : new PtxOperandCondition(Kind.Count, Number(text), 0, 0, default);
    }

    public bool Holds(ReadOnlySpan<char> text, PtxStatement statement, PtxRegisters registers)
    {
        ReadOnlySpan<PtxOperand> operands = statement.Operands;
        if (_kind == Kind.Count || _kind == Kind.AtLeast)
        {
            return _kind == Kind.Count ? operands.Length == _number : operands.Length >= _number;
        }

        int index = _number < 0 ? operands.Length + _number : _number;
        if (index < 0 || index >= operands.Length)
        {
            return false;
        }

        PtxOperand operand = operands[index];
        if (_kind == Kind.Contains)
        {
            return text.Slice(operand.Span.Start, operand.Span.Length).IndexOf(_word.AsSpan(), StringComparison.Ordinal) >= 0;
        }

        if (_kind == Kind.Predicate)
        {
            return registers.IsPredicate(text.Slice(operand.Span.Start, operand.Span.Length));
        }

        if (_kind == Kind.Shape)
        {
            return operand.Shape == _shape;
        }

        return operand.Shape == PtxOperandShape.Immediate
            && PtxNumber.Read(text.Slice(operand.Span.Start, operand.Span.Length)) is long value && value >= _low && value <= _high;
    }

    private static int Number(string text) => int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
