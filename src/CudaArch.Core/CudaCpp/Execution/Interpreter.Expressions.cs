using CudaArch.CudaCpp.Syntax;
using CudaArch.CudaCpp.Text;

namespace CudaArch.CudaCpp.Execution;

/// <content>Expressions: their values, as far as they are known, and the calls in them.</content>
internal sealed partial class Interpreter
{
    private CppValue Evaluate(TokenRange range)
    {
        CppValue value = CppValue.Unknown;
        int p = range.Start;
        bool first = true;
        while (p < range.End && Step())
        {
            int before = p;
            CppValue part = _nesting > DeepestNesting ? CppValue.Unknown : Comma(ref p, range.End);
            value = first ? part : CppValue.Unknown;
            first = false;
            p = p == before ? (_nesting > DeepestNesting ? range.End : p + 1) : p;
        }

        return value;
    }

    private CppValue Comma(ref int p, int end)
    {
        CppValue value = Assignment(ref p, end);
        while (p < end && _unit.Is(p, ","))
        {
            p++;
            value = Assignment(ref p, end);
        }

        return value;
    }

    private CppValue Assignment(ref int p, int end)
    {
        if (_nesting > DeepestNesting)
        {
            p = end;
            return CppValue.Unknown;
        }

        _nesting++;
        CppValue value = Conditional(ref p, end);
        if (p < end && _unit[p] is { Kind: CppTokenKind.Symbol, Text: "=" or "+=" or "-=" or "*=" or "/=" or "%=" or "&=" or "|=" or "^=" or "<<=" or ">>=" })
        {
            bool plain = _unit.Is(p, "=");
            p++;
            CppValue right = Assignment(ref p, end);
            value = plain ? right : CppValue.Unknown;
        }

        _nesting--;
        return value;
    }

    private CppValue Conditional(ref int p, int end)
    {
        CppValue condition = Binary(ref p, end, 0);
        if (p >= end || !_unit.Is(p, "?"))
        {
            return condition;
        }

        p++;
        bool entry = _live;
        bool? holds = condition.Truth;
        _live = entry && holds != false;
        CppValue first = Assignment(ref p, end);
        p = p < end && _unit.Is(p, ":") ? p + 1 : p;
        _live = entry && holds != true;
        CppValue second = p < end ? Assignment(ref p, end) : CppValue.Unknown;
        _live = entry;
        return holds is { } known ? (known ? first : second) : first.Key == second.Key ? first : CppValue.Unknown;
    }

    private static int Precedence(string symbol) => symbol switch
    {
        "||" or "or" => 1,
        "&&" or "and" => 2,
        "|" or "bitor" => 3,
        "^" or "xor" => 4,
        "&" or "bitand" => 5,
        "==" or "!=" or "not_eq" => 6,
        "<" or ">" or "<=" or ">=" => 7,
        "<<" or ">>" => 8,
        "+" or "-" => 9,
        "*" or "/" or "%" => 10,
        ".*" or "->*" => 11,
        _ => -1,
    };

    private CppValue Binary(ref int p, int end, int least)
    {
        CppValue left = Unary(ref p, end);
        while (p < end && _unit[p].Kind is CppTokenKind.Symbol or CppTokenKind.Name)
        {
            string symbol = _unit[p].Text;
            int precedence = Precedence(symbol);
            if (precedence <= least || !Step())
            {
                break;
            }

            p++;
            bool entry = _live;
            if (precedence <= 2)
            {
                // What stands behind "false &&" is not evaluated.
                _live = entry && left.Truth != (precedence == 1);
            }

            CppValue right = Binary(ref p, end, precedence);
            _live = entry;
            left = precedence switch
            {
                1 => left.Truth == true || right.Truth == true ? CppValue.Of(true) : left.Truth == false && right.Truth == false ? CppValue.Of(false) : CppValue.Unknown,
                2 => left.Truth == false || right.Truth == false ? CppValue.Of(false) : left.Truth == true && right.Truth == true ? CppValue.Of(true) : CppValue.Unknown,
                _ => Operator(symbol, left, right),
            };
        }

        return left;
    }

    private CppValue Operator(string symbol, CppValue left, CppValue right)
    {
        if (left is ObjectValue { Type: { Instance: not null, Pointers: 0 } } or ObjectValue { Type.Pointers: 0 } && right is ObjectValue { Type.Instance: not null })
        {
            return CallOperator(symbol, left, [right]);
        }

        return right is ObjectValue { Type: { Instance: not null, Pointers: 0 } } ? CallOperator(symbol, left, [right]) : CppArithmetic.Combine(symbol, left, right);
    }

    private CppValue Unary(ref int p, int end)
    {
        CppToken token = _unit[p];
        if (p >= end)
        {
            return CppValue.Unknown;
        }

        if (token.Kind == CppTokenKind.Symbol)
        {
            switch (token.Text)
            {
                case "!" or "-" or "+" or "~":
                    p++;
                    CppValue operand = Nested(ref p, end);
                    return operand is ObjectValue { Type: { Instance: not null, Pointers: 0 } } ? CallOperator(token.Text, operand, []) : CppArithmetic.Prefix(token.Text, operand);
                case "*":
                    p++;
                    return Nested(ref p, end) is ObjectValue { Type.Pointers: > 0 } pointer ? new ObjectValue(pointer.Type.Pointee()) : CppValue.Unknown;
                case "&":
                    p++;
                    return Nested(ref p, end) switch
                    {
                        ObjectValue thing => new ObjectValue(thing.Type.PointerTo()),
                        FunctionValue function => function,
                        _ => CppValue.Unknown,
                    };
                case "++" or "--":
                    p++;
                    Nested(ref p, end);
                    return CppValue.Unknown;
                case "..." or ")":
                    p++;
                    return CppValue.Unknown;
            }
        }
        else if (token.Kind == CppTokenKind.Name)
        {
            switch (token.Text)
            {
                case "not" or "compl":
                    p++;
                    return CppArithmetic.Prefix(token.Text, Nested(ref p, end));
                case "sizeof" or "alignof" or "__alignof__" or "_Alignof":
                    return SizeOperator(ref p, end);
                case "throw" or "co_await" or "delete":
                    p++;
                    p = _unit.Is(p, "[") ? _unit.Behind(p, end) : p;
                    return p < end ? Nested(ref p, end) : CppValue.Unknown;
                case "new":
                    p++;
                    p = _unit.Is(p, "(") ? _unit.Behind(p, end) : p;
                    return CppValue.Unknown;
                case "noexcept" when _unit.Is(p + 1, "("):
                    p = _unit.Behind(p + 1, end);
                    return CppValue.Unknown;
                case "requires":
                    p = SkipRequires(p, end);
                    return CppValue.Unknown;
            }
        }

        return Postfix(ref p, end);
    }

    private int SkipRequires(int p, int end)
    {
        p = _unit.Is(p + 1, "(") ? _unit.Behind(p + 1, end) : p + 1;
        return _unit.Is(p, "{") ? _unit.Behind(p, end) : p;
    }

    private CppValue Nested(ref int p, int end)
    {
        if (_nesting > DeepestNesting)
        {
            p = end;
            return CppValue.Unknown;
        }

        _nesting++;
        CppValue value = Unary(ref p, end);
        _nesting--;
        return value;
    }

    private CppValue SizeOperator(ref int p, int end)
    {
        bool isSize = _unit.Is(p, "sizeof");
        p++;
        if (_unit.Is(p, "...") && _unit.Is(p + 1, "("))
        {
            string name = _unit[p + 2].Text;
            p = _unit.Behind(p + 1, end);
            return Lookup(name).Value is PackValue pack ? new IntegerValue(pack.Values.Count, true, 8) : CppValue.Unknown;
        }

        CppType? type;
        if (_unit.Is(p, "("))
        {
            TokenRange inner = _unit.Within(p, end);
            p = _unit.Behind(p, end);
            int at = inner.Start;
            type = ReadType(ref at, inner.End);
            if (type is null || at < inner.End)
            {
                type = TypeOfValue(Quiet(inner));
                if (inner.End == inner.Start + 1 && Lookup(_unit[inner.Start].Text).Value is null or ObjectValue && ArraySizeOf(_unit[inner.Start].Text) is { } bytes)
                {
                    return new IntegerValue(bytes, true, 8);
                }
            }
        }
        else
        {
            bool live = _live;
            _live = false;
            type = TypeOfValue(Nested(ref p, end));
            _live = live;
        }

        return type is not null && SizeOf(type) is { } size ? new IntegerValue(isSize ? size.Bytes : size.Alignment, true, 8) : CppValue.Unknown;
    }

    private CppValue Quiet(TokenRange range)
    {
        bool live = _live;
        _live = false;
        CppValue value = Evaluate(range);
        _live = live;
        return value;
    }

    private CppValue Postfix(ref int p, int end)
    {
        CppValue value = Primary(ref p, end);
        while (p < end && _unit[p].Kind == CppTokenKind.Symbol && Step())
        {
            switch (_unit[p].Text)
            {
                case "(":
                    List<CppValue> arguments = Arguments(_unit.Within(p, end));
                    p = _unit.Behind(p, end);
                    value = CallValue(value, arguments);
                    break;
                case "[":
                    CppValue index = Evaluate(_unit.Within(p, end));
                    p = _unit.Behind(p, end);
                    value = value is ObjectValue { Type.Pointers: > 0 } pointer ? new ObjectValue(pointer.Type.Pointee())
                        : value is ObjectValue { Type.Instance: not null } ? CallOperator("[]", value, [index]) : CppValue.Unknown;
                    break;
                case "." or "->":
                    value = Member(value, ref p, end);
                    break;
                case "++" or "--":
                    p++;
                    value = CppValue.Unknown;
                    break;
                default:
                    return value;
            }
        }

        return value;
    }

    private CppValue Member(CppValue value, ref int p, int end)
    {
        p++;
        p = _unit.Is(p, "template") ? p + 1 : p;
        p = _unit.Is(p, "~") ? p + 1 : p;
        if (_unit[p].Kind != CppTokenKind.Name)
        {
            return CppValue.Unknown;
        }

        string name = _unit[p++].Text;
        IReadOnlyList<CppValue>? explicitArguments = null;
        ClassInstance? owner = (value as ObjectValue)?.Type.Instance;
        LookupResult member = owner is null ? default : FindMember(owner, name);
        bool isExternal = owner is null && value is not ObjectValue && !value.Key.Equals("?", StringComparison.Ordinal);
        IReadOnlyList<CppFunction> functions = member.Declarations is { } found
            ? [.. found.OfType<CppFunction>()]
            : owner is null && value == CppValue.Unknown && !isExternal ? [.. FunctionsNamed(name).Where(f => f.Scope?.Class is not null)] : [];
        if (functions.Count > 0 && _unit.Is(p, "<") && functions.Any(f => f.IsTemplate) && _unit.EndOfTemplateArguments(p, end) is > 0 and int close)
        {
            explicitArguments = TemplateArgumentValues(_unit.TemplateArguments(p, close));
            p = close;
        }

        if (functions.Count > 0)
        {
            return new FunctionValue(functions, member.Owner ?? owner, explicitArguments);
        }

        if (member.Declarations is [CppVariable variable, ..])
        {
            bool isConstant = (variable.Specifiers & CppSpecifiers.Static) != 0;
            return isConstant ? ValueOf(variable, member.Owner, null) : ObjectOf(variable, member.Owner);
        }

        return CppValue.Unknown;
    }

    private CppValue Primary(ref int p, int end)
    {
        CppToken token = _unit[p];
        switch (token.Kind)
        {
            case CppTokenKind.Number:
                p++;
                return NumberValue(token.Text);
            case CppTokenKind.Character:
                p++;
                return new IntegerValue(CppNumber.Character(token.Text), false, 1);
            case CppTokenKind.String:
                while (p < end && _unit[p].Kind == CppTokenKind.String)
                {
                    p++;
                }

                return CppValue.Unknown;
            case CppTokenKind.Symbol:
                switch (token.Text)
                {
                    case "(":
                        return Parenthesized(ref p, end);
                    case "[":
                        return Lambda(ref p, end);
                    case "{":
                        Arguments(_unit.Within(p, end));
                        p = _unit.Behind(p, end);
                        return CppValue.Unknown;
                    case "::":
                        return Name(ref p, end);
                    default:
                        p++;
                        return CppValue.Unknown;
                }

            case CppTokenKind.Name:
                return Word(ref p, end);
            default:
                p++;
                return CppValue.Unknown;
        }
    }

    private static CppValue NumberValue(string text)
    {
        if (CppNumber.Integer(text) is { } integer)
        {
            int bytes = text.IndexOf('l') >= 0 || text.IndexOf('L') >= 0 || (integer.IsUnsigned ? unchecked((ulong)integer.Value) > uint.MaxValue : integer.Value > int.MaxValue) ? 8 : 4;
            return new IntegerValue(integer.Value, integer.IsUnsigned, bytes);
        }

        return CppNumber.Real(text) is { } real ? new RealValue(real) : CppValue.Unknown;
    }

    // "(x)", "(type)x", "({ … })".
    private CppValue Parenthesized(ref int p, int end)
    {
        TokenRange inner = _unit.Within(p, end);
        int behind = _unit.Behind(p, end);
        if (_unit.Is(inner.Start, "{"))
        {
            bool entry = _live;
            ExecuteBlock(_unit.Within(inner.Start, inner.End));
            _live = entry;
            p = behind;
            return CppValue.Unknown;
        }

        if (FoldIn(inner) is { } fold)
        {
            p = behind;
            return Folded(inner, fold);
        }

        int at = inner.Start;
        bool canBeCast = behind < end && (_unit[behind].Kind is CppTokenKind.Name or CppTokenKind.Number or CppTokenKind.Character or CppTokenKind.String
            || _unit[behind].Text is "(" or "-" or "+" or "!" or "~" or "*" or "&" or "::" or "{");
        int precedence = Precedence(_unit[behind].Text);
        if (canBeCast && ReadType(ref at, inner.End) is { } type && at == inner.End
            && (precedence < 0 || DeclarationReader.IsBuiltInTypeWord(_unit[inner.Start].Text) || type.Pointers > 0 || IsTypeName(inner)))
        {
            p = behind;
            CppValue operand = Nested(ref p, end);
            return Cast(type, operand, _unit[inner.Start]);
        }

        p = behind;
        return Evaluate(inner);
    }

    private bool IsTypeName(TokenRange range) => range.End == range.Start + 1 && Lookup(_unit[range.Start].Text) is { Value: TypeValue } or { Declarations: [CppClass or CppAlias, ..] };

    private CppValue Cast(CppType type, CppValue operand, CppToken at)
    {
        NoteConversion(type, [operand], at);
        return Converted(operand, type) is { } converted && converted != CppValue.Unknown && converted is not ObjectValue ? converted : new ObjectValue(type);
    }

    /// <summary>A value as another type holds it.</summary>
    private static CppValue Converted(CppValue value, CppType? type)
    {
        if (type is null || type.Pointers > 0 || type.Instance is { Declaration.Key: not "enum" })
        {
            return type is { Pointers: 0, Instance: not null } && value is IntegerValue or RealValue ? CppValue.Unknown : value;
        }

        if (BuiltInTypes.Find(type.Name) is not { } built)
        {
            return value;
        }

        return (built.Kind, value) switch
        {
            (BuiltInKind.Boolean, { Truth: { } truth }) => CppValue.Of(truth),
            (BuiltInKind.Signed or BuiltInKind.Unsigned, IntegerValue integer) => CppArithmetic.Wrapped(integer.Value, built.Kind == BuiltInKind.Unsigned, built.Bytes),
            (BuiltInKind.Signed or BuiltInKind.Unsigned, RealValue { Value: > -9e15 and < 9e15 } real) => CppArithmetic.Wrapped((long)real.Value, built.Kind == BuiltInKind.Unsigned, built.Bytes),
            (BuiltInKind.Real, IntegerValue integer) => new RealValue(integer.Value),
            _ => value is IntegerValue && built.Kind == BuiltInKind.Other ? CppValue.Unknown : value,
        };
    }

    private CppValue Word(ref int p, int end)
    {
        string word = _unit[p].Text;
        switch (word)
        {
            case "true" or "false":
                p++;
                return CppValue.Of(word == "true");
            case "nullptr":
                p++;
                return new IntegerValue(0, true, 8);
            case "this":
                p++;
                return _frame.Owner is { } owner ? new ObjectValue(new CppType(owner.Declaration.Name, owner, 1)) : CppValue.Unknown;
            case "static_cast" or "reinterpret_cast" or "const_cast" or "dynamic_cast" or "bit_cast" when _unit.Is(p + 1, "<") && _unit.EndOfTemplateArguments(p + 1, end) is > 0 and int close:
                int at = p + 2;
                CppType? type = ReadType(ref at, close - 1);
                p = close;
                if (!_unit.Is(p, "("))
                {
                    return CppValue.Unknown;
                }

                CppToken place = _unit[p];
                CppValue operand = Evaluate(_unit.Within(p, end));
                p = _unit.Behind(p, end);
                return type is null ? operand is ClosureValue or FunctionValue ? operand : CppValue.Unknown : word == "static_cast" ? Cast(type, operand, place) : new ObjectValue(type);
            case "asm" or "__asm__" or "__asm":
                p = ReadAssembly(p, end);
                return CppValue.Unknown;
            case "typeid" when _unit.Is(p + 1, "("):
                p = _unit.Behind(p + 1, end);
                return CppValue.Unknown;
            case "decltype" when _unit.Is(p + 1, "("):
                return Name(ref p, end);
            case "template" or "typename" or "const":
                p++;
                return p < end ? NameOrConstruction(ref p, end) : CppValue.Unknown;
            case "if" or "for" or "while" or "do" or "switch" or "return":
                // A statement where an expression should stand: what follows is read on.
                p = Math.Max(p + 1, ExecuteStatement(p, end, _live));
                return CppValue.Unknown;
            default:
                return NameOrConstruction(ref p, end);
        }
    }

    // "int(x)", "T{}" or a name.
    private CppValue NameOrConstruction(ref int p, int end)
    {
        if (DeclarationReader.IsBuiltInTypeWord(_unit[p].Text) && Lookup(_unit[p].Text).Value is null)
        {
            int at = p;
            if (ReadType(ref at, end) is { } type)
            {
                p = at;
                return Constructed(type, ref p, end, _unit[p]);
            }
        }

        return Name(ref p, end);
    }

    private CppValue Constructed(CppType type, ref int p, int end, CppToken place)
    {
        if (p >= end || !(_unit.Is(p, "(") || _unit.Is(p, "{")))
        {
            return new TypeValue(type);
        }

        List<CppValue> arguments = Arguments(_unit.Within(p, end));
        p = _unit.Behind(p, end);
        if (_live)
        {
            ConstructWith(type, arguments, place);
        }

        CppValue converted = arguments.Count == 1 ? Converted(arguments[0], type) : arguments.Count == 0 && BuiltInTypes.Find(type.Name) is { Kind: not BuiltInKind.Other } ? Converted(new IntegerValue(0, false), type) : CppValue.Unknown;
        return converted is IntegerValue or RealValue ? converted : new ObjectValue(type);
    }

    private List<CppValue> Arguments(TokenRange range)
    {
        var values = new List<CppValue>();
        foreach (TokenRange part in _unit.SplitAtCommas(range))
        {
            if (part.End - 1 > part.Start && _unit.Is(part.End - 1, "..."))
            {
                values.AddRange(Expanded(part with { End = part.End - 1 }));
            }
            else
            {
                values.Add(Evaluate(part));
            }
        }

        return values;
    }

    private CppValue Lambda(ref int p, int end)
    {
        int start = p;
        int at = _unit.Behind(p, end);
        if (_unit.Is(at, "<") && _unit.EndOfTemplateArguments(at, end) is > 0 and int close)
        {
            at = close;
        }

        TokenRange parameters = default;
        if (_unit.Is(at, "("))
        {
            parameters = _unit.Within(at, end);
            at = _unit.Behind(at, end);
        }

        while (at < end && !_unit.Is(at, "{") && !_unit.Is(at, ";") && !_unit.Is(at, ","))
        {
            at = _unit.Behind(at, end);
        }

        if (!_unit.Is(at, "{"))
        {
            p = Math.Max(start + 1, at);
            return CppValue.Unknown;
        }

        // Initialized captures are variables.
        foreach (TokenRange capture in _unit.SplitAtCommas(_unit.Within(start, end)))
        {
            if (_unit[capture.Start].Kind == CppTokenKind.Name && _unit.Is(capture.Start + 1, "="))
            {
                _frame.Bind(_unit[capture.Start].Text, Evaluate(new TokenRange(capture.Start + 2, capture.End)));
            }
        }

        p = _unit.Behind(at, end);
        return new ClosureValue(start, parameters, _unit.Within(at, end), _frame);
    }
}
