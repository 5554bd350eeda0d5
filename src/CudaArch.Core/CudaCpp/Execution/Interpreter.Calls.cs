using CudaArch.CudaCpp.Syntax;
using CudaArch.CudaCpp.Text;

namespace CudaArch.CudaCpp.Execution;

/// <content>Calls: which functions they mean, with what values.</content>
internal sealed partial class Interpreter
{
    private CppValue CallValue(CppValue callee, List<CppValue> arguments)
    {
        switch (callee)
        {
            case FunctionValue function:
                return CallFunctions(function, arguments);
            case ClosureValue closure:
                return EnterClosure(closure, arguments);
            case ObjectValue { Type: { Instance: not null, Pointers: 0 } }:
                return CallOperator("()", callee, arguments);
            default:
                foreach (CppValue argument in arguments)
                {
                    EnterIfCallable(argument);
                }

                return CppValue.Unknown;
        }
    }

    private CppValue CallOperator(string symbol, CppValue left, IReadOnlyList<CppValue> arguments)
    {
        if (left is ObjectValue { Type: { Instance: { } instance, Pointers: 0 } } && FindMember(instance, "operator " + symbol) is { Declarations: { } members } member)
        {
            return CallFunctions(new FunctionValue([.. members.OfType<CppFunction>()], member.Owner, null), arguments);
        }

        if (symbol is "()" or "[]")
        {
            return CppValue.Unknown;
        }

        LookupResult found = LookupIn(_frame.Scope, "operator " + symbol);
        return found.Declarations is { } functions ? CallFunctions(new FunctionValue([.. functions.OfType<CppFunction>()], null, null), [left, .. arguments]) : CppValue.Unknown;
    }

    // Something callable that is handed to what is not in the text: it will be called.
    private void EnterIfCallable(CppValue value)
    {
        if (_live && value is ClosureValue closure)
        {
            EnterClosure(closure, null);
        }
        else if (_live && value is ObjectValue { Type: { Instance: { } instance, Pointers: 0 } } && FindMember(instance, "operator ()") is { Declarations: { } members } member)
        {
            CallFunctions(new FunctionValue([.. members.OfType<CppFunction>()], member.Owner, null), null);
        }
    }

    private CppValue EnterClosure(ClosureValue closure, IReadOnlyList<CppValue>? arguments)
    {
        List<CppParameter> parameters = [.. _unit.SplitAtCommas(closure.Parameters).Where(part => !part.IsEmpty).Select(_reader.Parameter)];
        string key = closure.Key + "(" + string.Join(",", arguments?.Select(a => a.Key) ?? []) + ")" + (_live ? "" : "~");
        return Run(key, closure.Body, () =>
        {
            var frame = new Frame(key, closure.Frame.Scope, closure.Frame.Owner, closure.Frame) { Body = closure.Body, Changing = ChangingIn(closure.Body) };
            _frame = frame;
            for (int i = 0; i < parameters.Count; i++)
            {
                BindParameter(parameters[i], arguments is not null && i < arguments.Count ? arguments[i] : CppValue.Unknown);
            }
        })?.Result ?? CppValue.Unknown;
    }

    /// <summary>Calls whatever functions fit; without arguments all of them with unknown ones.</summary>
    private CppValue CallFunctions(FunctionValue function, IReadOnlyList<CppValue>? arguments)
    {
        List<CppFunction> fitting = Fitting(function, arguments);
        CppValue result = CppValue.Unknown;
        foreach (CppFunction candidate in fitting)
        {
            IReadOnlyList<CppValue> given = function.Arguments ?? [];
            CppFunction chosen = candidate.IsTemplate && given.Count > 0 ? SpecializationOf(candidate, given) : candidate;
            ReachedFunction? reached = Enter(chosen, function.Owner ?? OwnerOf(candidate), given, arguments ?? UnknownArguments(candidate));
            result = fitting.Count == 1 && reached?.Result is { } value ? value : CppValue.Unknown;
        }

        return result;
    }

    private ClassInstance? OwnerOf(CppFunction function) => function.Scope?.Class is { } owner ? Plain(owner) : null;

    private List<CppFunction> Fitting(FunctionValue function, IReadOnlyList<CppValue>? arguments)
    {
        List<CppFunction> candidates = [.. function.Candidates.Where(c => c.Specialization is null || c.TemplateParameters is null)];

        // The same function may be declared and defined.
        for (int i = candidates.Count - 1; i >= 0; i--)
        {
            CppFunction one = candidates[i];
            if (one.Body is null && candidates.Any(other => other.Body is not null && other.Parameters.Count == one.Parameters.Count && other.IsTemplate == one.IsTemplate && SameParameters(one, other)))
            {
                candidates.RemoveAt(i);
            }
        }

        if (candidates.Count <= 1)
        {
            return candidates;
        }

        if (arguments is not null)
        {
            Keep(candidates, c => Accepts(c, arguments.Count));
        }

        if (function.Arguments is { Count: > 0 } given)
        {
            Keep(candidates, c => c.TemplateParameters is { } parameters && (parameters.Count >= given.Count || parameters.Any(p => p.IsPack)));
        }

        Keep(candidates, c => SatisfiesConditions(c, function, arguments));
        if (arguments is not null)
        {
            Keep(candidates, c => TypesFit(c, function, arguments));
        }

        // Of a function and a template that fit alike, the function is called.
        if (function.Arguments is null && arguments is not null && candidates.Any(c => !c.IsTemplate && ExactlyTyped(c, arguments)))
        {
            Keep(candidates, c => !c.IsTemplate && ExactlyTyped(c, arguments));
        }

        return candidates;
    }

    private static void Keep(List<CppFunction> candidates, Predicate<CppFunction> condition)
    {
        if (candidates.Exists(condition))
        {
            candidates.RemoveAll(candidate => !condition(candidate));
        }
    }

    private bool SameParameters(CppFunction left, CppFunction right)
    {
        for (int i = 0; i < left.Parameters.Count; i++)
        {
            if (Spelled(left.Parameters[i].Type.Start, left.Parameters[i].Type.End) != Spelled(right.Parameters[i].Type.Start, right.Parameters[i].Type.End))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Accepts(CppFunction function, int count)
    {
        int required = function.Parameters.Count(p => p.Default.IsEmpty && !p.IsPack);
        bool open = function.TakesFurtherArguments || function.Parameters.Any(p => p.IsPack);
        return count >= required && (open || count <= function.Parameters.Count);
    }

    // enable_if in the result or among the template's parameters, and requires.
    private bool SatisfiesConditions(CppFunction candidate, FunctionValue function, IReadOnlyList<CppValue>? arguments)
    {
        if (candidate.TemplateParameters is not { Count: > 0 } parameters || _calls > DeepestCalls)
        {
            return true;
        }

        (Frame frame, bool live) = (_frame, _live);
        _calls++;
        ClassInstance? owner = function.Owner ?? OwnerOf(candidate);
        _frame = new Frame("", candidate.Scope ?? _global, owner, owner?.Frame);
        _live = false;
        BindTemplate(parameters, function.Arguments ?? [], Deduce(candidate, arguments ?? []));
        bool fits = candidate.Requires.IsEmpty || Evaluate(candidate.Requires).Truth != false;
        fits = fits && !FailsToSubstitute(candidate.Head) && !FailsToSubstitute(candidate.Tail);
        foreach (CppTemplateParameter parameter in parameters)
        {
            fits = fits && !FailsToSubstitute(parameter.Constraint) && !FailsToSubstitute(parameter.Default);
        }

        foreach (CppParameter parameter in candidate.Parameters)
        {
            fits = fits && !FailsToSubstitute(parameter.Type) && !FailsToSubstitute(parameter.Default);
        }

        (_frame, _live) = (frame, live);
        _calls--;
        return fits;
    }

    // Where both the argument's and the parameter's type are known and one of them is a class, they must be the same.
    private bool TypesFit(CppFunction candidate, FunctionValue function, IReadOnlyList<CppValue> arguments)
    {
        ClassInstance? owner = function.Owner ?? OwnerOf(candidate);
        return WithBindings(candidate, owner, function.Arguments ?? [], arguments, () =>
        {
            for (int i = 0; i < arguments.Count && i < candidate.Parameters.Count; i++)
            {
                int at = candidate.Parameters[i].Type.Start;
                CppType? wanted = ReadType(ref at, candidate.Parameters[i].Type.End);
                CppType? given = TypeOfValue(arguments[i]);
                if (wanted is null || given is null || wanted.Key == given.Key || candidate.Parameters[i].IsPack)
                {
                    continue;
                }

                bool bothKnown = (wanted.Instance is not null || BuiltInTypes.Find(wanted.Name) is not null || wanted.Arguments.Count > 0)
                    && (given.Instance is not null || BuiltInTypes.Find(given.Name) is not null || given.Arguments.Count > 0);
                bool arithmetic = wanted.Instance is null && given.Instance is null && wanted.Pointers == 0 && given.Pointers == 0 && wanted.Arguments.Count == 0 && given.Arguments.Count == 0;
                if (bothKnown && !arithmetic && !(given.Instance is { } derived && wanted.Instance is not null && Inherits(derived, wanted.Instance, 0)))
                {
                    return false;
                }
            }

            return true;
        });
    }

    private bool Inherits(ClassInstance derived, ClassInstance ancestor, int depth)
    {
        foreach (CppType parent in BasesOf(derived))
        {
            if (depth < 8 && parent.Instance is { } inherited && (inherited == ancestor || Inherits(inherited, ancestor, depth + 1)))
            {
                return true;
            }
        }

        return false;
    }

    private bool ExactlyTyped(CppFunction candidate, IReadOnlyList<CppValue> arguments) => WithBindings(candidate, OwnerOf(candidate), [], arguments, () =>
    {
        for (int i = 0; i < arguments.Count && i < candidate.Parameters.Count; i++)
        {
            int at = candidate.Parameters[i].Type.Start;
            if (ReadType(ref at, candidate.Parameters[i].Type.End)?.Key is not { } wanted || TypeOfValue(arguments[i])?.Key != wanted)
            {
                return false;
            }
        }

        return true;
    });

    private T WithBindings<T>(CppFunction function, ClassInstance? owner, IReadOnlyList<CppValue> given, IReadOnlyList<CppValue> arguments, Func<T> read)
    {
        (Frame frame, bool live) = (_frame, _live);
        _calls++;
        _frame = new Frame("", function.Scope ?? _global, owner, owner?.Frame);
        _live = false;
        if (function.TemplateParameters is { } parameters && _calls <= DeepestCalls)
        {
            BindTemplate(parameters, given, Deduce(function, arguments));
        }

        T result = read();
        (_frame, _live) = (frame, live);
        _calls--;
        return result;
    }

    // "T x", "T* x", "tag<N> x" with known arguments.
    private Dictionary<string, CppValue> Deduce(CppFunction function, IReadOnlyList<CppValue> arguments)
    {
        var deduced = new Dictionary<string, CppValue>(StringComparer.Ordinal);
        HashSet<string> free = [.. function.TemplateParameters?.Select(p => p.Name) ?? []];
        for (int i = 0; i < function.Parameters.Count && i < arguments.Count; i++)
        {
            TokenRange range = function.Parameters[i].Type;
            if (function.Parameters[i].IsPack)
            {
                DeducePack(range, arguments.Skip(i), free, deduced);
                break;
            }

            if (arguments[i] is ClosureValue or FunctionValue && range.Start < range.End && free.Contains(_unit[range.Start].Text))
            {
                continue;
            }

            CppType? type = TypeOfValue(arguments[i]);
            int at = range.Start;
            while (_unit[at].Text is "const" or "volatile" or "typename" or "__restrict__" or "__grid_constant__")
            {
                at++;
            }

            string name = _unit[at].Text;
            if (type is null || deduced.ContainsKey(name))
            {
                continue;
            }

            if (free.Contains(name))
            {
                for (int k = at + 1; k < range.End; k++)
                {
                    type = _unit.Is(k, "*") ? type.Pointee() : type;
                }

                deduced[name] = new TypeValue(type);
            }
            else if (_unit.Is(at + 1, "<") && _unit.EndOfTemplateArguments(at + 1, range.End) is > 0 and int close)
            {
                DeduceArguments(type, _unit.TemplateArguments(at + 1, close), free, deduced);
            }
            else if (_unit.Is(at + 1, "::"))
            {
                int last = at;
                while (_unit.Is(last + 1, "::"))
                {
                    last += 2;
                }

                if (_unit.Is(last + 1, "<") && _unit.EndOfTemplateArguments(last + 1, range.End) is > 0 and int end)
                {
                    DeduceArguments(type, _unit.TemplateArguments(last + 1, end), free, deduced);
                }
            }
        }

        return deduced;
    }

    // "Ts... args": a type for each.
    private void DeducePack(TokenRange range, IEnumerable<CppValue> rest, HashSet<string> free, Dictionary<string, CppValue> deduced)
    {
        for (int k = range.Start; k < range.End; k++)
        {
            if (_unit[k].Kind == CppTokenKind.Name && free.Contains(_unit[k].Text))
            {
                deduced[_unit[k].Text] = new PackValue([.. rest.Select(value => TypeOfValue(value) is { } type ? new TypeValue(type) : CppValue.Unknown)]);
                return;
            }
        }
    }

    private void DeduceArguments(CppType type, List<TokenRange> pattern, HashSet<string> free, Dictionary<string, CppValue> deduced)
    {
        IReadOnlyList<CppValue> own = type.Arguments.Count > 0 ? type.Arguments
            : [.. type.Instance?.Declaration.TemplateParameters?.Select(p => type.Instance.Bindings.TryGetValue(p.Name, out CppValue? v) ? v : CppValue.Unknown) ?? []];
        for (int k = 0; k < pattern.Count && k < own.Count; k++)
        {
            string name = _unit[pattern[k].Start].Text;
            if (pattern[k].End == pattern[k].Start + 1 && free.Contains(name) && !deduced.ContainsKey(name))
            {
                deduced[name] = own[k];
            }
        }
    }

    private CppFunction SpecializationOf(CppFunction function, IReadOnlyList<CppValue> arguments)
    {
        foreach (CppFunction candidate in FunctionsNamed(function.Name))
        {
            if (candidate.Specialization is { } pattern && candidate.Body is not null && candidate.Scope == function.Scope && candidate.Parameters.Count == function.Parameters.Count
                && Matches(candidate, pattern, arguments, out _))
            {
                return candidate;
            }
        }

        return function;
    }

    private CppFunction Defined(CppFunction function)
    {
        if (function.Body is not null)
        {
            return function;
        }

        string? owner = function.Scope?.Class?.Name;
        foreach (CppFunction candidate in FunctionsNamed(function.Name))
        {
            if (candidate.Body is not null && candidate.Parameters.Count == function.Parameters.Count
                && (owner is null ? candidate.Scope == function.Scope : !candidate.Qualifier.IsEmpty && Spelled(candidate.Qualifier.Start, candidate.Qualifier.End).Contains(owner)))
            {
                return candidate;
            }
        }

        return function;
    }

    private ReachedFunction? Enter(CppFunction declared, ClassInstance? owner, IReadOnlyList<CppValue> given, IReadOnlyList<CppValue> arguments)
    {
        CppFunction function = Defined(declared);
        if (function.Body is not { } body || (function.Specifiers & (CppSpecifiers.Host | CppSpecifiers.Device)) == CppSpecifiers.Host)
        {
            return null;
        }

        if (!_functionNumbers.TryGetValue(function, out int number))
        {
            _functionNumbers.Add(function, number = _functionNumbers.Count);
        }

        _instanceCounts.TryGetValue(function, out int count);
        HashSet<string> changing = ChangingOf(function, body);
        if (count > MostInstances)
        {
            arguments = UnknownArguments(function);
        }
        else
        {
            arguments = [.. arguments.Select((argument, i) => i < function.Parameters.Count && changing.Contains(function.Parameters[i].Name) ? CppValue.Unknown : argument)];
        }

        string key = function.Name + "#" + number + (owner is null ? "" : "&" + owner.Key) + "<" + string.Join(",", given.Select(a => a.Key)) + ">("
            + string.Join(",", arguments.Select(a => a.Key)) + ")" + (_live ? "" : "~") + (owner is null && declared.Scope is null ? _frame.Key : "");
        if (key.Length > 2000)
        {
            key = key.Substring(0, 2000);
        }

        if (!_instances.ContainsKey(key))
        {
            _instanceCounts[function] = count + 1;
        }

        IReadOnlyList<CppValue> bound = arguments;
        return Run(key, body, () =>
        {
            _frame = new Frame(key, function.Scope ?? _global, owner, owner?.Frame) { Body = body, Changing = changing };
            if (function.TemplateParameters is { } parameters)
            {
                BindTemplate(parameters.Count > 0 ? parameters : declared.TemplateParameters ?? [], given, Deduce(function, bound));
            }

            for (int i = 0; i < function.Parameters.Count; i++)
            {
                CppParameter parameter = function.Parameters[i];
                CppValue value = parameter.IsPack ? new PackValue([.. bound.Skip(i)]) : i < bound.Count ? bound[i] : parameter.Default.IsEmpty ? CppValue.Unknown : Evaluate(parameter.Default);
                BindParameter(parameter, value);
            }

            foreach (TokenRange initializer in _unit.SplitAtCommas(function.Initializers))
            {
                Evaluate(initializer);
            }
        });
    }

    private void BindParameter(CppParameter parameter, CppValue value)
    {
        if (parameter.IsPack)
        {
            _frame.Bind(parameter.Name, value);
            return;
        }

        int at = parameter.Type.Start;
        bool live = _live;
        _live = false;
        CppType? type = ReadType(ref at, parameter.Type.End);
        _live = live;
        CppValue held = value is ClosureValue or FunctionValue or ObjectValue { Type.Instance: not null } ? value : Converted(value, type);
        if (_frame.Changing.Contains(parameter.Name) && held is IntegerValue or RealValue)
        {
            held = CppValue.Unknown;
        }

        if (type is not null && (held == CppValue.Unknown || (held is ObjectValue && type.Name != "auto")))
        {
            // An object of a derived class stays what it is.
            held = held is ObjectValue { Type.Instance: not null } same && (type.Instance is null || same.Type.Pointers != type.Pointers) ? same : new ObjectValue(type.Name == "auto" && held is ObjectValue known ? known.Type : type);
        }

        _frame.Bind(parameter.Name, held);
    }

    private ReachedFunction? Run(string key, TokenRange body, Action enter)
    {
        ReachedFunction caller = _function;
        if (_instances.TryGetValue(key, out ReachedFunction? known))
        {
            caller.Calls.Add(known);
            return known;
        }

        if (_calls >= DeepestCalls || !Step())
        {
            return null;
        }

        var reached = new ReachedFunction();
        _instances.Add(key, reached);
        caller.Calls.Add(reached);
        (Frame frame, bool live, int nesting) = (_frame, _live, _nesting);
        _calls++;
        _nesting += 3;
        _function = reached;
        enter();
        ExecuteBlock(body);
        List<CppValue> returned = _frame.Returned;
        if (returned.Count == 0 && !live)
        {
            // A call that is only looked at for its value: returns count although nothing is reached.
            returned = ConstantReturns(body);
        }

        reached.Result = returned.Count > 0 && returned.All(value => value.Key == returned[0].Key) ? returned[0] : CppValue.Unknown;
        (_frame, _live, _nesting) = (frame, live, nesting);
        _calls--;
        _function = caller;
        return reached;
    }

    // Runs the body as if it were reached, without noting what it reaches.
    private List<CppValue> ConstantReturns(TokenRange body)
    {
        (int assembly, int names, int left, int failed, int shared) = (Assembly.Count, Names.Count, LeftOut.Count, FailedAssertions.Count, _function.Shared.Count);
        bool muted = _muted;
        _muted = true;
        _live = true;
        ExecuteBlock(body);
        _live = false;
        _muted = muted;
        Assembly.RemoveRange(assembly, Assembly.Count - assembly);
        Names.RemoveRange(names, Names.Count - names);
        LeftOut.RemoveRange(left, LeftOut.Count - left);
        FailedAssertions.RemoveRange(failed, FailedAssertions.Count - failed);
        _function.Shared.RemoveRange(shared, _function.Shared.Count - shared);
        return _frame.Returned;
    }

    private bool _muted;

    private HashSet<string> ChangingOf(CppFunction function, TokenRange body)
    {
        if (!_changing.TryGetValue(function, out HashSet<string>? names))
        {
            _changing.Add(function, names = ChangingIn(body));
        }

        return names;
    }

    private HashSet<string>? _referenceTakers;

    // The functions that may change what is handed to them.
    private HashSet<string> ReferenceTakers => _referenceTakers ??= [.. _reader.Functions.Where(function => function.Parameters.Any(TakesReference)).Select(function => function.Name)];

    private bool TakesReference(CppParameter parameter)
    {
        bool reference = false, constant = false;
        for (int i = parameter.Type.Start; i < parameter.Type.End; i++)
        {
            reference |= _unit.Is(i, "&");
            constant |= _unit.Is(i, "const");
        }

        return reference && !constant;
    }

    // Names that are assigned, counted up or down, handed on to be changed, or whose address is taken.
    private HashSet<string> ChangingIn(TokenRange body)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (int i = body.Start; i < body.End && Step(); i++)
        {
            if (_unit[i].Kind != CppTokenKind.Name)
            {
                continue;
            }

            string before = _unit[i - 1].Text, behind = _unit[i + 1].Text;
            bool assigned = behind is "+=" or "-=" or "*=" or "/=" or "%=" or "&=" or "|=" or "^=" or "<<=" or ">>=" or "++" or "--"
                || (behind == "=" && _unit[i - 1] is { Kind: CppTokenKind.Symbol, Text: ";" or "{" or "}" or "(" or ")" or "," or ":" or "?" or "=" } or { Kind: CppTokenKind.Name, Text: "else" or "do" or "return" });
            bool taken = before is "++" or "--" || (before == "&" && _unit[i - 2] is { Kind: CppTokenKind.Symbol, Text: "(" or "," or "=" or "{" } or { Kind: CppTokenKind.Name, Text: "return" });

            // An operand of asm that is written: "=r"(x), "+f"(x).
            bool written = before == "(" && _unit[i - 2].Kind == CppTokenKind.String && _unit[i - 2].Text is { Length: > 2 } constraint && constraint[1] is '=' or '+';
            if (assigned || taken || written)
            {
                names.Add(_unit[i].Text);
            }

            if (behind == "(" && ReferenceTakers.Contains(_unit[i].Text))
            {
                foreach (TokenRange argument in _unit.SplitAtCommas(_unit.Within(i + 1, body.End)).Where(a => a.End == a.Start + 1))
                {
                    names.Add(_unit[argument.Start].Text);
                }
            }
        }

        return names;
    }

    private void Construct(CppType type, CppVariable variable)
    {
        // The initial value is evaluated once more with its calls; here only its types matter.
        List<CppValue> arguments = [];
        if (!variable.Initializer.IsEmpty)
        {
            bool live = _live;
            _live = false;
            arguments = variable.IsBracketed ? Arguments(variable.Initializer) : [Evaluate(variable.Initializer)];
            _live = live;
        }

        ConstructWith(type, type.Instance is null || variable.IsBracketed ? arguments : [], _unit[variable.Position], hasInitializer: !variable.Initializer.IsEmpty);
        if (type.Instance is { } instance)
        {
            LookupResult destructor = FindMember(instance, "~" + instance.Declaration.Name);
            if (destructor.Declarations is { } found)
            {
                CallFunctions(new FunctionValue([.. found.OfType<CppFunction>()], destructor.Owner, null), []);
            }
        }
    }

    private void ConstructWith(CppType type, IReadOnlyList<CppValue> arguments, CppToken place, bool hasInitializer = true)
    {
        if (type.Instance is not { } instance || type.Pointers > 0)
        {
            if (hasInitializer)
            {
                NoteConversion(type, arguments, place);
            }

            return;
        }

        List<CppFunction> constructors = [.. instance.Declaration.Members.Find(instance.Declaration.Name).OfType<CppFunction>()];
        if (constructors.Count > 0)
        {
            CallFunctions(new FunctionValue(constructors, instance, null), arguments);
        }
    }

    // An object of a header's type made from others is a conversion that its class defines; so is one the other way.
    private void NoteConversion(CppType type, IReadOnlyList<CppValue> operands, CppToken place)
    {
        List<CppType> from = [.. operands.OfType<ObjectValue>().Select(operand => operand.Type).Where(other => other is { Pointers: 0, Instance: null } && other.Key != type.Key)];
        NoteConstruction(type, from, place);
        if (operands.Count == 1 && from.Count == 1)
        {
            NoteConstruction(from[0], [type], place);
        }
    }

    private void NoteConstruction(CppType type, IReadOnlyList<CppType> with, CppToken place)
    {
        if (_live && type is { Instance: null, Pointers: 0 })
        {
            Names.Add(new ReachedName(type.Name, type.Name, place, ReachedNameKind.Construction, [.. with.Select(other => other.Name)]));
        }
    }
}
