using CudaArch.CudaCpp.Text;

namespace CudaArch.CudaCpp.Syntax;

/// <summary>
/// Reads the declarations of a text: what its names stand for, and where the bodies of its functions are. Text that breaks the rules is read as far as it makes sense.
/// </summary>
internal sealed partial class DeclarationReader
{
    private const int Deepest = 60;

    private readonly CppUnit _unit;
    private int _depth;

    public DeclarationReader(CppUnit unit) => _unit = unit;

    /// <summary>The explicit instantiations.</summary>
    public List<CppInstantiation> Instantiations { get; } = [];

    /// <summary>The <c>static_assert</c>s outside functions and templates.</summary>
    public List<CppStaticAssert> Assertions { get; } = [];

    /// <summary>The <c>asm</c> statements outside functions, by the index of the word.</summary>
    public List<int> ModuleAssembly { get; } = [];

    /// <summary>The functions in the order of their declarations.</summary>
    public List<CppFunction> Functions { get; } = [];

    /// <summary>Reads all declarations in a range into a scope.</summary>
    public void ReadScope(TokenRange range, CppScope scope, bool inTemplate = false)
    {
        if (_depth >= Deepest)
        {
            return;
        }

        _depth++;
        for (int i = range.Start; i < range.End;)
        {
            int next = ReadDeclaration(i, range.End, scope, inTemplate);
            i = Math.Max(next, i + 1);
        }

        _depth--;
    }

    private int ReadDeclaration(int i, int end, CppScope scope, bool inTemplate)
    {
        switch (_unit[i].Text)
        {
            case ";" or "}" or ")":
                return i + 1;
            case "{":
                return _unit.Behind(i, end);
            case "namespace":
                return ReadNamespace(i, end, scope, inTemplate);
            case "inline" when _unit.Is(i + 1, "namespace"):
                return ReadNamespace(i + 1, end, scope, inTemplate);
            case "extern" when _unit[i + 1].Kind == CppTokenKind.String && _unit.Is(i + 2, "{"):
                ReadScope(_unit.Within(i + 2, end), scope, inTemplate);
                return _unit.Behind(i + 2, end);
            case "using":
                return ReadUsing(i, end, scope, null);
            case "public" or "private" or "protected" when _unit.Is(i + 1, ":"):
                return i + 2;
            case "static_assert" or "_Static_assert" when _unit.Is(i + 1, "("):
                if (!inTemplate)
                {
                    Assertions.Add(new CppStaticAssert(_unit[i], _unit.Within(i + 1, end), scope));
                }

                return _unit.Behind(i + 1, end);
            case "asm" or "__asm__" or "__asm":
                ModuleAssembly.Add(i);
                return EndOfStatement(i, end);
            case "template":
                return ReadTemplate(i, end, scope, inTemplate);
            case "friend":
                return ReadDeclaration(i + 1, end, scope.Parent ?? scope, inTemplate);
            default:
                return ReadMember(i, end, scope, null, default, inTemplate);
        }
    }

    private int ReadNamespace(int i, int end, CppScope scope, bool inTemplate)
    {
        CppScope inner = scope;
        int at = SkipAttributes(i + 1, end);
        string name = "";
        while (_unit[at].Kind == CppTokenKind.Name)
        {
            if (_unit[at].Text == "inline")
            {
                at++;
                continue;
            }

            name = _unit[at].Text;
            if (_unit.Is(at + 1, "="))
            {
                int stop = EndOfStatement(at, end);
                scope.Add(new CppNameAlias { Name = name, Scope = scope, Path = PathIn(new TokenRange(at + 2, stop - 1)) });
                return stop;
            }

            inner = inner.OpenNamespace(name);
            at = _unit.Is(at + 1, "::") ? at + 2 : at + 1;
        }

        at = SkipAttributes(at, end);
        if (!_unit.Is(at, "{"))
        {
            return at;
        }

        // What stands in a namespace without a name is found as if it stood outside.
        ReadScope(_unit.Within(at, end), inner, inTemplate);
        return _unit.Behind(at, end);
    }

    /// <summary>Reads a using-declaration, using-directive or alias.</summary>
    public int ReadUsing(int i, int end, CppScope? scope, IReadOnlyList<CppTemplateParameter>? parameters, Action<CppDeclaration>? sink = null)
    {
        sink ??= declaration => scope!.Add(declaration);
        int stop = EndOfStatement(i, end);
        if (_unit.Is(i + 1, "namespace"))
        {
            scope?.Opened.Add(PathIn(new TokenRange(i + 2, stop - 1)));
            return stop;
        }

        int name = i + 1;
        if (_unit[name].Kind == CppTokenKind.Name && _unit.Is(SkipAttributes(name + 1, end), "="))
        {
            int assign = SkipAttributes(name + 1, end);
            sink(new CppAlias { Name = _unit[name].Text, Scope = scope, TemplateParameters = parameters, Type = new TokenRange(assign + 1, stop - 1) });
            return stop;
        }

        foreach (TokenRange part in _unit.SplitAtCommas(new TokenRange(name, stop - 1)))
        {
            List<string> path = PathIn(part);
            if (path.Count > 0)
            {
                sink(new CppNameAlias { Name = path[path.Count - 1], Scope = scope, Path = path });
            }
        }

        return stop;
    }

    private List<string> PathIn(TokenRange range)
    {
        var path = new List<string>();
        for (int i = range.Start; i < range.End; i++)
        {
            if (_unit[i].Kind == CppTokenKind.Name && _unit[i].Text != "typename")
            {
                path.Add(_unit[i].Text);
            }
            else if (!_unit.Is(i, "::"))
            {
                break;
            }
        }

        return path;
    }

    private int ReadTemplate(int i, int end, CppScope scope, bool inTemplate)
    {
        if (!_unit.Is(i + 1, "<"))
        {
            return ReadInstantiation(i + 1, end, scope);
        }

        List<CppTemplateParameter> parameters = [];
        int at = i;
        TokenRange requires = default;
        while (_unit.Is(at, "template") && _unit.Is(at + 1, "<"))
        {
            int close = EndOfParameters(at + 1, end);
            if (close < 0)
            {
                return at + 2;
            }

            foreach (TokenRange part in _unit.SplitAtCommas(new TokenRange(at + 2, close - 1)))
            {
                parameters.Add(TemplateParameter(part));
            }

            at = close;
            if (_unit.Is(at, "requires"))
            {
                int stop = EndOfRequires(at + 1, end);
                requires = new TokenRange(at + 1, stop);
                at = stop;
            }
        }

        if (_unit.Is(at, "using"))
        {
            return ReadUsing(at, end, scope, parameters);
        }

        if (_unit.Is(at, "concept"))
        {
            int stop = EndOfStatement(at, end);
            scope.Add(new CppVariable
            {
                Name = _unit[at + 1].Text,
                Scope = scope,
                TemplateParameters = parameters,
                Specifiers = CppSpecifiers.Constexpr,
                Type = default,
                Initializer = new TokenRange(at + 3, stop - 1),
                Position = at + 1,
            });
            return stop;
        }

        return _unit.Is(at, "friend") ? EndOfStatement(at, end) : ReadMember(at, end, scope, parameters, requires, inTemplate || parameters.Count > 0);
    }

    private int ReadInstantiation(int i, int end, CppScope scope)
    {
        int stop = EndOfStatement(i, end);
        for (int at = i; at < stop; at++)
        {
            if (_unit[at].Kind == CppTokenKind.Name && _unit.Is(at + 1, "<") && _unit.EndOfTemplateArguments(at + 1, stop) is > 0 and int close && _unit.Is(close, "("))
            {
                Instantiations.Add(new CppInstantiation(_unit[at].Text, _unit.TemplateArguments(at + 1, close), scope));
                break;
            }
        }

        return stop;
    }

    private CppTemplateParameter TemplateParameter(TokenRange range)
    {
        int assign = range.Start;
        while (assign < range.End && !_unit.Is(assign, "="))
        {
            assign = _unit.Behind(assign, range.End);
        }

        TokenRange standard = assign < range.End ? new TokenRange(assign + 1, range.End) : default;
        string first = _unit[range.Start].Text;
        bool isType = first is "typename" or "class" or "template";
        bool isPack = false;
        string name = "";
        int last = range.Start;
        for (int i = range.Start; i < assign; i++)
        {
            isPack |= _unit.Is(i, "...");
            if (_unit[i].Kind == CppTokenKind.Name && (i > range.Start || !isType))
            {
                name = _unit[i].Text;
                last = i;
            }
        }

        // "typename T::type = 0" and "int" have no name of their own.
        bool isUnnamed = last == range.Start || (first == "typename" && _unit.Is(last - 1, "::")) || IsBuiltInTypeWord(name);
        bool isTypeParameter = isType && !(first == "typename" && _unit.Is(last - 1, "::"));
        return new CppTemplateParameter(isUnnamed ? "" : name, isTypeParameter, isPack, standard, new TokenRange(range.Start, isUnnamed ? assign : last));
    }

    // The list of a template's own parameters may compare in defaults, so "<" counts only behind a name.
    private int EndOfParameters(int open, int end)
    {
        int nesting = 0;
        int left = CppUnit.LongestTemplateList;
        for (int i = open; i < end && left-- > 0; i = _unit.Behind(i, end))
        {
            switch (_unit[i].Text)
            {
                case "<" when i == open || _unit[i - 1].Kind == CppTokenKind.Name:
                    nesting++;
                    break;
                case ">" when --nesting == 0:
                    return i + 1;
                case ">>":
                    nesting -= 2;
                    if (nesting <= 0)
                    {
                        return i + 1;
                    }

                    break;
                case ";" or "{" or "}":
                    return -1;
            }
        }

        return -1;
    }

    private int EndOfRequires(int i, int end)
    {
        if (_unit.Is(i, "("))
        {
            i = _unit.Behind(i, end);
        }
        else
        {
            i = EndOfPrimary(i, end);
        }

        while (_unit.Is(i, "&&") || _unit.Is(i, "||"))
        {
            i = _unit.Is(i + 1, "(") ? _unit.Behind(i + 1, end) : EndOfPrimary(i + 1, end);
        }

        return i;
    }

    private int EndOfPrimary(int i, int end)
    {
        i = _unit.Is(i, "!") ? i + 1 : i;
        while (i < end && (_unit[i].Kind == CppTokenKind.Name || _unit.Is(i, "::")))
        {
            i++;
            if (_unit.Is(i, "<") && _unit.EndOfTemplateArguments(i, end) is > 0 and int close)
            {
                i = close;
            }

            if (!_unit.Is(i, "::"))
            {
                break;
            }
        }

        return i;
    }

    /// <summary>The index behind the semicolon that ends a statement.</summary>
    public int EndOfStatement(int i, int end)
    {
        while (i < end && !_unit.Is(i, ";") && !_unit.Is(i, "}"))
        {
            i = _unit.Behind(i, end);
        }

        return Math.Min(end, i + 1);
    }

    /// <summary>Behind attributes and the like: <c>[[…]]</c>, <c>__attribute__((…))</c>, <c>__launch_bounds__(…)</c>.</summary>
    public int SkipAttributes(int i, int end)
    {
        while (i < end)
        {
            if (_unit.Is(i, "[") && _unit.Is(i + 1, "["))
            {
                i = _unit.Behind(i, end);
            }
            else if (IsAttributeWord(_unit[i].Text) && _unit.Is(i + 1, "("))
            {
                i = _unit.Behind(i + 1, end);
            }
            else
            {
                return i;
            }
        }

        return i;
    }

    /// <summary>A word whose parentheses hold no parameters.</summary>
    public static bool IsAttributeWord(string word) => word is
        "__launch_bounds__" or "__cluster_dims__" or "__block_size__" or "__maxnreg__" or "__align__" or "alignas" or "__attribute__" or "__declspec" or "noexcept" or "decltype" or "__nv_pure__"
        or "explicit" or "throw" or "_Alignas" or "__builtin_align__";

    public static bool IsBuiltInTypeWord(string word) => word is
        "void" or "bool" or "char" or "short" or "int" or "long" or "float" or "double" or "unsigned" or "signed" or "auto" or "wchar_t" or "char8_t" or "char16_t" or "char32_t" or "__int128"
        or "size_t" or "__half" or "half";
}
