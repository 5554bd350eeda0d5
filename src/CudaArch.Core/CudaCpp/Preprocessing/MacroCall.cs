using CudaArch.CudaCpp.Text;

namespace CudaArch.CudaCpp.Preprocessing;

/// <summary>One use of a macro with its arguments: puts them into the replacement.</summary>
internal sealed class MacroCall
{
    private readonly CppMacro _macro;
    private readonly MacroExpander _expander;
    private readonly Dictionary<string, (List<CppToken> Written, List<CppToken>? Expanded)> _arguments = new(StringComparer.Ordinal);
    private readonly bool _hasRest;

    public MacroCall(CppMacro macro, List<List<CppToken>> arguments, MacroExpander expander)
    {
        _macro = macro;
        _expander = expander;
        IReadOnlyList<string> parameters = macro.Parameters ?? [];
        for (int i = 0; i < parameters.Count; i++)
        {
            List<CppToken> argument = i < arguments.Count ? arguments[i] : [];
            if (macro.IsVariadic && i == parameters.Count - 1)
            {
                argument = Rest(arguments, i);
                _hasRest = arguments.Count > i;
            }

            _arguments[parameters[i]] = (argument, null);
        }
    }

    private static List<CppToken> Rest(List<List<CppToken>> arguments, int first)
    {
        var rest = new List<CppToken>();
        for (int i = first; i < arguments.Count; i++)
        {
            if (i > first)
            {
                rest.Add(new CppToken(CppTokenKind.Symbol, ",", arguments[i].Count > 0 ? arguments[i][0].Start : -1, 0));
            }

            rest.AddRange(arguments[i]);
        }

        return rest;
    }

    /// <summary>A stretch of the replacement with the arguments in their places, <c>#</c> and <c>##</c> done.</summary>
    public List<CppToken> Substitute(IReadOnlyList<CppToken> body, int start, int end)
    {
        var result = new List<CppToken>();
        for (int i = start; i < end; i++)
        {
            CppToken token = body[i];
            if (token.IsSymbol("#") && _macro.Parameters is not null && i + 1 < end)
            {
                if (_arguments.TryGetValue(body[i + 1].Text, out (List<CppToken> Written, List<CppToken>?) argument))
                {
                    result.Add(MacroExpander.Stringize(argument.Written, token));
                    i++;
                    continue;
                }

                if (IsOption(body, i + 1, end, out int close))
                {
                    result.Add(MacroExpander.Stringize(Option(body, i + 1, close), token));
                    i = close;
                    continue;
                }
            }

            if (token.IsSymbol("##") && result.Count > 0 && i + 1 < end)
            {
                i = Paste(body, i + 1, end, result);
                continue;
            }

            if (IsOption(body, i, end, out int last))
            {
                AddOrNothing(result, Option(body, i, last), token);
                i = last;
                continue;
            }

            if (token.Kind == CppTokenKind.Name && _arguments.TryGetValue(token.Text, out (List<CppToken> Written, List<CppToken>? Expanded) value))
            {
                bool isPasted = i + 1 < end && body[i + 1].IsSymbol("##");
                AddOrNothing(result, isPasted ? value.Written : Expanded(token.Text, value), token);
                continue;
            }

            result.Add(token);
        }

        return result;
    }

    private List<CppToken> Expanded(string name, (List<CppToken> Written, List<CppToken>? Expanded) value)
    {
        if (value.Expanded is null)
        {
            value.Expanded = _expander.Expand(value.Written);
            _arguments[name] = value;
        }

        return value.Expanded;
    }

    private static void AddOrNothing(List<CppToken> result, List<CppToken> tokens, CppToken replaced)
    {
        if (tokens.Count == 0)
        {
            result.Add(new CppToken(CppTokenKind.Nothing, "", replaced.Start, 0, replaced.HasBlankBefore));
            return;
        }

        int first = result.Count;
        result.AddRange(tokens);
        result[first] = result[first].WithBlank(replaced.HasBlankBefore);
    }

    // Joins what stands last in the result with the operand at an index; gives the index of the operand's last token.
    private int Paste(IReadOnlyList<CppToken> body, int at, int end, List<CppToken> result)
    {
        int last = at;
        List<CppToken> right;
        CppToken operand = body[at];
        if (IsOption(body, at, end, out int close))
        {
            right = Option(body, at, close);
            last = close;
        }
        else if (operand.Kind == CppTokenKind.Name && _arguments.TryGetValue(operand.Text, out (List<CppToken> Written, List<CppToken>?) value))
        {
            right = value.Written;

            // GNU: ", ## args" drops the comma when there are no further arguments, and else joins nothing.
            if (_macro.IsVariadic && operand.Text == _macro.Parameters![_macro.Parameters.Count - 1] && result[result.Count - 1].IsSymbol(","))
            {
                if (!_hasRest || (right.Count == 0 && _macro.Parameters.Count > 1))
                {
                    result.RemoveAt(result.Count - 1);
                    result.Add(new CppToken(CppTokenKind.Nothing, "", operand.Start, 0));
                }
                else
                {
                    AddOrNothing(result, Expanded(operand.Text, (right, null)), operand);
                }

                return last;
            }
        }
        else if (operand.IsSymbol("#") && at + 1 < end && _arguments.TryGetValue(body[at + 1].Text, out (List<CppToken> Written, List<CppToken>?) quoted) && _macro.Parameters is not null)
        {
            right = [MacroExpander.Stringize(quoted.Written, operand)];
            last = at + 1;
        }
        else
        {
            right = [operand];
        }

        CppToken left = result[result.Count - 1];
        if (right.Count == 0)
        {
            return last;
        }

        if (left.Kind == CppTokenKind.Nothing)
        {
            result.RemoveAt(result.Count - 1);
            result.AddRange(right);
            return last;
        }

        result.RemoveAt(result.Count - 1);
        result.AddRange(Joined(left, right[0]));
        result.AddRange(right.Skip(1));
        return last;
    }

    private static IEnumerable<CppToken> Joined(CppToken left, CppToken right)
    {
        if (right.Kind == CppTokenKind.Nothing)
        {
            return [left];
        }

        string text = left.Text + right.Text;
        List<CppToken> tokens = CppLexer.Read(text);
        if (tokens.Count != 1)
        {
            return [left, right.WithBlank(false)];
        }

        var map = new int[text.Length];
        for (int i = 0; i < text.Length; i++)
        {
            map[i] = i < left.Text.Length ? left.PlaceOf(i) : right.PlaceOf(i - left.Text.Length);
        }

        return [left.Respelled(tokens[0].Kind, text, map)];
    }

    // "__VA_OPT__ ( … )" from an index on.
    private bool IsOption(IReadOnlyList<CppToken> body, int at, int end, out int close)
    {
        close = at;
        if (!_macro.IsVariadic || at + 1 >= end || !body[at].IsName("__VA_OPT__") || !body[at + 1].IsSymbol("("))
        {
            return false;
        }

        int nesting = 0;
        for (int i = at + 1; i < end; i++)
        {
            nesting += body[i].IsSymbol("(") ? 1 : body[i].IsSymbol(")") ? -1 : 0;
            if (nesting == 0)
            {
                close = i;
                return true;
            }
        }

        return false;
    }

    // Its contents when the rest, expanded, has a token.
    private List<CppToken> Option(IReadOnlyList<CppToken> body, int at, int close)
    {
        string rest = _macro.Parameters![_macro.Parameters.Count - 1];
        bool any = Expanded(rest, _arguments[rest]).Any(token => token.Kind != CppTokenKind.Nothing);
        return any ? [.. Substitute(body, at + 2, close)] : [];
    }
}
