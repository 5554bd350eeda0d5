using CudaArch.CudaCpp.Text;

namespace CudaArch.CudaCpp.Syntax;

/// <summary>The tokens that are compiled, and where each bracket is closed.</summary>
internal sealed class CppUnit
{
    /// <summary>Template arguments and parameters are looked for so far; what is longer is taken for a comparison.</summary>
    public const int LongestTemplateList = 1000;

    private static readonly CppToken Nothing = new(CppTokenKind.End, "", -1, 0);

    private readonly List<CppToken> _tokens;
    private readonly int[] _closing;

    public CppUnit(List<CppToken> tokens)
    {
        _tokens = tokens;
        _closing = new int[tokens.Count];
        MatchBrackets();
    }

    public int Count => _tokens.Count;

    /// <summary>A token; one of kind <see cref="CppTokenKind.End"/> outside the text.</summary>
    public CppToken this[int index] => index >= 0 && index < _tokens.Count ? _tokens[index] : Nothing;

    /// <summary>The bracket that closes the one at an index: its own index or, for one never closed, where it must end at the latest.</summary>
    public int ClosingOf(int index) => _closing[index];

    /// <summary>The index behind a token, and for an opening bracket behind its closing one.</summary>
    public int Behind(int index, int end) => Math.Min(end, IsOpening(index) ? Math.Max(index, _closing[index]) + 1 : index + 1);

    public bool IsOpening(int index) => this[index] is { Kind: CppTokenKind.Symbol, Text: "(" or "[" or "{" };

    public bool Is(int index, string text) => this[index].Is(text);

    /// <summary>The range within brackets.</summary>
    public TokenRange Within(int open, int end) => new(open + 1, Math.Min(end, Math.Max(open + 1, _closing[open])));

    /// <summary>The parts of a range between commas that are in no bracket.</summary>
    public List<TokenRange> SplitAtCommas(TokenRange range)
    {
        var parts = new List<TokenRange>();
        if (range.IsEmpty)
        {
            return parts;
        }

        int start = range.Start;
        for (int i = range.Start; i < range.End;)
        {
            if (Is(i, ","))
            {
                parts.Add(new TokenRange(start, i));
                start = i + 1;
            }

            // Template arguments hold commas of their own.
            int close = Is(i, "<") && this[i - 1].Kind == CppTokenKind.Name ? EndOfTemplateArguments(i, range.End) : -1;
            i = close > 0 ? close : Behind(i, range.End);
        }

        parts.Add(new TokenRange(start, range.End));
        return parts;
    }

    /// <summary>The index behind the <c>&gt;</c> that closes the template arguments opened at an index; -1 when what stands there are none.</summary>
    public int EndOfTemplateArguments(int open, int end)
    {
        int nesting = 0;
        int left = LongestTemplateList;
        for (int i = open; i < end && left-- > 0;)
        {
            CppToken token = this[i];
            if (token.Kind == CppTokenKind.Symbol)
            {
                switch (token.Text)
                {
                    case "<":
                        nesting++;
                        break;
                    case ">" when --nesting == 0:
                        return i + 1;
                    case ">>" when nesting <= 2:
                        return nesting == 2 ? i + 1 : -1;
                    case ">>":
                        nesting -= 2;
                        break;
                    case ";" or "{" or "}" or ")" or "]" or "&&" or "||" or "=" when !(token.Text == "{" && i > open + 1) && !(token.Text == "&&" && IsReference(i)):
                        return -1;
                }
            }

            i = Behind(i, end);
        }

        return -1;
    }

    /// <summary>The arguments between <c>&lt;</c> at an index and the end of the list.</summary>
    public List<TokenRange> TemplateArguments(int open, int behind) => SplitAtCommas(new TokenRange(open + 1, behind - 1));

    private bool IsReference(int index) => this[index + 1] is { Kind: CppTokenKind.Symbol, Text: ">" or "," };

    private void MatchBrackets()
    {
        var open = new Stack<int>();
        for (int i = 0; i < _tokens.Count; i++)
        {
            _closing[i] = -1;
            if (_tokens[i].Kind != CppTokenKind.Symbol)
            {
                continue;
            }

            string text = _tokens[i].Text;
            if (text is "(" or "[" or "{")
            {
                open.Push(i);
            }
            else if (text is ")" or "]" or "}")
            {
                string wanted = text == ")" ? "(" : text == "]" ? "[" : "{";

                // A brace closes what was left open within it; another bracket closes only its like.
                while (open.Count > 0 && _tokens[open.Peek()].Text != wanted && text == "}")
                {
                    _closing[open.Pop()] = i - 1;
                }

                if (open.Count > 0 && _tokens[open.Peek()].Text == wanted)
                {
                    _closing[open.Pop()] = i;
                }
            }
        }

        while (open.Count > 0)
        {
            _closing[open.Pop()] = _tokens.Count;
        }
    }
}
