using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace CudaArch.Analyzers.EmbeddedSource;

/// <summary>
/// The value of a literal token, and where each of its characters stands in the source file: regular and verbatim strings, raw strings with their
/// indentation, UTF-8 strings, characters, and the text parts of interpolated strings.
/// </summary>
internal sealed class LiteralTextMap
{
    private readonly TextSpan _whole;
    private readonly List<Run> _runs;

    private LiteralTextMap(TextSpan whole, string value, List<Run> runs)
    {
        _whole = whole;
        Value = value;
        _runs = runs;
    }

    /// <summary>The value, as the program sees it.</summary>
    public string Value { get; }

    /// <summary>Where a part of the value stands in the file, escape sequences as a whole.</summary>
    public TextSpan SourceOf(int start, int length)
    {
        if (_runs.Count == 0 || start < 0 || length < 0 || start + length > Value.Length)
        {
            return _whole;
        }

        if (length == 0)
        {
            return new TextSpan(start < Value.Length ? SourceOf(start, 1).Start : SourceOf(start - 1, 1).End, 0);
        }

        Run first = _runs[RunOf(start)], last = _runs[RunOf(start + length - 1)];
        int end = last.SourceLength == 0 ? last.Source + (start + length - last.Value) : last.Source + last.SourceLength;
        return TextSpan.FromBounds(first.SourceLength == 0 ? first.Source + (start - first.Value) : first.Source, end);
    }

    /// <summary>The part of the value that stands at a place of the file, when it begins and ends with whole characters of the value.</summary>
    public bool TryFind(TextSpan source, out int start, out int length)
    {
        start = PositionAt(source.Start);
        int end = source.Length == 0 ? start : PositionAt(source.End);
        length = end - start;
        return start >= 0 && length >= 0 && SourceOf(start, length) == source;
    }

    /// <summary>Reads a token; null when it is no text. Of a malformed token the value stands as a whole at its place.</summary>
    public static LiteralTextMap? Of(SyntaxToken token)
    {
        var reader = new Reader(token);
        switch (token.Kind())
        {
            case SyntaxKind.StringLiteralToken or SyntaxKind.Utf8StringLiteralToken or SyntaxKind.CharacterLiteralToken:
                string text = token.Text;
                int prefix = text.StartsWith("@", StringComparison.Ordinal) ? 2 : 1;
                int end = ClosingQuote(text);
                if (end >= prefix)
                {
                    reader.ReadEscaped(prefix, end, verbatim: prefix == 2, interpolated: false);
                }

                return reader.Finish(token.ValueText);
            case SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.Utf8SingleLineRawStringLiteralToken:
                int quotes = CountQuotes(token.Text, 0);
                reader.Copy(quotes, Math.Max(quotes, ClosingQuote(token.Text) - (quotes - 1)));
                return reader.Finish(token.ValueText);
            case SyntaxKind.MultiLineRawStringLiteralToken or SyntaxKind.Utf8MultiLineRawStringLiteralToken:
                reader.ReadMultiLineRaw();
                return reader.Finish(token.ValueText);
            case SyntaxKind.InterpolatedStringTextToken when token.Parent?.Parent is InterpolatedStringExpressionSyntax parent:
                return OfInterpolatedText(token, parent, reader);
            default:
                return null;
        }
    }

    private static LiteralTextMap OfInterpolatedText(SyntaxToken token, InterpolatedStringExpressionSyntax parent, Reader reader)
    {
        switch (parent.StringStartToken.Kind())
        {
            case SyntaxKind.InterpolatedMultiLineRawStringStartToken:
                string end = parent.StringEndToken.Text;
                int indentation = end.Length - end.TrimStart().Length - NewLineLength(end, 0);
                bool startsLine = parent.Contents.Count > 0 && parent.Contents[0] == token.Parent;
                reader.ReadIndented(0, token.Text.Length, Math.Max(0, indentation), startsLine);
                return reader.Finish(token.ValueText);
            case SyntaxKind.InterpolatedSingleLineRawStringStartToken:
                reader.Copy(0, token.Text.Length);
                return reader.Finish(token.ValueText);
            default:
                // The compiler's value text keeps doubled braces; the program's value does not.
                reader.ReadEscaped(0, token.Text.Length, parent.StringStartToken.Text.Contains('@'), interpolated: true);
                return reader.Finish(expected: null);
        }
    }

    private static int ClosingQuote(string text)
    {
        int end = text.EndsWith("u8", StringComparison.OrdinalIgnoreCase) ? text.Length - 2 : text.Length;
        return end > 1 && text[end - 1] is '"' or '\'' ? end - 1 : end;
    }

    private static int CountQuotes(string text, int start)
    {
        int end = start;
        while (end < text.Length && text[end] == '"')
        {
            end++;
        }

        return end - start;
    }

    private static int NewLineLength(string text, int i)
    {
        if (i >= text.Length)
        {
            return 0;
        }

        return text[i] switch
        {
            '\r' => i + 1 < text.Length && text[i + 1] == '\n' ? 2 : 1,
            '\n' or '\u0085' or '\u2028' or '\u2029' => 1,
            _ => 0,
        };
    }

    // The first character of the value that stands at or behind a place of the file.
    private int PositionAt(int source)
    {
        if (_runs.Count == 0)
        {
            return -1;
        }

        int i = _runs.FindLastIndex(run => run.Source <= source);
        if (i < 0)
        {
            return 0;
        }

        Run run = _runs[i];
        int next = i + 1 < _runs.Count ? _runs[i + 1].Value : Value.Length;
        return run.SourceLength > 0 ? (source > run.Source ? next : run.Value) : Math.Min(next, run.Value + (source - run.Source));
    }

    private int RunOf(int position)
    {
        int low = 0, high = _runs.Count - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (_runs[middle].Value <= position)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return low;
    }

    // From Value on, characters stand one by one at Source; or, with a SourceLength, what stands there is an escape sequence.
    private readonly record struct Run(int Value, int Source, int SourceLength);

    private sealed class Reader(SyntaxToken token)
    {
        private readonly string _text = token.Text;
        private readonly int _origin = token.SpanStart;
        private readonly System.Text.StringBuilder _value = new(token.Text.Length);
        private readonly List<Run> _runs = [];

        public LiteralTextMap Finish(string? expected)
        {
            string value = _value.ToString();
            return expected is null || string.Equals(expected, value, StringComparison.Ordinal)
                ? new(token.Span, value, _runs)
                : new(token.Span, expected, []);
        }

        public void Copy(int start, int end)
        {
            if (end > start)
            {
                // A run goes on as long as it is one by one.
                if (_runs.Count == 0 || _runs[_runs.Count - 1] is not { SourceLength: 0 } last || last.Source + (_value.Length - last.Value) != _origin + start)
                {
                    _runs.Add(new Run(_value.Length, _origin + start, 0));
                }

                _value.Append(_text, start, end - start);
            }
        }

        public void ReadEscaped(int start, int end, bool verbatim, bool interpolated)
        {
            int plain = start;
            for (int i = start; i < end;)
            {
                char c = _text[i];
                int length = 0;
                string value = "";
                if (c == '\\' && !verbatim)
                {
                    length = Math.Min(ReadEscape(i, end, out value), end - i);
                }
                else if (i + 1 < end && _text[i + 1] == c && ((c == '"' && verbatim) || (interpolated && c is '{' or '}')))
                {
                    length = 2;
                    value = c.ToString();
                }

                if (length == 0)
                {
                    i++;
                    continue;
                }

                Copy(plain, i);
                _runs.Add(new Run(_value.Length, _origin + i, length));
                _value.Append(value);
                i += length;
                plain = i;
            }

            Copy(plain, end);
        }

        public void ReadMultiLineRaw()
        {
            int quotes = CountQuotes(_text, 0);
            int first = quotes;
            while (first < _text.Length && NewLineLength(_text, first) == 0)
            {
                first++;
            }

            first += NewLineLength(_text, first);
            int closing = ClosingQuote(_text) - (quotes - 1);
            int last = closing;
            while (last > first && NewLineLength(_text, last - 1) == 0)
            {
                last--;
            }

            int indentation = closing - last;
            int end = last > first && last > 1 && NewLineLength(_text, last - 2) == 2 ? last - 2 : last - 1;
            if (closing <= first || end < first || indentation < 0)
            {
                return;
            }

            ReadIndented(first, end, indentation, startsLine: true);
        }

        public void ReadIndented(int start, int end, int indentation, bool startsLine)
        {
            int i = start;
            while (i < end)
            {
                int skipped = 0;
                while (startsLine && skipped < indentation && i < end && NewLineLength(_text, i) == 0 && char.IsWhiteSpace(_text[i]))
                {
                    i++;
                    skipped++;
                }

                int line = i;
                while (i < end && NewLineLength(_text, i) == 0)
                {
                    i++;
                }

                i += NewLineLength(_text, i);
                Copy(line, Math.Min(i, end));
                startsLine = true;
            }
        }

        private int ReadEscape(int i, int end, out string value)
        {
            value = "";
            if (i + 1 >= end)
            {
                return 0;
            }

            char kind = _text[i + 1];
            switch (kind)
            {
                case 'u' or 'U' or 'x':
                    int most = kind == 'U' ? 8 : 4;
                    int digits = 0, number = 0;
                    while (digits < most && i + 2 + digits < end && Uri.IsHexDigit(_text[i + 2 + digits]))
                    {
                        number = (number << 4) | HexValue(_text[i + 2 + digits]);
                        digits++;
                    }

                    value = number is > 0xFFFF and <= 0x10FFFF ? char.ConvertFromUtf32(number) : ((char)number).ToString();
                    return 2 + digits;
                default:
                    value = kind switch
                    {
                        '0' => "\0",
                        'a' => "\a",
                        'b' => "\b",
                        'e' => "\u001b",
                        'f' => "\f",
                        'n' => "\n",
                        'r' => "\r",
                        't' => "\t",
                        'v' => "\v",
                        _ => kind.ToString(),
                    };
                    return 2;
            }
        }

        private static int HexValue(char c) => c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
    }
}
