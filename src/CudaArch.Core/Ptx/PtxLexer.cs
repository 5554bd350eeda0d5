namespace CudaArch.Ptx;

/// <summary>
/// Splits PTX text into tokens as NVIDIA's assembler does: a modifier belongs to the dot before it without a blank between, blanks and comments may
/// stand between tokens, strings know no escapes, comments do not nest. Any text is taken: what is no token is a symbol, what is not closed ends with the text.
/// </summary>
public ref struct PtxLexer
{
    /// <summary>Stands for an unknown part of the text (an interpolation hole in C#); it counts as a character of a name.</summary>
    public const char Hole = '\uFFFC';

    private readonly ReadOnlySpan<char> _text;
    private int _position;

    /// <summary>Starts at the beginning of a text.</summary>
    public PtxLexer(ReadOnlySpan<char> text)
    {
        _text = text;
        _position = 0;
    }

    /// <summary>Reads the next token.</summary>
    /// <returns>False at the end of the text.</returns>
    public bool Read(out PtxToken token)
    {
        SkipBlanksAndComments();
        int start = _position;
        if (start >= _text.Length)
        {
            token = default;
            return false;
        }

        char c = _text[start];
        PtxTokenKind kind;
        if (c == '.' && start + 1 < _text.Length && IsNamePart(_text[start + 1]))
        {
            _position = EndOfModifier(start + 1);
            kind = PtxTokenKind.Modifier;
        }
        else if (IsDigit(c))
        {
            _position = EndOfNumber(start);
            kind = PtxTokenKind.Number;
        }
        else if (IsNamePart(c))
        {
            _position = EndOfName(start);
            kind = PtxTokenKind.Word;
        }
        else if (c == '"')
        {
            int length = _text.Slice(start + 1).IndexOf('"');
            _position = length < 0 ? _text.Length : start + length + 2;
            kind = PtxTokenKind.String;
        }
        else
        {
            _position++;
            kind = PtxTokenKind.Symbol;
        }

        token = new PtxToken(kind, new PtxSpan(start, _position - start));
        return true;
    }

    private void SkipBlanksAndComments()
    {
        while (_position < _text.Length)
        {
            char c = _text[_position];
            if (c is ' ' or '\t' or '\n' or '\r' or '\f' or '\v' or '\0')
            {
                _position++;
            }
            else if (c == '/' && _position + 1 < _text.Length && _text[_position + 1] is '/' or '*')
            {
                bool line = _text[_position + 1] == '/';
                ReadOnlySpan<char> rest = _text.Slice(_position + 2);
                int length = line ? rest.IndexOf('\n') : rest.IndexOf("*/".AsSpan(), StringComparison.Ordinal);
                _position = length < 0 ? _text.Length : _position + 2 + length + (line ? 1 : 2);
            }
            else
            {
                return;
            }
        }
    }

    private readonly int EndOfName(int position)
    {
        while (position < _text.Length && IsNamePart(_text[position]))
        {
            position++;
        }

        return position;
    }

    // Names joined by "::" (shared::cluster, multicast::cluster::all) and the one ratio (sp::2:4).
    private readonly int EndOfModifier(int position)
    {
        position = EndOfName(position);
        while (position + 1 < _text.Length && _text[position] == ':')
        {
            if (_text[position + 1] == ':' && position + 2 < _text.Length && IsNamePart(_text[position + 2]))
            {
                position = EndOfName(position + 2);
            }
            else if (IsDigit(_text[position + 1]) && IsDigit(_text[position - 1]))
            {
                position = EndOfName(position + 1);
            }
            else
            {
                break;
            }
        }

        return position;
    }

    private readonly int EndOfNumber(int start)
    {
        int position = EndOfName(start);
        bool hasPoint = position + 1 < _text.Length && _text[position] == '.' && (IsDigit(_text[position + 1]) || _text[position + 1] == Hole);
        return hasPoint ? EndOfName(position + 1) : position;
    }

    private static bool IsDigit(char c) => c is >= '0' and <= '9';

    private static bool IsNamePart(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or '$' or '%' or Hole;
}
