using System.Text;

namespace CudaArch.CudaCpp.Text;

/// <summary>
/// Splits C++ text into preprocessing tokens (translation phases 1 to 3): comments are blanks, a backslash at the end of a line joins lines, raw strings keep theirs.
/// Any text is taken: what is not closed ends with its line or with the text, what is no token is a symbol.
/// </summary>
internal sealed class CppLexer
{
    /// <summary>Text with more tokens is read up to there; no text that a program hands to a compiler comes near it.</summary>
    private const int MostTokens = 1_500_000;

    private static readonly string[] Symbols =
    [
        "<<=", ">>=", "...", "->*",
        "<<", ">>", "<=", ">=", "==", "!=", "&&", "||", "++", "--", "+=", "-=", "*=", "/=", "%=", "^=", "&=", "|=", "->", "::", "##", ".*",
    ];

    private static readonly string[] Single = [.. Enumerable.Range(0, 128).Select(c => ((char)c).ToString())];

    private readonly string _text;
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);
    private int _position;

    private CppLexer(string text) => _text = text;

    /// <summary>The tokens of a text.</summary>
    public static List<CppToken> Read(string text) => new CppLexer(text).ReadAll();

    private List<CppToken> ReadAll()
    {
        var tokens = new List<CppToken>();
        while (tokens.Count < MostTokens)
        {
            bool blank = SkipBlanks(out bool newLine);
            if (_position >= _text.Length)
            {
                break;
            }

            tokens.Add(ReadToken(blank, newLine || tokens.Count == 0));
        }

        return tokens;
    }

    private bool SkipBlanks(out bool newLine)
    {
        newLine = false;
        int start = _position;
        while (_position < _text.Length)
        {
            char c = _text[_position];
            if (c == '\n')
            {
                newLine = true;
                _position++;
            }
            else if (c is ' ' or '\t' or '\r' or '\f' or '\v' or '\0' or '\uFEFF')
            {
                _position++;
            }
            else if (ContinuationAt(_position) is > 0 and int length)
            {
                _position += length;
            }
            else if (c == '/' && Peek(1) == '/')
            {
                SkipLineComment();
            }
            else if (c == '/' && Peek(1) == '*')
            {
                int end = _text.IndexOf("*/", _position + 2, StringComparison.Ordinal);
                _position = end < 0 ? _text.Length : end + 2;
            }
            else
            {
                break;
            }
        }

        return _position > start;
    }

    private void SkipLineComment()
    {
        while (_position < _text.Length && _text[_position] != '\n')
        {
            int length = ContinuationAt(_position);
            _position += length > 0 ? length : 1;
        }
    }

    private char Peek(int ahead)
    {
        int at = _position + ahead;
        return at < _text.Length ? _text[at] : '\0';
    }

    // A backslash, blanks, a line's end: so many characters; 0 when there is none.
    private int ContinuationAt(int at)
    {
        if (at >= _text.Length || _text[at] != '\\')
        {
            return 0;
        }

        int end = at + 1;
        while (end < _text.Length && _text[end] is ' ' or '\t' or '\r')
        {
            end++;
        }

        return end < _text.Length && _text[end] == '\n' ? end + 1 - at : 0;
    }

    private CppToken ReadToken(bool blank, bool startsLine)
    {
        int start = _position;
        char c = _text[start];
        if (IsNameStart(c))
        {
            int end = EndOf(start, IsNamePart);
            string prefix = end - start <= 3 && end < _text.Length ? _text.Substring(start, end - start) : "";
            if (end < _text.Length && _text[end] == '"' && prefix is "R" or "LR" or "uR" or "UR" or "u8R")
            {
                return Raw(start, end, blank, startsLine);
            }

            if (end < _text.Length && _text[end] is '"' or '\'' && prefix is "L" or "u" or "U" or "u8")
            {
                return Quoted(start, end, blank, startsLine);
            }

            return Made(CppTokenKind.Name, start, end, blank, startsLine);
        }

        if (IsDigit(c) || (c == '.' && IsDigit(Peek(1))))
        {
            return Made(CppTokenKind.Number, start, EndOfNumber(start), blank, startsLine);
        }

        if (c is '"' or '\'')
        {
            return Quoted(start, start, blank, startsLine);
        }

        foreach (string symbol in Symbols)
        {
            if (c == symbol[0] && string.CompareOrdinal(_text, start, symbol, 0, symbol.Length) == 0)
            {
                _position = start + symbol.Length;
                return new CppToken(CppTokenKind.Symbol, symbol, start, symbol.Length, blank, startsLine);
            }
        }

        _position = start + 1;
        return new CppToken(CppTokenKind.Symbol, c < 128 ? Single[c] : c.ToString(), start, 1, blank, startsLine);
    }

    private int EndOf(int at, Func<char, bool> belongs)
    {
        while (true)
        {
            if (at < _text.Length && belongs(_text[at]))
            {
                at++;
            }
            else if (ContinuationAt(at) is > 0 and int length && at + length < _text.Length && belongs(_text[at + length]))
            {
                at += length;
            }
            else
            {
                return at;
            }
        }
    }

    private int EndOfNumber(int at)
    {
        while (true)
        {
            at = EndOf(at, c => IsNamePart(c) || c == '.');
            char last = at > 0 ? _text[at - 1] : ' ';
            if (at < _text.Length && _text[at] is '+' or '-' && last is 'e' or 'E' or 'p' or 'P')
            {
                at++;
            }
            else if (at + 1 < _text.Length && _text[at] == '\'' && IsNamePart(_text[at + 1]))
            {
                at++;
            }
            else
            {
                return at;
            }
        }
    }

    private CppToken Made(CppTokenKind kind, int start, int end, bool blank, bool startsLine)
    {
        _position = end;
        string text = _text.Substring(start, end - start);
        int[]? map = null;
        if (text.IndexOf('\\') >= 0 && text.IndexOf('\n') >= 0)
        {
            (text, map) = Joined(start, end);
        }

        if (kind == CppTokenKind.Name)
        {
            if (_names.TryGetValue(text, out string? known))
            {
                text = known;
            }
            else
            {
                _names.Add(text, text);
            }
        }

        return new CppToken(kind, text, start, end - start, blank, startsLine, map);
    }

    private (string Text, int[] Map) Joined(int start, int end)
    {
        var text = new StringBuilder();
        var map = new List<int>();
        for (int at = start; at < end;)
        {
            int length = ContinuationAt(at);
            if (length > 0)
            {
                at += length;
                continue;
            }

            text.Append(_text[at]);
            map.Add(at++);
        }

        return (text.ToString(), [.. map]);
    }

    // From the quote to the same quote on the line; a suffix (user-defined literal) belongs to it.
    private CppToken Quoted(int start, int quote, bool blank, bool startsLine)
    {
        char mark = _text[quote];
        int at = quote + 1;
        while (at < _text.Length && _text[at] != mark && _text[at] != '\n')
        {
            int length = ContinuationAt(at);
            at += length > 0 ? length : _text[at] == '\\' && at + 1 < _text.Length && _text[at + 1] != '\n' ? 2 : 1;
        }

        int end = Math.Min(_text.Length, at < _text.Length && _text[at] == mark ? at + 1 : at);
        return Made(mark == '"' ? CppTokenKind.String : CppTokenKind.Character, start, end, blank, startsLine);
    }

    private CppToken Raw(int start, int quote, bool blank, bool startsLine)
    {
        int open = quote + 1;
        while (open < _text.Length && open - quote <= 17 && _text[open] != '(')
        {
            open++;
        }

        int end = _text.Length;
        if (open < _text.Length && _text[open] == '(')
        {
            string closing = ")" + _text.Substring(quote + 1, open - quote - 1) + "\"";
            int close = _text.IndexOf(closing, open, StringComparison.Ordinal);
            end = close < 0 ? end : close + closing.Length;
        }

        _position = end;
        return new CppToken(CppTokenKind.String, _text.Substring(start, end - start), start, end - start, blank, startsLine);
    }

    private static bool IsDigit(char c) => c is >= '0' and <= '9';

    private static bool IsNameStart(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '_' or '$' or > '\u007F';

    private static bool IsNamePart(char c) => IsNameStart(c) || IsDigit(c);
}
