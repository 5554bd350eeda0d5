using CudaArch.CudaCpp.Text;

namespace CudaArch.CudaCpp.Syntax;

/// <content>Classes, functions and variables.</content>
internal sealed partial class DeclarationReader
{
    // A class, enumeration, function or variables, from its first specifier on.
    private int ReadMember(int i, int end, CppScope scope, IReadOnlyList<CppTemplateParameter>? parameters, TokenRange requires, bool inTemplate)
    {
        int at = i;
        while (at < end)
        {
            at = SkipAttributes(at, end);
            if (at >= end || _unit[at].Text is not ("static" or "constexpr" or "const" or "inline" or "extern" or "__device__" or "__constant__" or "__shared__" or "__host__" or "typedef" or "__forceinline__" or "__managed__" or "volatile"))
            {
                break;
            }

            at++;
            if (_unit[at].Kind == CppTokenKind.String)
            {
                at++;
            }
        }

        if (_unit[at].Text is "class" or "struct" or "union" or "enum" && TryReadClass(i, at, end, scope, parameters, requires, inTemplate, scope.Add) is > 0 and int behind)
        {
            return behind;
        }

        return ReadFunctionOrVariables(i, end, scope, parameters, requires, scope.Add);
    }

    /// <summary>Reads a class in a function.</summary>
    public int TryReadLocalClass(int i, int end, CppScope scope, Action<CppDeclaration> sink) =>
        TryReadClass(i, i, end, scope, null, default, true, sink);

    private int TryReadClass(
        int first, int key, int end, CppScope scope, IReadOnlyList<CppTemplateParameter>? parameters, TokenRange requires, bool inTemplate, Action<CppDeclaration> sink)
    {
        var alignments = new List<TokenRange>();
        int at = key + 1;
        string word = _unit[key].Text;
        if (word == "enum" && _unit[at].Text is "class" or "struct")
        {
            at++;
        }

        while (at < end)
        {
            int behind = SkipAttributes(at, at + 1 < end && _unit.IsOpening(at + 1) ? _unit.Behind(at + 1, end) : at + 1);
            if (behind == at && !(_unit.Is(at, "[") && _unit.Is(at + 1, "[")))
            {
                break;
            }

            behind = SkipAttributes(at, end);
            if (_unit[at].Text is "alignas" or "__align__" or "_Alignas")
            {
                alignments.Add(_unit.Within(at + 1, end));
                behind = _unit.Behind(at + 1, end);
            }

            at = Math.Max(behind, at + 1);
        }

        string name = "";
        List<TokenRange>? specialization = null;
        if (_unit[at].Kind == CppTokenKind.Name)
        {
            name = _unit[at].Text;
            at++;
            if (_unit.Is(at, "<") && _unit.EndOfTemplateArguments(at, end) is > 0 and int close)
            {
                specialization = _unit.TemplateArguments(at, close);
                at = close;
            }

            at = _unit.Is(at, "final") ? at + 1 : at;
        }

        List<TokenRange> bases = [];
        TokenRange underlying = default;
        if (_unit.Is(at, ":"))
        {
            int start = at + 1;
            while (at < end && !_unit.Is(at, "{") && !_unit.Is(at, ";"))
            {
                at = _unit.Is(at, "(") ? _unit.Behind(at, end) : at + 1;
            }

            underlying = new TokenRange(start, at);
            bases = _unit.SplitAtCommas(underlying);
        }

        bool hasBody = _unit.Is(at, "{");
        if (!hasBody && !(_unit.Is(at, ";") && name.Length > 0))
        {
            // "struct A x;": the word only says what A is.
            return -1;
        }

        var members = new CppScope(name, scope);
        var made = new CppClass
        {
            Name = name,
            Scope = scope,
            Key = word,
            Members = members,
            TemplateParameters = parameters,
            Requires = requires,
            Specialization = specialization,
            Bases = word == "enum" ? [] : bases,
            Underlying = underlying,
            Alignments = alignments,
            HasBody = hasBody,
        };
        members.Class = made;
        sink(made);
        if (!hasBody)
        {
            return at + 1;
        }

        TokenRange body = _unit.Within(at, end);
        if (word == "enum")
        {
            ReadEnumerators(body, members, sink, isScoped: key + 1 < end && _unit[key + 1].Text is "class" or "struct");
        }
        else
        {
            ReadScope(body, members, inTemplate || parameters is { Count: > 0 });
        }

        int rest = _unit.Behind(at, end);
        if (_unit.Is(rest, ";"))
        {
            return rest + 1;
        }

        // "struct { … } x, y;", "typedef struct { … } T;"
        int stop = EndOfStatement(rest, end);
        CppSpecifiers specifiers = SpecifiersIn(new TokenRange(first, key));
        ReadDeclarators(new TokenRange(key, rest), new TokenRange(rest, Math.Max(rest, stop - 1)), specifiers, scope, parameters, sink, made);
        return stop;
    }

    private void ReadEnumerators(TokenRange body, CppScope members, Action<CppDeclaration> sink, bool isScoped)
    {
        CppVariable? before = null;
        foreach (TokenRange part in _unit.SplitAtCommas(body))
        {
            if (part.IsEmpty || _unit[part.Start].Kind != CppTokenKind.Name)
            {
                continue;
            }

            int assign = SkipAttributes(part.Start + 1, part.End);
            bool hasValue = assign < part.End && _unit.Is(assign, "=");
            before = new CppVariable
            {
                Name = _unit[part.Start].Text,
                Scope = members,
                Specifiers = CppSpecifiers.Constexpr,
                Type = default,
                Initializer = hasValue ? new TokenRange(assign + 1, part.End) : default,
                Before = hasValue ? null : before,
                IsEnumerator = true,
                Position = part.Start,
            };
            members.Add(before);
            if (!isScoped)
            {
                sink(before);
            }
        }
    }

    /// <summary>The words of a range that matter.</summary>
    public CppSpecifiers SpecifiersIn(TokenRange range)
    {
        var specifiers = CppSpecifiers.None;
        for (int i = range.Start; i < range.End; i = _unit.Behind(i, range.End))
        {
            specifiers |= _unit[i].Text switch
            {
                "__global__" => CppSpecifiers.Kernel,
                "__device__" => CppSpecifiers.Device,
                "__host__" => CppSpecifiers.Host,
                "constexpr" or "consteval" or "constinit" => CppSpecifiers.Constexpr,
                "const" => CppSpecifiers.Const,
                "static" => CppSpecifiers.Static,
                "extern" => CppSpecifiers.Extern,
                "__shared__" => CppSpecifiers.Shared,
                "__constant__" => CppSpecifiers.Constant,
                "volatile" => CppSpecifiers.Volatile,
                "virtual" => CppSpecifiers.Virtual,
                "typedef" => CppSpecifiers.Typedef,
                _ => CppSpecifiers.None,
            };
        }

        return specifiers;
    }

    // Up to a body, a semicolon or an initial value; the name stands before the first parenthesis that holds parameters.
    private int ReadFunctionOrVariables(int i, int end, CppScope scope, IReadOnlyList<CppTemplateParameter>? parameters, TokenRange requires, Action<CppDeclaration> sink)
    {
        int at = i;
        while (at < end)
        {
            at = SkipAttributes(at, end);
            CppToken token = _unit[at];
            if (token.Kind == CppTokenKind.Symbol && token.Text is ";" or "=" or "{" or "}" or "[" or "," or ":")
            {
                break;
            }

            if (token.IsName("operator"))
            {
                int open = at + 1;
                open = _unit.Is(open, "(") && _unit.Is(open + 1, ")") ? open + 2 : open;
                while (open < end && !_unit.Is(open, "(") && !_unit.Is(open, ";") && !_unit.Is(open, "{"))
                {
                    open++;
                }

                return _unit.Is(open, "(") ? ReadFunction(i, at, open, end, scope, parameters, requires, null, sink) : Math.Max(open, at + 1);
            }

            if (token.IsSymbol("(") && at > i && _unit[at - 1].Kind == CppTokenKind.Name && !(_unit.Is(at + 1, "*") && !_unit.Is(at - 1, ")")))
            {
                return ReadFunction(i, at - 1, at, end, scope, parameters, requires, null, sink);
            }

            if (token.IsSymbol("<") && at > i && _unit[at - 1].Kind == CppTokenKind.Name && _unit.EndOfTemplateArguments(at, end) is > 0 and int close)
            {
                if (_unit.Is(close, "(") && at - 1 > i)
                {
                    return ReadFunction(i, at - 1, close, end, scope, parameters, requires, _unit.TemplateArguments(at, close), sink);
                }

                at = close;
                continue;
            }

            at = _unit.Behind(at, end);
        }

        return ReadVariables(i, end, scope, parameters, sink);
    }

    private int ReadFunction(
        int first, int name, int open, int end, CppScope scope, IReadOnlyList<CppTemplateParameter>? parameters, TokenRange requires, List<TokenRange>? specialization, Action<CppDeclaration> sink)
    {
        int close = _unit.Behind(open, end);
        int at = close;
        TokenRange initializers = default;
        TokenRange? body = null;
        TokenRange condition = requires;
        while (at < end)
        {
            CppToken token = _unit[at];
            if (token.IsSymbol("{"))
            {
                body = _unit.Within(at, end);
                at = _unit.Behind(at, end);
                break;
            }

            if (token.IsSymbol(";") || token.IsSymbol("}"))
            {
                at++;
                break;
            }

            if (token.IsSymbol("="))
            {
                at = EndOfStatement(at, end);
                break;
            }

            if (token.IsName("requires"))
            {
                int stop = EndOfRequires(at + 1, end);
                condition = new TokenRange(at + 1, stop);
                at = Math.Max(stop, at + 1);
                continue;
            }

            if (token.IsSymbol(":"))
            {
                int start = at + 1;
                at = EndOfInitializers(start, end);
                initializers = new TokenRange(start, at);
                continue;
            }

            at = _unit.Behind(at, end);
        }

        List<CppParameter> list = [];
        bool further = false;
        foreach (TokenRange part in _unit.SplitAtCommas(_unit.Within(open, end)))
        {
            if (_unit.Is(part.Start, "...") && part.End == part.Start + 1)
            {
                further = true;
            }
            else if (!part.IsEmpty && !(part.End == part.Start + 1 && _unit.Is(part.Start, "void")))
            {
                list.Add(Parameter(part));
            }
        }

        string spelled = _unit[name].Text;
        int head = name;
        if (spelled == "operator")
        {
            spelled = "operator " + string.Concat(Enumerable.Range(name + 1, Math.Max(0, open - name - 1)).Select(k => _unit[k].Text));
        }
        else if (_unit.Is(name - 1, "~"))
        {
            spelled = "~" + spelled;
            head--;
        }

        int qualifier = head;
        while (qualifier - 1 > first && _unit.Is(qualifier - 1, "::"))
        {
            qualifier--;
            if (_unit.Is(qualifier - 1, ">"))
            {
                while (qualifier > first && !_unit.Is(qualifier, "<"))
                {
                    qualifier--;
                }
            }

            qualifier--;
        }

        var function = new CppFunction
        {
            Name = spelled,
            Scope = scope,
            TemplateParameters = parameters,
            Requires = condition,
            Specialization = specialization,
            Parameters = list,
            Specifiers = SpecifiersIn(new TokenRange(first, head)),
            Body = body,
            Initializers = initializers,
            Head = new TokenRange(first, qualifier),
            Tail = new TokenRange(close, body?.Start - 1 ?? close),
            Qualifier = new TokenRange(qualifier, Math.Max(qualifier, head - 1)),
            TakesFurtherArguments = further,
        };
        Functions.Add(function);
        sink(function);
        return at;
    }

    // "a(1), b{2} {": the body is the brace that follows no name of a member.
    private int EndOfInitializers(int i, int end)
    {
        while (i < end && !_unit.Is(i, ";"))
        {
            if (_unit.Is(i, "{") && !(_unit[i - 1].Kind == CppTokenKind.Name || _unit.Is(i - 1, ">")))
            {
                return i;
            }

            i = _unit.Behind(i, end);
        }

        return i;
    }

    /// <summary>Reads a function's parameter.</summary>
    public CppParameter Parameter(TokenRange range)
    {
        int assign = range.Start;
        while (assign < range.End && !_unit.Is(assign, "="))
        {
            assign = _unit.Is(assign, "<") && _unit.EndOfTemplateArguments(assign, range.End) is > 0 and int close ? close : _unit.Behind(assign, range.End);
        }

        TokenRange standard = assign < range.End ? new TokenRange(assign + 1, range.End) : default;
        int name = -1, words = 0;
        bool isPack = false;
        for (int i = range.Start; i < assign;)
        {
            CppToken token = _unit[i];
            isPack |= token.IsSymbol("...");
            if (token.IsSymbol("(") && (_unit.Is(i + 1, "*") || _unit.Is(i + 1, "&")))
            {
                // "float (&d)[4]", "void (*f)(int)": the name is within.
                for (int k = i + 1; k < _unit.Within(i, assign).End; k++)
                {
                    name = _unit[k].Kind == CppTokenKind.Name ? k : name;
                }

                words = 2;
                break;
            }

            if (token.Kind == CppTokenKind.Name && !IsQualifierWord(token.Text))
            {
                words += _unit.Is(i - 1, "::") && i > range.Start ? 0 : 1;
                name = i;
            }

            if (token.IsSymbol("[") && i > range.Start && !_unit.Is(i + 1, "["))
            {
                break;
            }

            i = token.IsSymbol("<") && _unit.EndOfTemplateArguments(i, assign) is > 0 and int close ? close : _unit.Behind(i, assign);
        }

        bool hasName = name >= 0 && words > 1 && !IsBuiltInTypeWord(_unit[name].Text) && !_unit.Is(name - 1, "::");
        return new CppParameter(hasName ? _unit[name].Text : "", new TokenRange(range.Start, hasName && !_unit.Is(name + 1, ")") ? name : assign), standard, isPack);
    }

    private static bool IsQualifierWord(string word) => word is "const" or "volatile" or "__restrict__" or "__restrict" or "typename" or "struct" or "class" or "enum" or "register" or "__grid_constant__";

    private int ReadVariables(int i, int end, CppScope scope, IReadOnlyList<CppTemplateParameter>? parameters, Action<CppDeclaration> sink)
    {
        int stop = EndOfStatement(i, end);
        ReadLocal(i, stop, scope, parameters, sink);
        return stop;
    }

    /// <summary>Reads the variables of a declaration that ends with a semicolon at the end of the range.</summary>
    public void ReadLocal(int i, int stop, CppScope? scope, IReadOnlyList<CppTemplateParameter>? parameters, Action<CppDeclaration> sink)
    {
        // The type: everything up to the last name before the first declarator's end.
        int at = i, name = -1;
        while (at < stop)
        {
            int behind = SkipAttributes(at, stop);
            if (behind > at)
            {
                at = behind;
                continue;
            }

            CppToken token = _unit[at];
            if (token.Kind == CppTokenKind.Symbol && token.Text is ";" or "=" or "," or "{" or "[" or ":")
            {
                break;
            }

            if (token.IsSymbol("("))
            {
                if (name < 0 || _unit.Is(at + 1, "*") || _unit.Is(at + 1, "&"))
                {
                    for (int k = at + 1; k < _unit.Within(at, stop).End; k++)
                    {
                        name = _unit[k].Kind == CppTokenKind.Name ? k : name;
                    }
                }

                break;
            }

            if (token.Kind == CppTokenKind.Name)
            {
                name = at;
            }

            at = token.IsSymbol("<") && _unit[at - 1].Kind == CppTokenKind.Name && _unit.EndOfTemplateArguments(at, stop) is > 0 and int close ? close : at + 1;
        }

        if (name < 0)
        {
            return;
        }

        int typeEnd = name;
        while (typeEnd > i && _unit[typeEnd - 1] is { Kind: CppTokenKind.Symbol, Text: "*" or "&" or "&&" or "(" } or { Kind: CppTokenKind.Name, Text: "__restrict__" or "__restrict" })
        {
            typeEnd--;
        }

        if (_unit.Is(i, "typedef") && _unit.Is(name - 1, "::"))
        {
            return;
        }

        ReadDeclarators(new TokenRange(i, typeEnd), new TokenRange(typeEnd, stop), SpecifiersIn(new TokenRange(i, typeEnd)), scope, parameters, sink, null);
    }

    private void ReadDeclarators(
        TokenRange type, TokenRange declarators, CppSpecifiers specifiers, CppScope? scope, IReadOnlyList<CppTemplateParameter>? parameters, Action<CppDeclaration> sink, CppClass? own)
    {
        foreach (TokenRange part in _unit.SplitAtCommas(declarators))
        {
            int at = part.Start;
            bool isPointer = false, isReference = false;
            while (at < part.End && (_unit[at].Kind != CppTokenKind.Name || IsQualifierWord(_unit[at].Text)))
            {
                isPointer |= _unit.Is(at, "*");
                isReference |= _unit.Is(at, "&") || _unit.Is(at, "&&");
                at = _unit.IsOpening(at) && !_unit.Is(at, "(") ? _unit.Behind(at, part.End) : at + 1;
            }

            if (at >= part.End)
            {
                continue;
            }

            int name = at++;
            List<TokenRange>? specialization = null;
            if (_unit.Is(at, "<") && parameters is not null && _unit.EndOfTemplateArguments(at, part.End) is > 0 and int close)
            {
                specialization = _unit.TemplateArguments(at, close);
                at = close;
            }

            List<TokenRange> dimensions = [];
            while (at < part.End && (_unit.Is(at, "[") || _unit.Is(at, ")")))
            {
                if (_unit.Is(at, "["))
                {
                    dimensions.Add(_unit.Within(at, part.End));
                }

                at = _unit.Behind(at, part.End);
            }

            at = SkipAttributes(at, part.End);
            if ((specifiers & CppSpecifiers.Typedef) != 0)
            {
                sink(new CppAlias { Name = _unit[name].Text, Scope = scope, TemplateParameters = parameters, Type = type, IsPointer = isPointer, Dimensions = dimensions });
                continue;
            }

            bool bracketed = at < part.End && _unit[at].Text is "{" or "(";
            TokenRange initializer = bracketed ? _unit.Within(at, part.End) : at < part.End && _unit.Is(at, "=") ? new TokenRange(at + 1, Trimmed(part.End)) : default;
            sink(new CppVariable
            {
                Name = _unit[name].Text,
                Scope = scope,
                TemplateParameters = parameters,
                Specialization = specialization,
                Specifiers = specifiers,
                Type = own is null ? type : new TokenRange(type.Start, type.End),
                IsPointer = isPointer,
                IsReference = isReference,
                Dimensions = dimensions,
                Initializer = initializer,
                IsBracketed = bracketed,
                Position = name,
            });
        }

        int Trimmed(int end) => end > 0 && _unit.Is(end - 1, ";") ? end - 1 : end;
    }
}
