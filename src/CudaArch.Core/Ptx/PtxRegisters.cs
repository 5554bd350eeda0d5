namespace CudaArch.Ptx;

/// <summary>The registers that the function being read has declared, by their names; names of inner blocks are taken for the function's.</summary>
internal sealed class PtxRegisters
{
    private const int MostNames = 16384;
    private const int Predicate = 0;

    private readonly bool _areUnknown;
    private Dictionary<string, int> _bytes = new(StringComparer.Ordinal);

    /// <summary>No register is declared yet.</summary>
    public PtxRegisters()
        : this(areUnknown: false)
    {
    }

    private PtxRegisters(bool areUnknown) => _areUnknown = areUnknown;

    /// <summary>Registers of which nothing is known: each may be a predicate.</summary>
    public static PtxRegisters Unknown { get; } = new(areUnknown: true);

    /// <summary>Forgets all of them, at the end of a function.</summary>
    public void Clear()
    {
        if (_bytes.Count > 0)
        {
            _bytes = new Dictionary<string, int>(StringComparer.Ordinal);
        }
    }

    /// <summary>Remembers the names of a <c>.reg</c> directive.</summary>
    public void Declare(ReadOnlySpan<char> text, PtxStatement statement)
    {
        foreach (PtxOperand register in statement.Operands)
        {
            if (_bytes.Count < MostNames)
            {
                // A type without bytes is .pred.
                _bytes[text.Slice(register.Span.Start, register.Span.Length).ToString()] = statement.ElementBytes;
            }
        }
    }

    /// <summary>Whether a name is that of a register.</summary>
    public bool IsDeclared(string name) => TryFind(name, out _);

    /// <summary>Whether a name is that of a 32-bit register.</summary>
    public bool IsThirtyTwoBit(string name) => TryFind(name, out int bytes) && bytes == 4;

    /// <summary>Whether an operand is a predicate, <c>p0</c> or <c>!p0</c>.</summary>
    public bool IsPredicate(ReadOnlySpan<char> operand) =>
        operand.Length > 0 && (_areUnknown || operand[0] == '!' || (TryFind(operand.ToString(), out int bytes) && bytes == Predicate));

    // A register is declared by its name or as one of a numbered range, "%r<9>".
    private bool TryFind(string name, out int bytes) =>
        _bytes.TryGetValue(name, out bytes) || _bytes.TryGetValue(name.TrimEnd("0123456789".ToCharArray()), out bytes);
}
