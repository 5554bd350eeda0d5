using System.Text;
using CudaArch.Architectures;
using CudaArch.CudaCpp.Text;

namespace CudaArch.CudaCpp.Preprocessing;

/// <summary>
/// Expands macros by the rules of C++17 with <c>__VA_OPT__</c> and GNU's <c>, ## args</c>: arguments first, then <c>#</c> and <c>##</c>, then the result again together with what follows, a
/// macro never within itself. The number of tokens that macros bring is bounded; beyond it names stay as they are.
/// </summary>
internal sealed class MacroExpander
{
    /// <summary>Macros bring so many tokens at most.</summary>
    private const int MostTokens = 2_000_000;

    /// <summary>Arguments within arguments are expanded so deep.</summary>
    private const int Deepest = 60;

    private readonly Dictionary<string, CppMacro> _macros;
    private readonly SmArchitecture? _target;
    private int _brought;
    private int _depth;

    public MacroExpander(Dictionary<string, CppMacro> macros, SmArchitecture? target)
    {
        _macros = macros;
        _target = target;
    }

    /// <summary>Whether <c>&lt;nv/target&gt;</c> was included, so that its macros are there.</summary>
    public bool KnowsTargetMacros { get; set; }

    /// <summary>Gives the next token of what lies beneath macros; false at its end.</summary>
    public delegate bool Source(out CppToken token);

    /// <summary>Reads tokens from a source with its macros expanded.</summary>
    public sealed class Reader(MacroExpander owner, Source source)
    {
        private readonly Stack<Level> _levels = new();
        private CppToken? _pushed;

        private sealed class Level(List<CppToken> tokens, string? macro)
        {
            public List<CppToken> Tokens { get; } = tokens;

            public string? Macro { get; } = macro;

            public int Position { get; set; }
        }

        /// <summary>The next token with all macros expanded; false at the end.</summary>
        public bool Read(out CppToken token)
        {
            while (Next(out token))
            {
                if (token.Kind == CppTokenKind.Nothing || (token.Kind == CppTokenKind.Name && !token.IsPainted && TryExpand(ref token)))
                {
                    continue;
                }

                return true;
            }

            return false;
        }

        // True when the token was replaced by what its macro brings; else the token may have been painted.
        private bool TryExpand(ref CppToken token)
        {
            if (owner.KnowsTargetMacros && TargetConditions.Chooses(token.Text) && !owner._macros.ContainsKey(token.Text))
            {
                return TryChoose(token);
            }

            if (!owner._macros.TryGetValue(token.Text, out CppMacro? macro))
            {
                return false;
            }

            if (IsActive(macro.Name))
            {
                token = token.Painted();
                return false;
            }

            List<CppToken> brought;
            int origin = token.Origin;
            if (macro.Parameters is null)
            {
                brought = owner.Substitute(macro, [], origin);
            }
            else
            {
                if (!NextIsParenthesis() || ReadArguments() is not { } arguments)
                {
                    return false;
                }

                brought = owner.Substitute(macro, arguments, origin);
            }

            if (brought.Count > 0)
            {
                brought[0] = brought[0].WithBlank(token.HasBlankBefore);
            }

            owner._brought += brought.Count + 1;
            if (owner._brought > MostTokens)
            {
                return true;
            }

            _levels.Push(new Level(brought, macro.Name));
            return true;
        }

        private bool TryChoose(CppToken token)
        {
            if (!NextIsParenthesis() || ReadArguments() is not { } arguments)
            {
                return false;
            }

            int chosen = TargetConditions.ChosenArgument(token.Text, arguments, owner._target);
            if (chosen < 0 || chosen >= arguments.Count)
            {
                return true;
            }

            List<CppToken> branch = arguments[chosen];
            if (branch.Count >= 2 && branch[0].IsSymbol("(") && branch[branch.Count - 1].IsSymbol(")"))
            {
                branch = branch.GetRange(1, branch.Count - 2);
            }

            // The branch is a block of its own, as the macros of the header make it one.
            branch.Insert(0, new CppToken(CppTokenKind.Symbol, "{", token.Start, 0));
            branch.Add(new CppToken(CppTokenKind.Symbol, "}", token.Start, 0));
            owner._brought += branch.Count;
            if (owner._brought <= MostTokens)
            {
                _levels.Push(new Level(branch, null));
            }

            return true;
        }

        private bool IsActive(string name)
        {
            foreach (Level level in _levels)
            {
                if (level.Macro == name)
                {
                    return true;
                }
            }

            return false;
        }

        private bool Next(out CppToken token)
        {
            while (_levels.Count > 0)
            {
                Level level = _levels.Peek();
                if (level.Position < level.Tokens.Count)
                {
                    token = level.Tokens[level.Position++];
                    return true;
                }

                _levels.Pop();
            }

            if (_pushed is { } pushed)
            {
                token = pushed;
                _pushed = null;
                return true;
            }

            return source(out token);
        }

        // Looks through the ends of macros; only what lies beneath them must be read to be looked at.
        private bool NextIsParenthesis()
        {
            foreach (Level level in _levels)
            {
                for (int i = level.Position; i < level.Tokens.Count; i++)
                {
                    if (level.Tokens[i].Kind != CppTokenKind.Nothing)
                    {
                        return level.Tokens[i].IsSymbol("(");
                    }
                }
            }

            if (_pushed is null && source(out CppToken token))
            {
                _pushed = token;
            }

            return _pushed is { } next && next.IsSymbol("(");
        }

        // From the parenthesis on; null when it is never closed.
        private List<List<CppToken>>? ReadArguments()
        {
            Next(out _);
            List<List<CppToken>> arguments = [[]];
            int nesting = 0;
            while (Next(out CppToken token))
            {
                if (token.Kind == CppTokenKind.Symbol)
                {
                    switch (token.Text)
                    {
                        case "(":
                            nesting++;
                            break;
                        case ")" when nesting-- == 0:
                            return arguments;
                        case "," when nesting == 0:
                            arguments.Add([]);
                            continue;
                    }
                }

                // A name that is not to be expanded here is not to be expanded later either.
                bool paint = token.Kind == CppTokenKind.Name && !token.IsPainted && IsActive(token.Text);
                arguments[arguments.Count - 1].Add(paint ? token.Painted() : token.StartsLine ? token.WithBlank(true) : token);
            }

            return null;
        }
    }

    /// <summary>Expands tokens on their own, as an argument or the condition of <c>#if</c> is.</summary>
    public List<CppToken> Expand(IReadOnlyList<CppToken> tokens)
    {
        int position = 0;
        bool Next(out CppToken token)
        {
            token = position < tokens.Count ? tokens[position] : default;
            return position++ < tokens.Count;
        }

        var result = new List<CppToken>();
        if (_depth >= Deepest)
        {
            result.AddRange(tokens);
            return result;
        }

        _depth++;
        var reader = new Reader(this, Next);
        while (reader.Read(out CppToken token) && _brought <= MostTokens)
        {
            result.Add(token);
        }

        _depth--;
        return result;
    }

    private List<CppToken> Substitute(CppMacro macro, List<List<CppToken>> arguments, int origin)
    {
        var call = new MacroCall(macro, arguments, this);
        List<CppToken> result = call.Substitute(macro.Body, 0, macro.Body.Count);
        for (int i = 0; i < result.Count; i++)
        {
            result[i] = result[i].UsedAt(origin);
        }

        return result;
    }

    /// <summary>The text between quotes that <c>#</c> makes of an argument, each character with its place.</summary>
    internal static CppToken Stringize(IReadOnlyList<CppToken> argument, CppToken mark)
    {
        var text = new StringBuilder("\"");
        List<int> map = [mark.Start];
        for (int i = 0; i < argument.Count; i++)
        {
            CppToken token = argument[i];
            if (token.Kind == CppTokenKind.Nothing)
            {
                continue;
            }

            if (i > 0 && token.HasBlankBefore && text.Length > 1)
            {
                text.Append(' ');
                map.Add(token.Start);
            }

            bool quoted = token.Kind is CppTokenKind.String or CppTokenKind.Character;
            for (int at = 0; at < token.Text.Length; at++)
            {
                if (quoted && token.Text[at] is '"' or '\\')
                {
                    text.Append('\\');
                    map.Add(token.PlaceOf(at));
                }

                text.Append(token.Text[at]);
                map.Add(token.PlaceOf(at));
            }
        }

        text.Append('"');
        map.Add(map[map.Count - 1]);
        return mark.Respelled(CppTokenKind.String, text.ToString(), [.. map]);
    }
}
