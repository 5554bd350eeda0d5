namespace CudaArch.Ptx;

/// <summary>Reads a variable declaration behind its state space: <c>.shared .align 16 .v4 .b32 name[8][32], other</c>.</summary>
internal ref struct PtxDeclaration
{
    private readonly ReadOnlySpan<char> _text;
    private long _elementBytes = 1, _vector = 1, _alignment, _bytes;

    public PtxDeclaration(ReadOnlySpan<char> text)
    {
        _text = text;
    }

    /// <summary>Reads up to the end of the declaration, into the reader's statement.</summary>
    public void Read(ref PtxReader reader)
    {
        while (reader.Peek(out PtxToken token))
        {
            char symbol = token.Kind == PtxTokenKind.Symbol ? _text[token.Span.Start] : ' ';
            switch (token.Kind)
            {
                case PtxTokenKind.Modifier:
                    reader.Statement.AddPart(token);
                    ReadType(token.Span, reader.Statement);
                    reader.Next(out _);
                    ReadAlignment(token.Span, ref reader);
                    continue;
                case PtxTokenKind.Word:
                    reader.Statement.AddOperand(new PtxOperand(PtxOperandShape.Name, token.Span, 1));
                    reader.Next(out _);
                    long bytes = Capped(_elementBytes * _vector * ReadDimensions(ref reader));
                    reader.Statement.AddVariable(new PtxVariable(token.Span, bytes, _alignment > 0 ? _alignment : _elementBytes * _vector));
                    _bytes = Capped(_bytes + bytes);
                    reader.Statement.DeclaredBytes = (int)_bytes;
                    continue;
                case PtxTokenKind.Symbol when symbol is ';' or ')' or '{' or '}':
                    return;
                case PtxTokenKind.Symbol when symbol == '=':
                    SkipInitializer(ref reader);
                    continue;
            }

            reader.Next(out _);
        }
    }

    private void ReadAlignment(PtxSpan modifier, ref PtxReader reader)
    {
        if (_text.Slice(modifier.Start, modifier.Length).SequenceEqual(".align".AsSpan()) && reader.Peek(out PtxToken token) && token.Kind == PtxTokenKind.Number)
        {
            _alignment = PtxNumber.Read(_text.Slice(token.Span.Start, token.Span.Length));
            reader.Next(out _);
        }
    }

    // "[8][32]" has 256 elements, "[]" none (its size comes from the launch or an initializer), "<9>" is a range of register names.
    private readonly long ReadDimensions(ref PtxReader reader)
    {
        long elements = 1;
        while (reader.NextIs('[') || reader.NextIs('<'))
        {
            reader.Next(out _);
            long size = 0;
            while (reader.Peek(out PtxToken token) && !(token.Kind == PtxTokenKind.Symbol && _text[token.Span.Start] is ']' or '>' or ';' or '{' or '}'))
            {
                size = token.Kind == PtxTokenKind.Number ? PtxNumber.Read(_text.Slice(token.Span.Start, token.Span.Length)) : size;
                reader.Next(out _);
            }

            elements = Capped(elements * size);
            if (reader.NextIs(']') || reader.NextIs('>'))
            {
                reader.Next(out _);
            }
        }

        return elements;
    }

    private readonly void SkipInitializer(ref PtxReader reader)
    {
        int nesting = 0;
        while (reader.Peek(out PtxToken token))
        {
            char symbol = token.Kind == PtxTokenKind.Symbol ? _text[token.Span.Start] : ' ';
            if (symbol == ';' || (symbol == '}' && nesting == 0))
            {
                return;
            }

            if (token.Kind == PtxTokenKind.Word)
            {
                reader.Statement.AddName(token.Span);
            }

            nesting += symbol == '{' ? 1 : symbol == '}' ? -1 : 0;
            reader.Next(out _);
        }
    }

    private void ReadType(PtxSpan modifier, PtxStatement statement)
    {
        ReadOnlySpan<char> name = _text.Slice(modifier.Start + 1, modifier.Length - 1);
        if (name.Length == 2 && name[0] == 'v' && name[1] is '2' or '4' or '8')
        {
            _vector = name[1] - '0';
        }
        else if (name.Length is 2 or 3 or 4 && name[0] is 'b' or 'u' or 's' or 'f' && PtxNumber.Read(name.Slice(1)) is >= 8 and <= 128 and long bits)
        {
            _elementBytes = bits / 8;
            statement.ElementBytes = (int)_elementBytes;
        }
    }

    private static long Capped(long value) => Math.Min(value, int.MaxValue);
}
