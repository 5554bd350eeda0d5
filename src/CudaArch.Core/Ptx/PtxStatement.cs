namespace CudaArch.Ptx;

/// <summary>A variable that a directive declares.</summary>
/// <param name="Name">Where its name stands.</param>
/// <param name="Bytes">Its size; 0 when it is left open.</param>
/// <param name="Alignment">In bytes.</param>
internal readonly record struct PtxVariable(PtxSpan Name, long Bytes, long Alignment);

/// <summary>
/// An instruction or a directive, in parts. One object is filled again for every statement; its size is bounded: parts, operands and names beyond the
/// bounds, which no real statement reaches, are left out.
/// </summary>
public sealed class PtxStatement
{
    private const int MostParts = 48, MostOperands = 48, MostPercentNames = 16, MostNames = 48, MostVariables = 48;

    private readonly PtxSpan[] _parts = new PtxSpan[MostParts];
    private readonly PtxOperand[] _operands = new PtxOperand[MostOperands];
    private readonly PtxSpan[] _percentNames = new PtxSpan[MostPercentNames];
    private readonly PtxSpan[] _names = new PtxSpan[MostNames];
    private readonly PtxVariable[] _variables = new PtxVariable[MostVariables];
    private int _partCount, _operandCount, _percentNameCount, _nameCount, _variableCount;

    /// <summary>Whether it is a directive, such as <c>.reg .b128 x</c>, and no instruction.</summary>
    public bool IsDirective { get; private set; }

    /// <summary>The mnemonic or directive and the modifiers behind it, without their dots: <c>cvt</c>, <c>rn</c>, <c>satfinite</c>, <c>e2m1x2</c>, <c>f32</c>.</summary>
    public ReadOnlySpan<PtxSpan> Parts => _parts.AsSpan(0, _partCount);

    /// <summary>The operands, in order; of a directive, its arguments.</summary>
    public ReadOnlySpan<PtxOperand> Operands => _operands.AsSpan(0, _operandCount);

    /// <summary>The names in operands that begin with a percent sign: registers and special registers.</summary>
    public ReadOnlySpan<PtxSpan> PercentNames => _percentNames.AsSpan(0, _percentNameCount);

    /// <summary>The other names in operands and initializers: variables, functions, labels, and registers without a percent sign.</summary>
    internal ReadOnlySpan<PtxSpan> Names => _names.AsSpan(0, _nameCount);

    /// <summary>The variables that a declaration declares; the last one holds the bytes of all that are beyond the bound.</summary>
    internal ReadOnlySpan<PtxVariable> Variables => _variables.AsSpan(0, _variableCount);

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
        _partCount = _operandCount = _percentNameCount = _nameCount = _variableCount = 0;
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

    internal void AddName(PtxSpan name)
    {
        if (_nameCount < MostNames)
        {
            _names[_nameCount++] = name;
        }
    }

    internal void AddVariable(PtxVariable variable)
    {
        if (_variableCount < MostVariables)
        {
            _variables[_variableCount++] = variable;
        }
        else
        {
            PtxVariable last = _variables[MostVariables - 1];
            _variables[MostVariables - 1] = last with { Bytes = Math.Min(last.Bytes + variable.Bytes, int.MaxValue) };
        }
    }
}
