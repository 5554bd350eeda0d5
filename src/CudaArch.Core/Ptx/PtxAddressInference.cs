namespace CudaArch.Ptx;

/// <summary>
/// Finds the first 32-bit address of a text that does not state its <c>.address_size</c>. Such text is judged by use: an address into global, constant or
/// generic memory that stands in a 32-bit register makes it 32-bit text (measured with the assembler); shared, local and parameter addresses say nothing.
/// </summary>
internal sealed class PtxAddressInference
{
    private static readonly string[] AddressingInstructions = ["ld", "ldu", "st", "atom", "red", "prefetch"];
    private static readonly string[] SmallSpaces = ["shared", "shared::cta", "shared::cluster", "local", "param", "param::entry", "param::func"];

    /// <summary>Where the first 32-bit address is used; null when there is none.</summary>
    public PtxSpan? FirstUse { get; private set; }

    public void Visit(ReadOnlySpan<char> text, PtxStatement statement, PtxRegisters registers)
    {
        PtxSpan head = statement.Parts[0];
        if (FirstUse is null && !statement.IsDirective && IsOneOf(AddressingInstructions, text.Slice(head.Start, head.Length))
            && !UsesSmallSpace(text, statement) && UsesSmallAddress(text, statement, registers))
        {
            FirstUse = statement.OpcodeSpan;
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

    private static bool UsesSmallAddress(ReadOnlySpan<char> text, PtxStatement statement, PtxRegisters registers)
    {
        foreach (PtxOperand operand in statement.Operands)
        {
            if (operand.Shape == PtxOperandShape.Address)
            {
                // The base register is the first token behind the bracket.
                var lexer = new PtxLexer(text.Slice(operand.Span.Start + 1, operand.Span.Length - 1));
                return lexer.Read(out PtxToken token)
                    && registers.IsThirtyTwoBit(text.Slice(operand.Span.Start + 1 + token.Span.Start, token.Span.Length).ToString());
            }
        }

        return false;
    }

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
