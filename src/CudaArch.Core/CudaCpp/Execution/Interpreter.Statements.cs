using CudaArch.CudaCpp.Syntax;
using CudaArch.CudaCpp.Text;

namespace CudaArch.CudaCpp.Execution;

/// <content>Statements: which of them are reached.</content>
internal sealed partial class Interpreter
{
    private void ExecuteBlock(TokenRange range)
    {
        bool entry = _live;
        for (int i = range.Start; i < range.End && Step();)
        {
            int next = ExecuteStatement(i, range.End, entry);
            i = Math.Max(next, i + 1);
        }
    }

    // Gives the index behind the statement; _live says whether what follows is reached.
    private int ExecuteStatement(int i, int end, bool entry)
    {
        if (_nesting > DeepestNesting || !Step())
        {
            return _reader.EndOfStatement(i, end);
        }

        _nesting++;
        int next = ExecuteNested(i, end, entry);
        _nesting--;
        return next;
    }

    private int ExecuteNested(int i, int end, bool entry)
    {
        i = SkipStatementAttributes(i, end);
        CppToken token = _unit[i];
        if (token.Kind == CppTokenKind.Name)
        {
            switch (token.Text)
            {
                case "if":
                    return ExecuteIf(i, end);
                case "for" or "while":
                    return ExecuteLoop(i, end);
                case "do":
                    return ExecuteDo(i, end);
                case "switch":
                    return ExecuteSwitch(i, end);
                case "case" or "default":
                    // Outside a switch that is followed: whatever stands there is reached.
                    _live = entry;
                    return BehindLabel(i, end);
                case "return" or "co_return" or "throw":
                    return ExecuteReturn(i, end);
                case "break" or "continue" or "goto":
                    _live = false;
                    return _reader.EndOfStatement(i, end);
                case "else":
                    return i + 1;
                case "asm" or "__asm__" or "__asm":
                    return ReadAssembly(i, end);
                case "static_assert" or "_Static_assert" when _unit.Is(i + 1, "("):
                    CheckAssertion(token, _unit.Within(i + 1, end));
                    return _reader.EndOfStatement(i, end);
                case "using":
                    return _reader.ReadUsing(i, end, null, null, Declare);
                case "namespace":
                    return ExecuteNamespaceAlias(i, end);
                case "try":
                    return i + 1;
            }

            if (_unit.Is(i + 1, ":") && token.Text is not ("public" or "private" or "protected"))
            {
                _live = entry;
                return i + 2;
            }
        }

        if (token.IsSymbol("{"))
        {
            ExecuteBlock(_unit.Within(i, end));
            return _unit.Behind(i, end);
        }

        if (token.IsSymbol(";"))
        {
            return i + 1;
        }

        if (StartsDeclaration(i, end))
        {
            return ExecuteDeclaration(i, end);
        }

        int stop = EndOfExpressionStatement(i, end);
        Evaluate(new TokenRange(i, stop));
        return Math.Max(i + 1, _unit.Is(stop, ";") ? stop + 1 : stop);
    }

    // A statement that a macro brings may lack its semicolon before a brace closes.
    private int EndOfExpressionStatement(int i, int end)
    {
        while (i < end && !_unit.Is(i, ";") && !_unit.Is(i, "}"))
        {
            i = _unit.Behind(i, end);
        }

        return i;
    }

    private int SkipStatementAttributes(int i, int end) => _unit.Is(i, "[") && _unit.Is(i + 1, "[") ? _unit.Behind(i, end) : i;

    private int BehindLabel(int i, int end)
    {
        while (i < end && !_unit.Is(i, ":") && !_unit.Is(i, ";"))
        {
            i = _unit.Behind(i, end);
        }

        return i + 1;
    }

    private int ExecuteNamespaceAlias(int i, int end)
    {
        int stop = _reader.EndOfStatement(i, end);
        List<string> path = [];
        for (int k = i + 3; k < stop - 1; k++)
        {
            if (_unit[k].Kind == CppTokenKind.Name)
            {
                path.Add(_unit[k].Text);
            }
        }

        Declare(new CppNameAlias { Name = _unit[i + 1].Text, Scope = null, Path = path });
        return stop;
    }

    private void Declare(CppDeclaration declaration) => _frame.Declare(declaration);

    private int ExecuteIf(int i, int end)
    {
        int open = i + 1;
        bool isConstexpr = _unit.Is(open, "constexpr");
        if (isConstexpr)
        {
            open++;
        }
        else if (_unit.Is(open, "consteval") || (_unit.Is(open, "!") && _unit.Is(open + 1, "consteval")))
        {
            // Device code is not evaluated while it is compiled.
            bool negated = _unit.Is(open, "!");
            return ExecuteBranches(open + (negated ? 2 : 1), end, negated, _live);
        }

        if (!_unit.Is(open, "("))
        {
            return open;
        }

        bool entry = _live;
        CppValue condition = EvaluateCondition(_unit.Within(open, end));
        return ExecuteBranches(_unit.Behind(open, end), end, condition.Truth, entry);
    }

    private int ExecuteBranches(int i, int end, bool? holds, bool entry)
    {
        int assemblyBefore = i;
        _live = entry && holds != false;
        int next = ExecuteStatement(i, end, _live);
        int behindFirst = next;
        bool afterFirst = _live;
        bool hasElse = _unit.Is(next, "else") && next < end;
        _live = entry && holds != true;
        bool afterSecond = _live;
        if (hasElse)
        {
            next = ExecuteStatement(next + 1, end, _live);
            afterSecond = _live;
        }

        if (entry && holds is { } known)
        {
            NoteLeftOut(known ? new TokenRange(behindFirst, next) : new TokenRange(assemblyBefore, behindFirst), hasOther: known || hasElse);
        }

        _live = afterFirst || afterSecond;
        return next;
    }

    private void NoteLeftOut(TokenRange range, bool hasOther)
    {
        for (int i = range.Start; i < range.End; i++)
        {
            if (_unit[i] is { Kind: CppTokenKind.Name, Text: "asm" or "__asm__" or "__asm" })
            {
                LeftOut.Add((_unit[i].Start, hasOther));
            }
        }
    }

    private CppValue EvaluateCondition(TokenRange range)
    {
        // "if (int x = f(); x > 0)"
        int semicolon = range.Start;
        while (semicolon < range.End && !_unit.Is(semicolon, ";"))
        {
            semicolon = _unit.Behind(semicolon, range.End);
        }

        if (semicolon < range.End)
        {
            ExecuteStatement(range.Start, semicolon + 1, _live);
            return EvaluateCondition(new TokenRange(semicolon + 1, range.End));
        }

        if (StartsDeclaration(range.Start, range.End))
        {
            CppVariable? declared = null;
            _reader.ReadLocal(range.Start, range.End, null, null, declaration => declared = declaration as CppVariable);
            if (declared is not null)
            {
                CppValue value = DeclareVariable(declared);
                return declared.Initializer.IsEmpty ? CppValue.Unknown : value;
            }
        }

        return Evaluate(range);
    }

    private int ExecuteLoop(int i, int end)
    {
        if (!_unit.Is(i + 1, "("))
        {
            return i + 1;
        }

        bool entry = _live;
        TokenRange head = _unit.Within(i + 1, end);
        int body = _unit.Behind(i + 1, end);
        CppValue condition = CppValue.Unknown;
        if (_unit.Is(i, "while"))
        {
            condition = EvaluateCondition(head);
            _live = entry && condition.Truth != false;
        }
        else
        {
            List<TokenRange> parts = SplitAtSemicolons(head);
            if (parts.Count == 1)
            {
                ExecuteRangeHead(head);
            }
            else
            {
                if (!parts[0].IsEmpty)
                {
                    ExecuteStatement(parts[0].Start, parts[0].End + 1, _live);
                }

                condition = parts[1].IsEmpty ? CppValue.Of(true) : Evaluate(parts[1]);
                _live = entry && condition.Truth != false;
                if (parts.Count > 2)
                {
                    Evaluate(parts[2]);
                }
            }
        }

        int next = ExecuteStatement(body, end, _live);
        _live = entry && !(condition.Truth == true && !LeavesLoop(new TokenRange(body, next)));
        return next;
    }

    private bool LeavesLoop(TokenRange body)
    {
        for (int i = body.Start; i < body.End; i++)
        {
            if (_unit[i] is { Kind: CppTokenKind.Name, Text: "break" or "goto" })
            {
                return true;
            }
        }

        return false;
    }

    private List<TokenRange> SplitAtSemicolons(TokenRange range)
    {
        var parts = new List<TokenRange>();
        int start = range.Start;
        for (int i = range.Start; i < range.End; i = _unit.Behind(i, range.End))
        {
            if (_unit.Is(i, ";"))
            {
                parts.Add(new TokenRange(start, i));
                start = i + 1;
            }
        }

        parts.Add(new TokenRange(start, range.End));
        return parts;
    }

    // "for (auto x : values)"
    private void ExecuteRangeHead(TokenRange head)
    {
        int colon = head.Start;
        while (colon < head.End && !_unit.Is(colon, ":"))
        {
            colon = _unit.Behind(colon, head.End);
        }

        if (colon < head.End)
        {
            _frame.Bind(_unit[colon - 1].Text, CppValue.Unknown);
            Evaluate(new TokenRange(colon + 1, head.End));
        }
    }

    private int ExecuteDo(int i, int end)
    {
        bool entry = _live;
        int next = ExecuteStatement(i + 1, end, _live);
        if (_unit.Is(next, "while") && _unit.Is(next + 1, "("))
        {
            Evaluate(_unit.Within(next + 1, end));
            next = _reader.EndOfStatement(next, end);
        }

        // "do { … return; } while (0)" ends as its body does, when nothing leaves the loop before.
        _live = _live || (entry && LeavesLoop(new TokenRange(i, next)));
        return next;
    }

    private int ExecuteSwitch(int i, int end)
    {
        if (!_unit.Is(i + 1, "("))
        {
            return i + 1;
        }

        bool entry = _live;
        CppValue selector = EvaluateCondition(_unit.Within(i + 1, end));
        int body = _unit.Behind(i + 1, end);
        if (!_unit.Is(body, "{"))
        {
            return ExecuteStatement(body, end, _live);
        }

        TokenRange range = _unit.Within(body, end);
        bool? anyMatches = selector is IntegerValue ? AnyCaseMatches(range, selector) : null;
        _live = false;
        for (int at = range.Start; at < range.End && Step();)
        {
            if (_unit.Is(at, "case"))
            {
                int behind = BehindLabel(at, range.End);
                CppValue value = Evaluate(new TokenRange(at + 1, behind - 1));
                bool? matches = selector is IntegerValue && value is IntegerValue ? selector.Key == value.Key : null;
                _live |= entry && matches != false;
                at = behind;
            }
            else if (_unit.Is(at, "default"))
            {
                _live |= entry && anyMatches != true;
                at = BehindLabel(at, range.End);
            }
            else
            {
                at = Math.Max(at + 1, ExecuteStatement(at, range.End, _live));
            }
        }

        _live = entry;
        return _unit.Behind(body, end);
    }

    private bool? AnyCaseMatches(TokenRange range, CppValue selector)
    {
        bool known = true;
        bool live = _live;
        _live = false;
        for (int at = range.Start; at < range.End; at = _unit.Behind(at, range.End))
        {
            if (_unit.Is(at, "case"))
            {
                CppValue value = Evaluate(new TokenRange(at + 1, BehindLabel(at, range.End) - 1));
                if (value is IntegerValue && value.Key == selector.Key)
                {
                    _live = live;
                    return true;
                }

                known &= value is IntegerValue;
            }
        }

        _live = live;
        return known ? false : null;
    }

    private int ExecuteReturn(int i, int end)
    {
        int stop = EndOfExpressionStatement(i, end);
        CppValue value = stop > i + 1 ? Evaluate(new TokenRange(i + 1, stop)) : CppValue.Unknown;
        if (_live)
        {
            _frame.Returned.Add(value);
        }

        _live = false;
        return Math.Max(i + 1, _unit.Is(stop, ";") ? stop + 1 : stop);
    }

    private int ExecuteDeclaration(int i, int end)
    {
        int key = i;
        while (_unit[key].Text is "static" or "const" or "constexpr" or "typedef" or "__shared__" or "volatile")
        {
            key++;
        }

        if (_unit[key].Text is "struct" or "class" or "union" or "enum"
            && _reader.TryReadLocalClass(key, end, new CppScope("", _frame.Scope), Declare) is > 0 and int behind)
        {
            return behind;
        }

        int stop = EndOfExpressionStatement(i, end);
        List<CppDeclaration> declared = [];
        _reader.ReadLocal(i, stop, null, null, declared.Add);
        foreach (CppDeclaration declaration in declared)
        {
            if (declaration is CppVariable variable)
            {
                DeclareVariable(variable);
            }
            else
            {
                Declare(declaration);
            }
        }

        return Math.Max(i + 1, _unit.Is(stop, ";") ? stop + 1 : stop);
    }

    private CppValue DeclareVariable(CppVariable variable)
    {
        bool isShared = (variable.Specifiers & CppSpecifiers.Shared) != 0;
        if (isShared && _live)
        {
            AddShared(variable);
        }

        CppType? type = variable.Type.IsEmpty ? null : TypeOf(variable);
        if (_live && type is not null && !variable.IsPointer && variable.Dimensions.Count == 0)
        {
            Construct(type, variable);
        }

        CppValue value = CppValue.Unknown;
        if (!variable.Initializer.IsEmpty)
        {
            List<TokenRange> parts = variable.IsBracketed ? _unit.SplitAtCommas(variable.Initializer) : [variable.Initializer];
            foreach (TokenRange part in parts)
            {
                value = Evaluate(part);
            }

            value = parts.Count == 1 ? Converted(value, type) : CppValue.Unknown;
        }

        const CppSpecifiers Lasting = CppSpecifiers.Const | CppSpecifiers.Constexpr;
        bool changes = (variable.Specifiers & Lasting) == 0 && (_frame.Changing.Contains(variable.Name) || (variable.Specifiers & CppSpecifiers.Static) != 0);
        if (isShared || variable.Dimensions.Count > 0 || (variable.Specifiers & CppSpecifiers.Volatile) != 0 || changes || value is IntegerValue or RealValue && variable.IsReference && (variable.Specifiers & Lasting) == 0)
        {
            value = CppValue.Unknown;
        }

        if (value == CppValue.Unknown && type is not null && variable.Dimensions.Count == 0)
        {
            value = new ObjectValue(variable.IsPointer ? type.PointerTo() : type);
        }

        _frame.Bind(variable.Name, value);
        return value;
    }

    // Names one after another, or a word that only begins declarations.
    private bool StartsDeclaration(int i, int end)
    {
        CppToken token = _unit[i];
        if (token.Kind != CppTokenKind.Name)
        {
            return token.IsSymbol("::") && _unit[i + 1].Kind == CppTokenKind.Name && StartsDeclaration(i + 1, end);
        }

        switch (token.Text)
        {
            case "const" or "constexpr" or "static" or "volatile" or "__shared__" or "extern" or "register" or "alignas" or "__align__" or "typedef" or "struct" or "class" or "union" or "enum" or "auto"
                or "typename" or "__constant__" or "__device__" or "thread_local" or "mutable":
                return true;
            case "return" or "new" or "delete" or "sizeof" or "this" or "true" or "false" or "nullptr" or "operator" or "static_cast" or "reinterpret_cast" or "const_cast" or "dynamic_cast" or "not":
                return false;
        }

        int at = i;
        if (DeclarationReader.IsBuiltInTypeWord(token.Text) && _frame.Find(token.Text) is null)
        {
            while (_unit[at].Kind == CppTokenKind.Name && (DeclarationReader.IsBuiltInTypeWord(_unit[at].Text) || _unit[at].Text is "const" or "volatile"))
            {
                at++;
            }
        }
        else if (token.IsName("decltype") && _unit.Is(i + 1, "("))
        {
            at = _unit.Behind(i + 1, end);
        }
        else
        {
            while (_unit[at].Kind == CppTokenKind.Name)
            {
                at++;
                if (_unit.Is(at, "<") && !IsVariable(_unit[at - 1].Text) && _unit.EndOfTemplateArguments(at, end) is > 0 and int close)
                {
                    at = close;
                }

                if (!_unit.Is(at, "::"))
                {
                    break;
                }

                at++;
                at = _unit.Is(at, "template") ? at + 1 : at;
            }
        }

        if (at <= i)
        {
            return false;
        }

        bool marked = false;
        while (at < end && (_unit[at] is { Kind: CppTokenKind.Symbol, Text: "*" or "&" or "&&" } || _unit[at].Text is "const" or "__restrict__" or "__restrict" or "volatile"))
        {
            marked |= _unit[at].Kind == CppTokenKind.Symbol;
            at++;
        }

        if (_unit[at].Kind != CppTokenKind.Name)
        {
            // "float (&d)[4] = x;", "auto [a, b] = …"
            return _unit.Is(at, "(") && _unit[at + 1] is { Kind: CppTokenKind.Symbol, Text: "&" or "*" } && DeclarationReader.IsBuiltInTypeWord(token.Text);
        }

        string behind = _unit[at + 1].Text;
        if (at + 1 >= end)
        {
            return !marked;
        }

        if (marked)
        {
            return behind is "=" or ";" or "[" || (behind is "(" or "{" or ",") && !IsVariable(token.Text);
        }

        return behind is "=" or ";" or "," or "(" or "[" or "{" or ":" or ")" || _unit[at + 1].Kind == CppTokenKind.Name;
    }

    private bool IsVariable(string name) => _frame.Find(name) is { } value and not TypeValue || _frame.FindDeclaration(name) is CppVariable { TemplateParameters: null };
}
