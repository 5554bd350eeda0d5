using CudaArch.CudaCpp.Syntax;
using CudaArch.CudaCpp.Text;

namespace CudaArch.CudaCpp.Execution;

/// <content>Names: what they stand for where they are used.</content>
internal sealed partial class Interpreter
{
    private const int DeepestLookup = 24;

    private int _lookups;

    /// <summary>What a name stands for: a value, declarations, a namespace of the text, or something of a header by its full name.</summary>
    private readonly record struct LookupResult(CppValue? Value, IReadOnlyList<CppDeclaration>? Declarations, ClassInstance? Owner, CppScope? Namespace, string? External)
    {
        public static LookupResult Of(CppValue value) => new(value, null, null, null, null);

        public static LookupResult OfExternal(string name) => new(null, null, null, null, name);
    }

    private LookupResult Lookup(string name)
    {
        if (_frame.Find(name) is { } value)
        {
            return LookupResult.Of(value);
        }

        if (_frame.FindDeclaration(name) is { } local)
        {
            return Resolved([local], _frame.Owner);
        }

        for (ClassInstance? owner = _frame.Owner; owner is not null; owner = owner.Outer ?? (owner.Declaration.Scope?.Class is { } outer ? Plain(outer) : null))
        {
            if (owner.Bindings.TryGetValue(name, out CppValue? bound))
            {
                return LookupResult.Of(bound);
            }

            LookupResult member = FindMember(owner, name);
            if (member.Declarations is not null)
            {
                return Resolved(member.Declarations, member.Owner);
            }

            if (owner.Frame is { } frame && (frame.Find(name) ?? frame.FindDeclaration(name) as object) is { } captured)
            {
                return captured is CppValue known ? LookupResult.Of(known) : Resolved([(CppDeclaration)captured], owner);
            }
        }

        return LookupIn(_frame.Scope, name);
    }

    private LookupResult LookupIn(CppScope start, string name)
    {
        for (CppScope? scope = start; scope is not null; scope = scope.Parent)
        {
            IReadOnlyList<CppDeclaration> found = scope.Find(name);
            if (found.Count > 0)
            {
                return Resolved(found, scope.Class is { } owner ? Plain(owner) : null);
            }

            if (scope.FindNamespace(name) is { } inner)
            {
                return new(null, null, null, inner, null);
            }

            foreach (IReadOnlyList<string> path in scope.Opened)
            {
                LookupResult opened = ResolvePath(path, scope);
                if (opened.Namespace is { } space && FindIn(space, name) is { } there)
                {
                    return there;
                }
            }

            // Names in a namespace without a name, and enumerators of an enumeration without one.
            if (scope.FindNamespace("") is { } unnamed && FindIn(unnamed, name) is { } hidden)
            {
                return hidden;
            }
        }

        return LookupResult.OfExternal(name);
    }

    private LookupResult? FindIn(CppScope scope, string name)
    {
        IReadOnlyList<CppDeclaration> found = scope.Find(name);
        return found.Count > 0 ? Resolved(found, null) : scope.FindNamespace(name) is { } inner ? new(null, null, null, inner, null) : null;
    }

    // A using-declaration or a namespace alias stands for something else.
    private LookupResult Resolved(IReadOnlyList<CppDeclaration> found, ClassInstance? owner)
    {
        if (found[found.Count - 1] is not CppNameAlias alias)
        {
            return new(null, found, owner, null, null);
        }

        if (_lookups > DeepestLookup)
        {
            return LookupResult.OfExternal(string.Join("::", alias.Path));
        }

        _lookups++;
        LookupResult result = ResolvePath(alias.Path, alias.Scope ?? _frame.Scope, alias);
        _lookups--;
        return result;
    }

    private LookupResult ResolvePath(IReadOnlyList<string> path, CppScope from, CppNameAlias? self = null)
    {
        if (path.Count == 0 || _lookups > DeepestLookup)
        {
            return LookupResult.OfExternal("");
        }

        _lookups++;
        LookupResult at = path.Count == 1 && self is not null && path[0] == self.Name ? LookupResult.OfExternal(path[0]) : LookupIn(from, path[0]);
        for (int i = 1; i < path.Count; i++)
        {
            at = Within(at, path[i]);
        }

        _lookups--;
        return at;
    }

    private LookupResult Within(LookupResult outer, string name)
    {
        if (outer.Namespace is { } space)
        {
            if (FindIn(space, name) is { } found)
            {
                return found;
            }

            foreach (IReadOnlyList<string> path in space.Opened)
            {
                if (_lookups < DeepestLookup && ResolvePath(path, space) is { Namespace: { } opened } && opened != space && FindIn(opened, name) is { } there)
                {
                    return there;
                }
            }

            return LookupResult.OfExternal(FullName(space) + "::" + name);
        }

        if (outer.External is { } external)
        {
            return LookupResult.OfExternal(external + "::" + name);
        }

        CppType? type = outer.Value is TypeValue value ? value.Type : outer.Declarations is [CppClass declared, ..] ? new CppType(declared.Name, Plain(declared, outer.Owner)) : null;
        if (type is { Instance: { } instance })
        {
            LookupResult member = FindMember(instance, name);
            return member.Declarations is null ? LookupResult.Of(CppValue.Unknown) : Resolved(member.Declarations, member.Owner);
        }

        return type is null ? LookupResult.Of(CppValue.Unknown) : LookupResult.OfExternal(type.Name + "::" + name);
    }

    private static string FullName(CppScope scope) => scope.Parent is { Name.Length: > 0 } parent ? FullName(parent) + "::" + scope.Name : scope.Name;

    private LookupResult FindMember(ClassInstance instance, string name, int depth = 0)
    {
        if (instance.Bindings.TryGetValue(name, out CppValue? bound) && depth > 0)
        {
            return LookupResult.Of(bound);
        }

        IReadOnlyList<CppDeclaration> found = instance.Declaration.Members.Find(name);
        if (found.Count > 0)
        {
            return new(null, found, instance, null, null);
        }

        if (depth < 8)
        {
            foreach (CppType parent in BasesOf(instance))
            {
                if (parent.Instance is { } inherited && FindMember(inherited, name, depth + 1) is { Declarations: not null } member)
                {
                    return member;
                }
            }
        }

        return default;
    }

    // Their names are looked up outside the class, where its template's parameters are known.
    private IReadOnlyList<CppType> BasesOf(ClassInstance instance)
    {
        if (instance.Bases is { } known)
        {
            return known;
        }

        instance.Bases = [];
        if (instance.Declaration.Bases.Count == 0 || _calls > DeepestCalls)
        {
            return instance.Bases;
        }

        (Frame frame, bool live) = (_frame, _live);
        _calls++;
        _frame = new Frame(instance.Key, instance.Declaration.Scope ?? _global, instance.Outer, instance.Frame);
        foreach (KeyValuePair<string, CppValue> binding in instance.Bindings)
        {
            _frame.Bind(binding.Key, binding.Value);
        }

        _live = false;
        instance.Bases = [.. instance.Declaration.Bases.Select(ReadBase).OfType<CppType>()];
        (_frame, _live) = (frame, live);
        _calls--;
        return instance.Bases;
    }

    private CppType? ReadBase(TokenRange range)
    {
        int at = range.Start;
        while (_unit[at].Text is "public" or "private" or "protected" or "virtual")
        {
            at++;
        }

        return ReadType(ref at, range.End);
    }

    private T InClass<T>(ClassInstance instance, Func<T> read)
    {
        if (_calls > DeepestCalls)
        {
            return default!;
        }

        (Frame frame, bool live) = (_frame, _live);
        _calls++;
        _frame = new Frame(instance.Key, instance.Declaration.Scope ?? _global, instance, instance.Frame);
        _live = false;
        T result = read();
        (_frame, _live) = (frame, live);
        _calls--;
        return result;
    }

    /// <summary>A name with its qualifiers and template arguments.</summary>
    private CppValue Name(ref int p, int end)
    {
        int start = p;
        bool fromGlobal = _unit.Is(p, "::");
        if (fromGlobal)
        {
            p++;
        }

        if (_unit[p].Kind != CppTokenKind.Name)
        {
            p = Math.Max(p, start + 1);
            return CppValue.Unknown;
        }

        LookupResult found = FirstOfName(ref p, end, fromGlobal);
        while (true)
        {
            List<CppValue>? arguments = null;
            if (p < end && _unit.Is(p, "<") && MayTakeArguments(found) && _unit.EndOfTemplateArguments(p, end) is > 0 and int close && LooksLikeArguments(found, close, end))
            {
                arguments = TemplateArgumentValues(_unit.TemplateArguments(p, close));
                p = close;
            }

            bool qualifies = p < end && _unit.Is(p, "::") && (_unit[p + 1].Kind == CppTokenKind.Name || _unit.Is(p + 1, "~"));
            if (!qualifies)
            {
                return Finished(found, arguments, start, ref p, end);
            }

            if (arguments is not null || found.Declarations is [CppAlias, ..])
            {
                found = TypeOfLookup(found, arguments, start) is { } type ? LookupResult.Of(new TypeValue(type)) : LookupResult.Of(CppValue.Unknown);
            }

            p++;
            p = _unit.Is(p, "template") || _unit.Is(p, "~") ? p + 1 : p;
            found = Within(found, _unit[p].Text);
            p++;
        }
    }

    // The first part of a qualified name: a name, or "decltype(x)".
    private LookupResult FirstOfName(ref int p, int end, bool fromGlobal)
    {
        if (_unit.Is(p, "decltype") && _unit.Is(p + 1, "("))
        {
            CppType? declared = TypeOfValue(Quiet(_unit.Within(p + 1, end)));
            p = _unit.Behind(p + 1, end);
            return LookupResult.Of(declared is null ? CppValue.Unknown : new TypeValue(declared));
        }

        string name = _unit[p++].Text;
        return fromGlobal ? LookupIn(_global, name) : Lookup(name);
    }

    private static bool MayTakeArguments(LookupResult found) =>
        found.External is not null || (found.Declarations is { } declarations && declarations.Any(declaration => declaration.TemplateParameters is not null)) || found.Value is TypeValue;

    // "a < b" with a name that no declaration explains: only where what follows the closing bracket cannot follow a comparison.
    private bool LooksLikeArguments(LookupResult found, int close, int end) =>
        found.External is null || close >= end || _unit[close].Text is "(" or "::" or "{" or ";" or "," or ")" or ">" or "*" or "&" or ">>" || _unit[close].Kind == CppTokenKind.Name;

    private CppValue Finished(LookupResult found, IReadOnlyList<CppValue>? arguments, int start, ref int p, int end)
    {
        if (found.Value is TypeValue known)
        {
            return Constructed(known.Type, ref p, end, _unit[start]);
        }

        if (found.Value is { } value)
        {
            return value;
        }

        if (found.External is { } external)
        {
            return ExternalName(external, arguments, start, ref p, end);
        }

        if (found.Declarations is not { Count: > 0 } declarations)
        {
            return CppValue.Unknown;
        }

        switch (declarations[declarations.Count - 1])
        {
            case CppClass or CppAlias:
                return TypeOfLookup(found, arguments, start) is { } type ? Constructed(type, ref p, end, _unit[start]) : CppValue.Unknown;
            case CppVariable variable:
                return variable.TemplateParameters is null ? ValueOf(variable, found.Owner, null) : ValueOf(VariableFor(declarations, arguments ?? []), found.Owner, arguments ?? []);
            case CppFunction:
                List<CppFunction> functions = [.. declarations.OfType<CppFunction>()];
                if (p < end && _unit.Is(p, "("))
                {
                    return new FunctionValue(functions, found.Owner, arguments);
                }

                var named = new FunctionValue(functions, found.Owner, arguments);
                if (_live)
                {
                    // Its address is taken: it becomes code whether it is called or not.
                    CallFunctions(named, null);
                }

                return named;
            default:
                return CppValue.Unknown;
        }
    }

    // What stands for a name of a header: a type, or a function when it is called.
    private CppValue ExternalName(string name, IReadOnlyList<CppValue>? arguments, int start, ref int p, int end)
    {
        if (TypeTraits.Evaluate(name, arguments ?? []) is { } trait)
        {
            return trait is TypeValue type ? Constructed(type.Type, ref p, end, _unit[start]) : trait;
        }

        string written = Spelled(start, p);
        if (p < end && (_unit.Is(p, "(") || _unit.Is(p, "{")))
        {
            TokenRange inner = _unit.Within(p, end);
            CppToken token = _unit[start];
            List<CppValue> values = Arguments(inner);
            if (_live)
            {
                Names.Add(new ReachedName(QualifiedExternal(name), written, token, ReachedNameKind.Call, [.. _unit.SplitAtCommas(inner).Select(part => Spelled(part.Start, part.End))]));
                foreach (CppValue value in values)
                {
                    EnterIfCallable(value);
                }
            }

            p = _unit.Behind(p, end);
            if (arguments is not null || BuiltInTypes.Find(name) is not null)
            {
                var made = new CppType(name, null, 0, arguments);
                NoteConversion(made, values, token);
                return new ObjectValue(made);
            }

            return CppValue.Unknown;
        }

        if (_live)
        {
            Names.Add(new ReachedName(QualifiedExternal(name), written, _unit[start], ReachedNameKind.Type, []));
        }

        return arguments is not null || BuiltInTypes.Find(name) is not null ? new TypeValue(new CppType(name, null, 0, arguments)) : CppValue.Unknown;
    }

    // An unqualified name may come from a namespace that was opened.
    private string QualifiedExternal(string name)
    {
        if (name.IndexOf(':') >= 0)
        {
            return name;
        }

        for (CppScope? scope = _frame.Scope; scope is not null; scope = scope.Parent)
        {
            foreach (IReadOnlyList<string> path in scope.Opened)
            {
                LookupResult opened = ResolvePath(path, scope);
                if (opened.External is { Length: > 0 } external)
                {
                    string full = external + "::" + name;
                    if (Headers.HeaderNames.IsKnown(full))
                    {
                        return full;
                    }
                }
            }
        }

        return name;
    }

    private string Spelled(int start, int end)
    {
        var text = new System.Text.StringBuilder();
        for (int i = start; i < end && text.Length < 200; i++)
        {
            text.Append(_unit[i].Text);
        }

        return text.ToString();
    }

    /// <summary>The value of a constant; an object of its type for another variable.</summary>
    private CppValue ValueOf(CppVariable variable, ClassInstance? owner, IReadOnlyList<CppValue>? arguments)
    {
        bool isConstant = (variable.Specifiers & (CppSpecifiers.Constexpr | CppSpecifiers.Const)) != 0 && (variable.Specifiers & CppSpecifiers.Volatile) == 0;
        if (!isConstant || variable.Dimensions.Count > 0 || variable.IsPointer || _calls > DeepestCalls)
        {
            return ObjectOf(variable, owner);
        }

        if (variable.IsEnumerator && variable.Initializer.IsEmpty)
        {
            return EnumeratorValue(variable, owner);
        }

        if (variable.Initializer.IsEmpty)
        {
            return ObjectOf(variable, owner);
        }

        (Frame frame, bool live) = (_frame, _live);
        _calls++;
        _frame = new Frame(owner?.Key ?? "", variable.Scope ?? _global, owner, owner?.Frame);
        if (variable.TemplateParameters is { } parameters && arguments is not null)
        {
            BindTemplate(parameters, arguments, []);
        }

        _live = false;
        List<TokenRange> parts = variable.IsBracketed ? _unit.SplitAtCommas(variable.Initializer) : [variable.Initializer];
        CppType? type = variable.Type.IsEmpty ? null : TypeOf(variable);
        CppValue value = parts.Count == 1 ? Converted(Evaluate(parts[0]), type) : type is null ? CppValue.Unknown : new ObjectValue(type);
        (_frame, _live) = (frame, live);
        _calls--;
        return value == CppValue.Unknown && type is not null ? new ObjectValue(type) : value;
    }

    private CppValue EnumeratorValue(CppVariable variable, ClassInstance? owner)
    {
        long steps = 0;
        CppVariable at = variable;
        while (at.Initializer.IsEmpty && at.Before is { } before)
        {
            at = before;
            steps++;
        }

        if (at.Initializer.IsEmpty)
        {
            return new IntegerValue(steps, false);
        }

        return ValueOf(at, owner, null) is IntegerValue first ? CppArithmetic.Wrapped(unchecked(first.Value + steps), first.IsUnsigned, 8) : CppValue.Unknown;
    }

    private CppValue ObjectOf(CppVariable variable, ClassInstance? owner)
    {
        if (variable.Type.IsEmpty || _calls > DeepestCalls)
        {
            return CppValue.Unknown;
        }

        CppType? type = owner is null ? InScope(variable.Scope, () => TypeOf(variable)) : InClass(owner, () => TypeOf(variable));
        return type is null ? CppValue.Unknown : new ObjectValue(variable.IsPointer || variable.Dimensions.Count > 0 ? type.PointerTo() : type);
    }

    private T InScope<T>(CppScope? scope, Func<T> read)
    {
        (Frame frame, bool live) = (_frame, _live);
        if (scope is not null)
        {
            _frame = new Frame("", scope, null, null);
        }

        _calls++;
        _live = false;
        T result = read();
        (_frame, _live) = (frame, live);
        _calls--;
        return result;
    }

    private CppVariable VariableFor(IReadOnlyList<CppDeclaration> declarations, IReadOnlyList<CppValue> arguments)
    {
        CppVariable chosen = declarations.OfType<CppVariable>().First();
        foreach (CppVariable candidate in declarations.OfType<CppVariable>())
        {
            if (candidate.Specialization is { } pattern && Matches(candidate, pattern, arguments, out _))
            {
                chosen = candidate;
            }
        }

        return chosen;
    }
}
