using CudaArch.Architectures;
using CudaArch.CudaCpp.Headers;
using CudaArch.CudaCpp.Text;

namespace CudaArch.CudaCpp.Preprocessing;

/// <summary>
/// Runs the preprocessor over text for one target: what is left are the tokens that are compiled. Headers are not read; what including them defines is known from a table.
/// A branch whose condition has no value is not compiled, and neither are its alternatives.
/// </summary>
internal sealed class Preprocessor
{
    private const int DeepestConditional = 1000;

    private readonly List<CppToken> _tokens;
    private readonly SmArchitecture? _target;
    private readonly SmArchitecture _architecture;
    private readonly Dictionary<string, CppMacro> _macros = new(StringComparer.Ordinal);
    private readonly MacroExpander _expander;
    private readonly Stack<Conditional> _conditionals = new();
    private int _position;
    private int _chains;

    private Preprocessor(List<CppToken> tokens, SmArchitecture target, CudaCompiler compiler, bool forHost)
    {
        _tokens = tokens;
        _architecture = target;
        _target = forHost ? null : target;
        _expander = new MacroExpander(_macros, _target);
        foreach ((string name, string value) in forHost ? PredefinedMacros.ForBothPasses(target, compiler) : PredefinedMacros.For(target, compiler))
        {
            _macros[name] = CppMacro.Predefined(name, value);
        }
    }

    private sealed class Conditional
    {
        public required ConditionalGroup Group { get; set; }

        /// <summary>Whether a branch was chosen, or none may be.</summary>
        public bool IsDecided { get; set; }
    }

    /// <summary>What the preprocessor makes of a text.</summary>
    internal sealed class Result
    {
        /// <summary>The tokens that are compiled.</summary>
        public List<CppToken> Tokens { get; } = [];

        /// <summary>The first <c>#error</c> that is reached; nothing behind it is compiled.</summary>
        public CppToken? Error { get; set; }

        /// <summary>The text of the <c>#error</c>.</summary>
        public string ErrorText { get; set; } = "";

        /// <summary>The headers that are included.</summary>
        public HashSet<string> Headers { get; } = new(StringComparer.Ordinal);

        /// <summary>All branches in the order of their beginnings.</summary>
        public List<ConditionalGroup> Groups { get; } = [];
    }

    private readonly Result _result = new();

    /// <summary>Runs over the tokens of a text.</summary>
    /// <param name="tokens">What <see cref="CppLexer"/> read.</param>
    /// <param name="target">The target, with its suffix.</param>
    /// <param name="compiler">The compiler.</param>
    /// <param name="forHost">Whether it is nvcc's pass for the host.</param>
    public static Result Run(List<CppToken> tokens, SmArchitecture target, CudaCompiler compiler, bool forHost = false)
    {
        var preprocessor = new Preprocessor(tokens, target, compiler, forHost);
        var reader = new MacroExpander.Reader(preprocessor._expander, preprocessor.ReadRaw);
        while (reader.Read(out CppToken token))
        {
            preprocessor._result.Tokens.Add(token);
        }

        return preprocessor._result;
    }

    private bool ReadRaw(out CppToken token)
    {
        while (_position < _tokens.Count && _result.Error is null)
        {
            token = _tokens[_position++];
            if (token.StartsLine && token.IsSymbol("#"))
            {
                ReadDirective(token);
                continue;
            }

            if (_conditionals.Count > 0)
            {
                _conditionals.Peek().Group.HasCode = true;
            }

            return true;
        }

        token = default;
        return false;
    }

    private List<CppToken> RestOfLine()
    {
        var line = new List<CppToken>();
        while (_position < _tokens.Count && !_tokens[_position].StartsLine)
        {
            line.Add(_tokens[_position++]);
        }

        return line;
    }

    private void ReadDirective(CppToken mark)
    {
        List<CppToken> line = RestOfLine();
        if (line.Count == 0)
        {
            return;
        }

        string name = line[0].Text;
        line.RemoveAt(0);
        switch (name)
        {
            case "define":
                Define(line);
                break;
            case "undef" when line.Count > 0:
                _macros.Remove(line[0].Text);
                break;
            case "include" or "include_next" or "import":
                Include(line);
                break;
            case "error":
                _result.Error = mark;
                _result.ErrorText = string.Join(" ", line.Select(token => token.Text));
                break;
            case "if" or "ifdef" or "ifndef":
                Open(name, line, mark);
                break;
            case "elif" or "elifdef" or "elifndef" or "else" when _conditionals.Count > 0:
                // A taken branch ends here: the others are not.
                Enter(_conditionals.Peek(), taken: false, mark);
                SkipToTakenBranch();
                break;
            case "endif" when _conditionals.Count > 0:
                _conditionals.Pop().Group.End = mark.Start;
                break;
        }
    }

    private void Open(string name, List<CppToken> line, CppToken mark)
    {
        if (_conditionals.Count >= DeepestConditional)
        {
            _position = _tokens.Count;
            return;
        }

        bool? holds = Condition(name, line);
        var group = new ConditionalGroup { Chain = _chains++, Index = 0, IsTaken = holds == true, Start = mark.Start, End = int.MaxValue };
        _result.Groups.Add(group);
        _conditionals.Push(new Conditional { Group = group, IsDecided = holds != false });
        if (holds != true)
        {
            SkipToTakenBranch();
        }
    }

    private void Enter(Conditional conditional, bool taken, CppToken mark)
    {
        ConditionalGroup last = conditional.Group;
        last.End = mark.Start;
        conditional.Group = new ConditionalGroup { Chain = last.Chain, Index = last.Index + 1, IsTaken = taken, Start = mark.Start, End = int.MaxValue };
        conditional.IsDecided |= taken;
        _result.Groups.Add(conditional.Group);
    }

    // Over what is not compiled, up to a branch of the innermost conditional that is, or its end.
    private void SkipToTakenBranch()
    {
        Conditional conditional = _conditionals.Peek();
        int nesting = 0;
        while (_position < _tokens.Count)
        {
            CppToken mark = _tokens[_position++];
            if (!mark.StartsLine || !mark.IsSymbol("#") || _position >= _tokens.Count || _tokens[_position].StartsLine)
            {
                conditional.Group.HasCode = true;
                continue;
            }

            string name = _tokens[_position].Text;
            if (name is "if" or "ifdef" or "ifndef")
            {
                nesting++;
            }
            else if (name == "endif" && nesting-- == 0)
            {
                RestOfLine();
                _conditionals.Pop().Group.End = mark.Start;
                return;
            }
            else if (nesting == 0 && name is "elif" or "elifdef" or "elifndef" or "else")
            {
                List<CppToken> line = RestOfLine();
                line.RemoveAt(0);
                bool? holds = conditional.IsDecided ? false : name == "else" ? true : Condition(name.Substring(2), line);
                conditional.IsDecided |= holds is null;
                Enter(conditional, holds == true, mark);
                if (holds == true)
                {
                    return;
                }
            }
        }
    }

    private bool? Condition(string name, List<CppToken> line)
    {
        if (name is "ifdef" or "ifndef")
        {
            return line.Count == 0 ? null : IsDefined(line[0].Text) == (name == "ifdef");
        }

        // Names that the program fills in have no value.
        foreach (CppToken token in line)
        {
            if (token.Text.IndexOf(Ptx.PtxLexer.Hole) >= 0)
            {
                return null;
            }
        }

        return ConditionExpression.Evaluate(_expander.Expand(WithoutOperators(line)));
    }

    private bool IsDefined(string name) =>
        _macros.ContainsKey(name) || name is "__has_include" or "__has_cpp_attribute" or "__has_builtin" || (_expander.KnowsTargetMacros && TargetConditions.Chooses(name));

    // "defined X", "__has_include(<x>)" and the like become numbers.
    private List<CppToken> WithoutOperators(List<CppToken> line)
    {
        var result = new List<CppToken>();
        for (int i = 0; i < line.Count; i++)
        {
            CppToken token = line[i];
            bool parenthesized = i + 1 < line.Count && line[i + 1].IsSymbol("(");
            if (token.IsName("defined"))
            {
                int name = parenthesized ? i + 2 : i + 1;
                bool defined = name < line.Count && IsDefined(line[name].Text);
                result.Add(Number(token, defined ? "1" : "0"));
                i = parenthesized ? name + 1 : name;
            }
            else if (parenthesized && token.Text is "__has_include" or "__has_cpp_attribute" or "__has_builtin" or "__has_attribute" or "__has_feature" or "__has_extension" or "__has_include_next")
            {
                int close = i + 1, nesting = 0;
                for (; close < line.Count; close++)
                {
                    nesting += line[close].IsSymbol("(") ? 1 : line[close].IsSymbol(")") ? -1 : 0;
                    if (nesting == 0)
                    {
                        break;
                    }
                }

                bool holds = token.Text == "__has_include" && KnownHeaders.Exists(HeaderName(line.GetRange(i + 2, Math.Max(0, close - i - 2))));
                result.Add(Number(token, holds ? "1" : "0"));
                i = close;
            }
            else
            {
                result.Add(token);
            }
        }

        return result;
    }

    private static CppToken Number(CppToken at, string value) => new(CppTokenKind.Number, value, at.Start, 0, at.HasBlankBefore);

    private void Define(List<CppToken> line)
    {
        if (line.Count == 0 || line[0].Kind != CppTokenKind.Name || line[0].Text == "defined")
        {
            return;
        }

        string name = line[0].Text;
        if (line.Count < 2 || !line[1].IsSymbol("(") || line[1].HasBlankBefore)
        {
            _macros[name] = new CppMacro(name, null, false, line.GetRange(1, line.Count - 1));
            return;
        }

        var parameters = new List<string>();
        bool variadic = false;
        int i = 2;
        for (; i < line.Count && !line[i].IsSymbol(")"); i++)
        {
            if (line[i].IsSymbol("..."))
            {
                variadic = true;
                if (i > 2 && line[i - 1].Kind == CppTokenKind.Name)
                {
                    // GNU: "args..." names the rest.
                    continue;
                }

                parameters.Add("__VA_ARGS__");
            }
            else if (line[i].Kind == CppTokenKind.Name)
            {
                parameters.Add(line[i].Text);
            }
        }

        int body = Math.Min(i + 1, line.Count);
        _macros[name] = new CppMacro(name, parameters, variadic, line.GetRange(body, line.Count - body));
    }

    private void Include(List<CppToken> line)
    {
        if (line.Count > 0 && line[0].Kind == CppTokenKind.Name)
        {
            line = _expander.Expand(line);
        }

        string header = HeaderName(line);
        if (!_result.Headers.Add(header))
        {
            return;
        }

        _expander.KnowsTargetMacros |= KnownHeaders.BringsTargetMacros(header);
        foreach ((string name, string value) in KnownHeaders.MacrosOf(header, _architecture))
        {
            if (!_macros.ContainsKey(name))
            {
                _macros[name] = CppMacro.Predefined(name, value);
            }
        }
    }

    private static string HeaderName(List<CppToken> tokens)
    {
        if (tokens.Count > 0 && tokens[0].Kind == CppTokenKind.String)
        {
            return tokens[0].Text.Trim('"');
        }

        return string.Concat(tokens.Where(token => !token.IsSymbol("<") && !token.IsSymbol(">")).Select(token => token.Text));
    }
}
