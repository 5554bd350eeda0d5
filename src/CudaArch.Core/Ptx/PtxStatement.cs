namespace CudaArch.Ptx;

/// <summary>
/// An instruction or a directive, in parts. One object is filled again for every statement; its size is bounded: parts, operands and names beyond the
/// bounds, which no real statement reaches, are left out.
/// </summary>
public sealed class PtxStatement
{
    private const int MostParts = 48, MostOperands = 48, MostPercentNames = 16;

    private readonly PtxSpan[] _parts = new PtxSpan[MostParts];
    private readonly PtxOperand[] _operands = new PtxOperand[MostOperands];
    private readonly PtxSpan[] _percentNames = new PtxSpan[MostPercentNames];
    private int _partCount, _operandCount, _percentNameCount;

    /// <summary>Whether it is a directive, such as <c>.reg .b128 x</c>, and no instruction.</summary>
    public bool IsDirective { get; private set; }

    /// <summary>The mnemonic or directive and the modifiers behind it, without their dots: <c>cvt</c>, <c>rn</c>, <c>satfinite</c>, <c>e2m1x2</c>, <c>f32</c>.</summary>
    public ReadOnlySpan<PtxSpan> Parts => _parts.AsSpan(0, _partCount);

    /// <summary>The operands, in order; of a directive, its arguments.</summary>
    public ReadOnlySpan<PtxOperand> Operands => _operands.AsSpan(0, _operandCount);

    /// <summary>The names in operands that begin with a percent sign: registers and special registers.</summary>
    public ReadOnlySpan<PtxSpan> PercentNames => _percentNames.AsSpan(0, _percentNameCount);

    /// <summary>From the mnemonic or directive to its last modifier.</summary>
    public PtxSpan OpcodeSpan { get; private set; }

    /// <summary>Bytes that a variable declaration reserves, all its variables together; capped at <see cref="int.MaxValue"/>.</summary>
    public int DeclaredBytes { get; internal set; }

    /// <summary>Bytes of one element of a variable declaration's type; 0 when it has no type of bytes, such as <c>.pred</c>.</summary>
    public int ElementBytes { get; internal set; }

    /// <summary>The opcode with its parts joined, whatever stood between them: <c>cvt.rn.satfinite.e2m1x2.f32</c>; of a directive, the directive: <c>.reg.b128</c>.</summary>
    public string JoinedOpcode(ReadOnlySpan<char> text)
    {
        var joined = new System.Text.StringBuilder();
        foreach (PtxSpan part in Parts)
        {
            if (joined.Length > 0 || IsDirective)
            {
                joined.Append('.');
            }

            joined.Append(text.Slice(part.Start, part.Length).ToString());
        }

        return joined.ToString();
    }

    internal void Begin(PtxToken token)
    {
        IsDirective = token.Kind == PtxTokenKind.Modifier;
        OpcodeSpan = token.Span;
        _partCount = _operandCount = _percentNameCount = 0;
        DeclaredBytes = 0;
        ElementBytes = 0;
        AddPart(token);
    }

    internal void AddPart(PtxToken token)
    {
        if (_partCount < MostParts)
        {
            int dot = token.Kind == PtxTokenKind.Modifier ? 1 : 0;
            _parts[_partCount++] = new PtxSpan(token.Span.Start + dot, token.Span.Length - dot);
            OpcodeSpan = PtxSpan.Between(OpcodeSpan, token.Span);
        }
    }

    internal void AddOperand(PtxOperand operand)
    {
        if (_operandCount < MostOperands)
        {
            _operands[_operandCount++] = operand;
        }
    }

    internal void AddPercentName(PtxSpan name)
    {
        if (_percentNameCount < MostPercentNames)
        {
            _percentNames[_percentNameCount++] = name;
        }
    }
}
