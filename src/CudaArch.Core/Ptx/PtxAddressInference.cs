namespace CudaArch.Ptx;

/// <summary>
/// Finds the first 32-bit address of a text that does not state its <c>.address_size</c>. Such text is judged by use: an address into global, constant or
/// generic memory that stands in a 32-bit register makes it 32-bit text (measured with the assembler); shared, local and parameter addresses say nothing.
/// </summary>
internal sealed class PtxAddressInference
{
    private const int MostNames = 16384;

    private static readonly string[] AddressingInstructions = ["ld", "ldu", "st", "atom", "red", "prefetch"];
    private static readonly string[] SmallSpaces = ["shared", "shared::cta", "shared::cluster", "local", "param", "param::entry", "param::func"];

    private readonly Dictionary<string, int> _bytesOfRegister = new(StringComparer.Ordinal);

    /// <summary>Where the first 32-bit address is used; null when there is none.</summary>
    public PtxSpan? FirstUse { get; private set; }

    public void Visit(ReadOnlySpan<char> text, PtxStatement statement)
    {
        if (FirstUse is not null)
        {
            return;
        }

        PtxSpan head = statement.Parts[0];
        ReadOnlySpan<char> name = text.Slice(head.Start, head.Length);
        if (statement.IsDirective)
        {
            if (name.SequenceEqual("reg".AsSpan()) && statement.ElementBytes > 0)
            {
                Declare(text, statement);
            }
        }
        else if (IsOneOf(AddressingInstructions, name) && !UsesSmallSpace(text, statement) && UsesSmallAddress(text, statement))
        {
            FirstUse = statement.OpcodeSpan;
        }
    }

    private void Declare(ReadOnlySpan<char> text, PtxStatement statement)
    {
        foreach (PtxOperand register in statement.Operands)
        {
            if (_bytesOfRegister.Count < MostNames)
            {
                _bytesOfRegister[text.Slice(register.Span.Start, register.Span.Length).ToString()] = statement.ElementBytes;
            }
        }
    }

    private static bool UsesSmallSpace(ReadOnlySpan<char> text, PtxStatement statement)
    {
        foreach (PtxSpan part in statement.Parts)
        {
            if (IsOneOf(SmallSpaces, text.Slice(part.Start, part.Length)))
            {
                return true;
            }
        }

        return false;
    }

    private bool UsesSmallAddress(ReadOnlySpan<char> text, PtxStatement statement)
    {
        foreach (PtxOperand operand in statement.Operands)
        {
            if (operand.Shape == PtxOperandShape.Address)
            {
                // The base register is the first token behind the bracket.
                var lexer = new PtxLexer(text.Slice(operand.Span.Start + 1, operand.Span.Length - 1));
                return lexer.Read(out PtxToken token)
                    && BytesOf(text.Slice(operand.Span.Start + 1 + token.Span.Start, token.Span.Length).ToString()) == 4;
            }
        }

        return false;
    }

    // A register is declared by its name or as one of a numbered range, "%r<9>".
    private int BytesOf(string register) =>
        _bytesOfRegister.TryGetValue(register, out int bytes) || _bytesOfRegister.TryGetValue(register.TrimEnd("0123456789".ToCharArray()), out bytes) ? bytes : 0;

    private static bool IsOneOf(string[] names, ReadOnlySpan<char> name)
    {
        foreach (string candidate in names)
        {
            if (name.SequenceEqual(candidate.AsSpan()))
            {
                return true;
            }
        }

        return false;
    }
}
