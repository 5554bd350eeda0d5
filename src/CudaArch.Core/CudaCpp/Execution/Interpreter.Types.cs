using CudaArch.CudaCpp.Syntax;
using CudaArch.CudaCpp.Text;

namespace CudaArch.CudaCpp.Execution;

/// <content>Types, and the templates that make them.</content>
internal sealed partial class Interpreter
{
    private readonly Dictionary<string, ClassInstance> _classes = new(StringComparer.Ordinal);
    private readonly Dictionary<CppClass, int> _classNumbers = [];

    /// <summary>Reads a type; null when what stands there is none that is known. The position moves behind what can be read as a type.</summary>
    private CppType? ReadType(ref int p, int end)
    {
        if (_lookups > DeepestLookup)
        {
            return null;
        }

        _lookups++;
        CppType? type = ReadTypeCore(ref p, end);
        while (type is not null && p < end)
        {
            if (_unit.Is(p, "*"))
            {
                type = type.PointerTo();
                p++;
            }
            else if (_unit.Is(p, "&") || _unit.Is(p, "&&") || _unit[p].Text is "const" or "volatile" or "__restrict__" or "__restrict")
            {
                p++;
            }
            else if (_unit.Is(p, "(") && (_unit.Is(p + 1, "*") || _unit.Is(p + 1, "&")) && _unit.Is(_unit.Behind(p, end), "("))
            {
                p = _unit.Behind(_unit.Behind(p, end), end);
                type = new CppType("function", null, 1);
            }
            else if (_unit.Is(p, "[") && !_unit.Is(p + 1, "["))
            {
                p = _unit.Behind(p, end);
                type = type.PointerTo();
            }
            else
            {
                break;
            }
        }

        _lookups--;
        return type;
    }

    private CppType? ReadTypeCore(ref int p, int end)
    {
        while (p < end && (_unit[p].Text is "const" or "volatile" or "typename" or "struct" or "class" or "enum" or "union" or "constexpr" or "static" or "inline" or "__shared__" or "__device__" or "__constant__"
            or "extern" or "register" or "__grid_constant__" or "mutable" or "__restrict__" or "alignas" or "__align__" or "thread_local" or "__forceinline__" or "__host__" or "__global__" or "friend" or "virtual"
            || (_unit.Is(p, "[") && _unit.Is(p + 1, "[")) || DeclarationReader.IsAttributeWord(_unit[p].Text) && !_unit.Is(p, "decltype") || _unit[p].Kind == CppTokenKind.String))
        {
            p = _unit.Is(p + 1, "(") && DeclarationReader.IsAttributeWord(_unit[p].Text) ? _unit.Behind(p + 1, end) : _unit.Behind(p, end);
        }

        if (p >= end)
        {
            return null;
        }

        if (DeclarationReader.IsBuiltInTypeWord(_unit[p].Text) && Lookup(_unit[p].Text).Value is null)
        {
            return ReadBuiltIn(ref p, end);
        }

        int start = p;
        bool fromGlobal = _unit.Is(p, "::");
        p = fromGlobal ? p + 1 : p;
        if (_unit[p].Kind != CppTokenKind.Name)
        {
            p = start;
            return null;
        }

        LookupResult found = FirstOfName(ref p, end, fromGlobal);
        while (true)
        {
            List<CppValue>? arguments = null;
            if (p < end && _unit.Is(p, "<") && _unit.EndOfTemplateArguments(p, end) is > 0 and int close)
            {
                arguments = TemplateArgumentValues(_unit.TemplateArguments(p, close));
                p = close;
            }

            if (!(p + 1 < end && _unit.Is(p, "::") && _unit[p + 1].Kind == CppTokenKind.Name))
            {
                return TypeOfLookup(found, arguments, start);
            }

            if (arguments is not null || found.Declarations is [CppAlias, ..])
            {
                found = TypeOfLookup(found, arguments, start) is { } type ? LookupResult.Of(new TypeValue(type)) : LookupResult.Of(CppValue.Unknown);
            }

            p++;
            p = _unit.Is(p, "template") ? p + 1 : p;
            found = Within(found, _unit[p].Text);
            p++;
        }
    }

    private CppType ReadBuiltIn(ref int p, int end)
    {
        int longs = 0;
        bool isUnsigned = false, isSigned = false;
        string basic = "";
        while (p < end && (DeclarationReader.IsBuiltInTypeWord(_unit[p].Text) || _unit[p].Text is "const" or "volatile"))
        {
            switch (_unit[p].Text)
            {
                case "long":
                    longs++;
                    break;
                case "unsigned":
                    isUnsigned = true;
                    break;
                case "signed":
                    isSigned = true;
                    break;
                case "const" or "volatile":
                    break;
                case "int" when basic == "short":
                    break;
                default:
                    basic = _unit[p].Text;
                    break;
            }

            p++;
        }

        string name = basic is "" or "int" && longs > 0 ? (longs > 1 ? "long long" : "long") : basic == "" ? "int" : basic;
        return new CppType(isUnsigned ? "unsigned " + name : isSigned && name == "char" ? "signed char" : name == "half" ? "__half" : name);
    }

    private CppType? TypeOfLookup(LookupResult found, IReadOnlyList<CppValue>? arguments, int start)
    {
        if (found.Value is TypeValue value)
        {
            return value.Type;
        }

        if (found.External is { } external)
        {
            if (TypeTraits.Evaluate(external, arguments ?? []) is { } trait)
            {
                return (trait as TypeValue)?.Type;
            }

            if (_live)
            {
                Names.Add(new ReachedName(QualifiedExternal(external), external, _unit[start], ReachedNameKind.Type, []));
            }

            return new CppType(external, null, 0, arguments);
        }

        if (found.Declarations is not { Count: > 0 } declarations)
        {
            return null;
        }

        switch (declarations[declarations.Count - 1])
        {
            case CppAlias alias:
                return AliasedType(alias, found.Owner, arguments);
            case CppClass:
                List<CppClass> classes = [.. declarations.OfType<CppClass>()];
                ClassInstance? instance = Instantiate(classes, arguments ?? [], found.Owner);
                return instance is null ? null : new CppType(instance.Declaration.Name, instance);
            default:
                return null;
        }
    }

    private CppType? AliasedType(CppAlias alias, ClassInstance? owner, IReadOnlyList<CppValue>? arguments)
    {
        if (_calls > DeepestCalls)
        {
            return null;
        }

        (Frame frame, bool live) = (_frame, _live);
        _calls++;
        if (alias.Scope is not null)
        {
            _frame = new Frame(owner?.Key ?? "", alias.Scope, owner, owner?.Frame);
        }
        else if (alias.TemplateParameters is not null)
        {
            _frame = new Frame(_frame.Key, _frame.Scope, _frame.Owner, _frame);
        }

        if (alias.TemplateParameters is { } parameters)
        {
            BindTemplate(parameters, arguments ?? [], []);
        }

        _live = false;
        int at = alias.Type.Start;
        CppType? type = ReadType(ref at, alias.Type.End);
        (_frame, _live) = (frame, live);
        _calls--;
        return type is not null && (alias.IsPointer || alias.Dimensions.Count > 0) ? type.PointerTo() : type;
    }

    private ClassInstance Plain(CppClass declaration, ClassInstance? outer = null)
    {
        for (ClassInstance? current = _frame.Owner; current is not null; current = current.Outer)
        {
            if (current.Declaration == declaration)
            {
                return current;
            }

            outer ??= current.Declaration == declaration.Scope?.Class ? current : null;
        }

        return Instance(declaration, [], "", outer);
    }

    private ClassInstance Instance(CppClass declaration, Dictionary<string, CppValue> bindings, string arguments, ClassInstance? outer)
    {
        if (!_classNumbers.TryGetValue(declaration, out int number))
        {
            _classNumbers.Add(declaration, number = _classNumbers.Count);
        }

        outer = declaration.Scope?.Class is { } around && outer?.Declaration == around ? outer : null;
        Frame? frame = declaration.Scope is { Name: "", Class: null, Parent: not null } ? _frame : null;
        string key = declaration.Name + "#" + number + (arguments.Length > 0 ? "<" + arguments + ">" : "") + (frame is null ? "" : "@" + frame.Key) + (outer is null ? "" : "&" + outer.Key);
        if (!_classes.TryGetValue(key, out ClassInstance? instance))
        {
            _classes.Add(key, instance = new ClassInstance(declaration, bindings, key, frame, outer));
        }

        return instance;
    }

    private ClassInstance? Instantiate(List<CppClass> declarations, IReadOnlyList<CppValue> arguments, ClassInstance? outer)
    {
        CppClass primary = declarations.FirstOrDefault(c => c.Specialization is null && c.HasBody) ?? declarations.FirstOrDefault(c => c.Specialization is null) ?? declarations[0];
        if (primary.TemplateParameters is not { Count: > 0 } parameters)
        {
            return Plain(primary, outer);
        }

        // Within the template its own name means the same instance.
        if (arguments.Count == 0 && _frame.Owner is { } current && current.Declaration.Name == primary.Name)
        {
            return current;
        }

        Frame frame = _frame;
        _frame = new Frame("", primary.Scope ?? _global, outer, primary.Scope is { Name: "", Class: null, Parent: not null } ? _frame : null);
        Dictionary<string, CppValue> bindings = BindTemplate(parameters, arguments, []);
        _frame = frame;
        List<CppValue> complete = [.. parameters.Select((parameter, i) => i < arguments.Count && !parameter.IsPack ? arguments[i] : bindings.TryGetValue(parameter.Name, out CppValue? v) ? v : CppValue.Unknown)];
        string key = string.Join(",", complete.Select(value => value.Key));
        CppClass chosen = primary;
        int best = -1;
        foreach (CppClass candidate in declarations)
        {
            if (candidate.Specialization is { } pattern && candidate.HasBody && Matches(candidate, pattern, complete, out Dictionary<string, CppValue> bound))
            {
                // The one with the fewest free parameters is the most special.
                int rank = 100 - (candidate.TemplateParameters?.Count ?? 0);
                if (rank > best)
                {
                    (chosen, bindings, best) = (candidate, bound, rank);
                }
            }
        }

        return Instance(chosen, bindings, key, outer);
    }

    // Whether the arguments fit a specialization, and what its parameters then stand for.
    private bool Matches(CppDeclaration declaration, List<TokenRange> pattern, IReadOnlyList<CppValue> arguments, out Dictionary<string, CppValue> bindings)
    {
        bindings = new Dictionary<string, CppValue>(StringComparer.Ordinal);
        Dictionary<string, CppTemplateParameter> free = [];
        foreach (CppTemplateParameter parameter in declaration.TemplateParameters ?? [])
        {
            if (parameter.Name.Length > 0)
            {
                free[parameter.Name] = parameter;
            }
        }

        if (pattern.Count > arguments.Count && !free.Values.Any(p => p.IsPack))
        {
            return false;
        }

        List<int> later = [];
        for (int i = 0; i < pattern.Count && i < arguments.Count; i++)
        {
            TokenRange part = pattern[i];
            if (part.End - part.Start == 1 && free.ContainsKey(_unit[part.Start].Text))
            {
                string name = _unit[part.Start].Text;
                if (bindings.TryGetValue(name, out CppValue? before) && before.Key != arguments[i].Key)
                {
                    return false;
                }

                bindings[name] = arguments[i];
            }
            else
            {
                later.Add(i);
            }
        }

        (Frame frame, bool live) = (_frame, _live);
        _frame = new Frame("", declaration.Scope ?? _global, null, null);
        _live = false;
        foreach (KeyValuePair<string, CppValue> binding in bindings)
        {
            _frame.Bind(binding.Key, binding.Value);
        }

        bool fits = true;
        foreach (int i in later)
        {
            fits &= FitsPattern(pattern[i], arguments[i], free, bindings);
        }

        if (fits && !declaration.Requires.IsEmpty)
        {
            fits = Evaluate(declaration.Requires).Truth != false;
        }

        (_frame, _live) = (frame, live);
        return fits;
    }

    private bool FitsPattern(TokenRange pattern, CppValue argument, Dictionary<string, CppTemplateParameter> free, Dictionary<string, CppValue> bindings)
    {
        // "Wrapper<N>": deduced from an instance of the same template.
        if (argument is TypeValue { Type: { } type } && _unit.Is(pattern.Start + 1, "<") && _unit[pattern.Start].Text == type.Name)
        {
            List<TokenRange> inner = _unit.TemplateArguments(pattern.Start + 1, pattern.End);
            IReadOnlyList<CppValue> own = type.Arguments.Count > 0 ? type.Arguments
                : [.. type.Instance?.Declaration.TemplateParameters?.Select(p => type.Instance.Bindings.TryGetValue(p.Name, out CppValue? v) ? v : CppValue.Unknown) ?? []];
            for (int i = 0; i < inner.Count && i < own.Count; i++)
            {
                string name = _unit[inner[i].Start].Text;
                if (free.ContainsKey(name) && inner[i].End == inner[i].Start + 1)
                {
                    bindings[name] = own[i];
                    _frame.Bind(name, own[i]);
                }
            }
        }

        if (FailsToSubstitute(pattern))
        {
            return false;
        }

        CppValue value = TemplateArgument(pattern);
        return value == CppValue.Unknown || argument == CppValue.Unknown ? value.Key == argument.Key : value.Key == argument.Key;
    }

    // An enable_if in a range whose condition is false.
    private bool FailsToSubstitute(TokenRange range)
    {
        for (int i = range.Start; i < range.End; i++)
        {
            if (_unit[i] is { Kind: CppTokenKind.Name, Text: "enable_if_t" or "enable_if" } && _unit.Is(i + 1, "<") && _unit.EndOfTemplateArguments(i + 1, range.End) is > 0 and int close)
            {
                List<TokenRange> parts = _unit.TemplateArguments(i + 1, close);
                if (parts.Count > 0 && Quiet(parts[0]).Truth == false)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private List<CppValue> TemplateArgumentValues(IReadOnlyList<TokenRange> ranges)
    {
        var values = new List<CppValue>(ranges.Count);
        foreach (TokenRange range in ranges)
        {
            if (range.End - 1 > range.Start && _unit.Is(range.End - 1, "...") && PacksIn(range).Count > 0)
            {
                values.AddRange(ExpandedArguments(range with { End = range.End - 1 }));
                continue;
            }

            CppValue value = TemplateArgument(range);
            if (value is PackValue pack)
            {
                values.AddRange(pack.Values);
            }
            else
            {
                values.Add(value);
            }
        }

        return values;
    }

    // A type or a constant: what reads as a type of the text is one.
    private CppValue TemplateArgument(TokenRange range)
    {
        if (range.End - 1 > range.Start && _unit.Is(range.End - 1, "..."))
        {
            range = range with { End = range.End - 1 };
        }

        int at = range.Start;
        bool live = _live;
        _live = false;
        bool single = range.End == range.Start + 1;
        LookupResult found = single && _unit[range.Start].Kind == CppTokenKind.Name ? Lookup(_unit[range.Start].Text) : default;
        CppValue result;
        if (found.Value is { } bound)
        {
            result = bound;
        }
        else if (_nesting > DeepestNesting)
        {
            result = CppValue.Unknown;
        }
        else if (_unit[range.Start].Kind == CppTokenKind.Name && found.Declarations is not [CppVariable, ..] && found.Declarations is not [CppFunction, ..] && ReadType(ref at, range.End) is { } type && at == range.End
            && (type.Instance is not null || !LooksLikeConstant(type, range)))
        {
            result = new TypeValue(type);
        }
        else
        {
            result = Evaluate(range);
        }

        _live = live;
        return result;
    }

    // "cuda::thread_scope_block" reads as a type of a header, but so may anything.
    private bool LooksLikeConstant(CppType type, TokenRange range) =>
        type.Arguments.Count == 0 && type.Pointers == 0 && BuiltInTypes.Find(type.Name) is null && TypeTraits.Evaluate(type.Name, []) is null && Evaluate(range) is IntegerValue or RealValue;

    // Binds parameters in the current frame; what was given, then what follows from the arguments of a call, then the defaults.
    private Dictionary<string, CppValue> BindTemplate(IReadOnlyList<CppTemplateParameter> parameters, IReadOnlyList<CppValue> arguments, Dictionary<string, CppValue> deduced)
    {
        var bindings = new Dictionary<string, CppValue>(StringComparer.Ordinal);
        for (int i = 0; i < parameters.Count; i++)
        {
            CppTemplateParameter parameter = parameters[i];
            CppValue value = CppValue.Unknown;
            if (parameter.IsPack)
            {
                value = i < arguments.Count ? new PackValue([.. arguments.Skip(i)]) : deduced.TryGetValue(parameter.Name, out CppValue? rest) ? rest : CppValue.Unknown;
            }
            else if (i < arguments.Count)
            {
                value = arguments[i];
            }
            else if (deduced.TryGetValue(parameter.Name, out CppValue? found))
            {
                value = found;
            }
            else if (!parameter.Default.IsEmpty)
            {
                value = TemplateArgument(parameter.Default);
            }

            if (!parameter.IsType && value is IntegerValue && !parameter.Constraint.IsEmpty)
            {
                int at = parameter.Constraint.Start;
                value = Converted(value, ReadType(ref at, parameter.Constraint.End));
            }

            if (parameter.Name.Length > 0)
            {
                bindings[parameter.Name] = value;
                _frame.Bind(parameter.Name, value);
            }
        }

        return bindings;
    }

    private CppType? TypeOf(CppVariable variable)
    {
        int at = variable.Type.Start;
        if (_unit[at].Text is "struct" or "union" or "class" && LocalClassAt(variable) is { } anonymous)
        {
            return anonymous;
        }

        for (int i = variable.Type.Start; i < variable.Type.End; i++)
        {
            if (_unit.Is(i, "auto"))
            {
                return null;
            }
        }

        return ReadType(ref at, variable.Type.End);
    }

    private CppType? LocalClassAt(CppVariable variable)
    {
        for (int i = variable.Type.Start; i < variable.Type.End; i++)
        {
            if (_unit.Is(i, "{"))
            {
                CppClass? made = null;
                _reader.TryReadLocalClass(variable.Type.Start, variable.Type.End + 1, new CppScope("", variable.Scope ?? _frame.Scope), declaration => made ??= declaration as CppClass);
                return made is null ? null : new CppType(made.Name, Plain(made));
            }
        }

        return null;
    }

    private static CppType? TypeOfValue(CppValue value) => value switch
    {
        ObjectValue thing => thing.Type,
        TypeValue type => type.Type,
        IntegerValue { Bytes: 1 } => new CppType("bool"),
        IntegerValue integer => new CppType((integer.IsUnsigned ? "unsigned " : "") + (integer.Bytes == 8 ? "long" : integer.Bytes == 2 ? "short" : "int")),
        RealValue => new CppType("double"),
        _ => null,
    };

    private void UseType(TokenRange range)
    {
        int at = range.Start;
        ReadType(ref at, range.End);
    }
}
