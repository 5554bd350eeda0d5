using System.Collections.Immutable;
using CudaArch.Analyzers.Interop;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace CudaArch.Analyzers.Flow;

/// <summary>What variables, members and calls give.</summary>
internal sealed partial class BodyInterpreter
{
    /// <inheritdoc/>
    public override FlowValue VisitLocalReference(ILocalReferenceOperation operation, FlowState state)
    {
        FlowValue value = _use.IsWrittenFromInside(operation.Local) ? FlowValue.Unknown : state.Find(operation.Local) ?? FlowValue.Unknown;
        return Named(value, () => _flow.Facts.OfLocal(operation.Local));
    }

    /// <inheritdoc/>
    public override FlowValue VisitParameterReference(IParameterReferenceOperation operation, FlowState state)
    {
        FlowValue value = _use.IsWrittenFromInside(operation.Parameter) ? FlowValue.Unknown : state.Find(operation.Parameter) ?? FlowValue.Unknown;
        return Named(value, () => _flow.Facts.OfParameter(operation.Parameter));
    }

    /// <inheritdoc/>
    public override FlowValue VisitInstanceReference(IInstanceReferenceOperation operation, FlowState state) =>
        operation.ReferenceKind == InstanceReferenceKind.ContainingTypeInstance && _this is not null ? _this : FlowValue.Unknown;

    /// <inheritdoc/>
    public override FlowValue VisitFieldReference(IFieldReferenceOperation operation, FlowState state)
    {
        FlowValue instance = Visit(operation.Instance, state);
        return Element(instance, operation.Field) ?? Member(operation.Field, operation.Field.Type, operation, instance, state);
    }

    /// <inheritdoc/>
    public override FlowValue VisitPropertyReference(IPropertyReferenceOperation operation, FlowState state)
    {
        FlowValue instance = Visit(operation.Instance, state);
        if (!operation.Arguments.IsEmpty)
        {
            VisitAll(operation.Arguments, state);
            return _flow.Facts.OfAttributeQuery("attributes", operation.Arguments, operation.Property.Type) ?? FlowValue.Unknown;
        }

        return Element(instance, operation.Property) ?? Wrapped(operation.Property, instance) ?? Member(operation.Property, operation.Property.Type, operation, instance, state);
    }

    /// <inheritdoc/>
    public override FlowValue VisitObjectCreation(IObjectCreationOperation operation, FlowState state)
    {
        ImmutableArray<FlowValue> arguments = VisitAll(operation.Arguments, state, discards: false);

        // A Lazy gives what its factory gives.
        if (operation.Type is { Name: "Lazy" } && arguments is [{ Function: { } factory }, ..])
        {
            return Call(factory, Later(state)).Returned ?? FlowValue.Unknown;
        }

        if (operation.Type is INamedTypeSymbol { Name: "ValueTask", IsGenericType: true } && arguments is [{ IsUnknown: false, Function: null } done])
        {
            return done;
        }

        DiscardAll(arguments, state);
        Visit(operation.Initializer, state);
        return operation.Constructor is { } constructor ? CapabilityOf(constructor, operation.Arguments, arguments) ?? FlowValue.Unknown : FlowValue.Unknown;
    }

    /// <inheritdoc/>
    public override FlowValue VisitInvocation(IInvocationOperation operation, FlowState state)
    {
        IMethodSymbol method = operation.TargetMethod;
        FlowValue instance = Visit(operation.Instance, state);
        ImmutableArray<FlowValue> arguments = VisitAll(operation.Arguments, state, discards: method.MethodKind != MethodKind.LocalFunction);
        if (state.IsDead)
        {
            return FlowValue.Unknown;
        }

        if (StopsHere(method, operation.Arguments, arguments))
        {
            state.IsDead = true;
            return FlowValue.Unknown;
        }

        string entryPoint = NativeImport.Of(method)?.EntryPoint ?? method.Name;
        FlowValue result = ResultOf(operation, method, entryPoint, instance, arguments, state, out BodyFlow? summary);
        if (method.MethodKind is not (MethodKind.LocalFunction or MethodKind.DelegateInvoke))
        {
            state.ForgetMembers(IsMutableMember);
        }

        WriteArguments(operation, entryPoint, summary, state);
        return result;
    }

    /// <inheritdoc/>
    public override FlowValue VisitFunctionPointerInvocation(IFunctionPointerInvocationOperation operation, FlowState state)
    {
        FlowValue target = Visit(operation.Target, state);
        VisitAll(operation.Arguments, state);
        return target.Function is { } function ? Called(Call(function, state), state) : FlowValue.Unknown;
    }

    private FlowValue ResultOf(
        IInvocationOperation operation, IMethodSymbol method, string entryPoint, FlowValue instance, ImmutableArray<FlowValue> arguments, FlowState state,
        out BodyFlow? summary)
    {
        summary = null;
        if (method.MethodKind == MethodKind.DelegateInvoke && instance.Function is { } function)
        {
            return Called(Call(function, state), state);
        }

        if (method.MethodKind == MethodKind.LocalFunction)
        {
            FlowState entry = state.Clone();
            Bind(entry, operation.Arguments, arguments);
            return Called(CallLocal(method, entry), state);
        }

        if (KnownCalls.Fold(method, instance, arguments) is { } folded)
        {
            return folded;
        }

        if (AnnotationNames.IsDevice(method.ContainingType) && arguments is [{ Constants: [string text] }, ..])
        {
            return (method.Name == "Supports" ? _flow.Facts.OfFeature(text) : method.Name == "Runs" ? _flow.Facts.OfArchitecture(text) : null) ?? FlowValue.Unknown;
        }

        bool writes = operation.Arguments.Any(argument => argument.Parameter?.RefKind is RefKind.Out);
        if (!writes && _flow.Facts.OfAttributeQuery(entryPoint, operation.Arguments, method.ReturnType) is { } attribute)
        {
            return attribute;
        }

        if (_flow.Facts.OfMember(method, method.ReturnType) is { } named && (method.Parameters.IsEmpty || method.ReturnType.SpecialType != SpecialType.System_Int32))
        {
            return named;
        }

        summary = _flow.Summarize(method, instance, operation.Arguments, arguments, _depth);
        if (summary is not null)
        {
            if (!summary.Completes)
            {
                state.IsDead = true;
            }

            return summary.Returned ?? FlowValue.Unknown;
        }

        return FlowValue.Unknown;
    }

    private static FlowValue Called(Outcome outcome, FlowState state)
    {
        if (outcome.Exit is null)
        {
            state.IsDead = true;
        }

        return outcome.Returned ?? FlowValue.Unknown;
    }

    private static void Bind(FlowState entry, ImmutableArray<IArgumentOperation> arguments, ImmutableArray<FlowValue> values)
    {
        for (int i = 0; i < arguments.Length; i++)
        {
            if (arguments[i].Parameter is { } parameter)
            {
                entry.Set(parameter.OriginalDefinition, values[i]);
            }
        }
    }

    private ImmutableArray<FlowValue> VisitAll(ImmutableArray<IArgumentOperation> arguments, FlowState state, bool discards = true)
    {
        var values = ImmutableArray.CreateBuilder<FlowValue>(arguments.Length);
        foreach (IArgumentOperation argument in arguments)
        {
            Result.Reach(argument);
            FlowValue value;
            if (argument.Parameter?.RefKind == RefKind.Out)
            {
                VisitTarget(argument.Value, state);
                value = FlowValue.Unknown;
            }
            else
            {
                value = Visit(argument.Value, state);
            }

            // By reference, what counts is the variable that the callee will read.
            Result.Record(argument.Value, argument.Value.TakesAddress() ? Visit(argument.Value.Referent(), state) : value);
            values.Add(value);
        }

        ImmutableArray<FlowValue> all = values.MoveToImmutable();
        if (discards)
        {
            DiscardAll(all, state);
        }

        return all;
    }

    private void DiscardAll(ImmutableArray<FlowValue> values, FlowState state)
    {
        foreach (FlowValue value in values)
        {
            Discard(value, state);
        }
    }

    private void WriteArguments(IInvocationOperation operation, string entryPoint, BodyFlow? summary, FlowState state)
    {
        foreach (IArgumentOperation argument in operation.Arguments)
        {
            if (argument.Parameter?.RefKind is RefKind.Out or RefKind.Ref || argument.Value.TakesAddress())
            {
                IOperation referent = argument.Value.Referent();
                FlowValue? written = _flow.Facts.OfOutArgument(operation.TargetMethod, entryPoint, operation.Arguments, argument) ?? WrittenBy(summary, argument);
                Assign(referent, written ?? FlowValue.Unknown, state, operation);
            }
        }
    }

    // What a method with a body leaves in a parameter.
    private static FlowValue? WrittenBy(BodyFlow? summary, IArgumentOperation argument) =>
        summary is { GaveUp: false, Exit: { } exit } && argument.Parameter is { RefKind: RefKind.Out or RefKind.Ref } parameter && exit.Find(parameter.OriginalDefinition) is { Function: null } value ? value : null;

    // [DoesNotReturn], [DoesNotReturnIf] and assertions.
    private static bool StopsHere(IMethodSymbol method, ImmutableArray<IArgumentOperation> arguments, ImmutableArray<FlowValue> values)
    {
        if (method.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "DoesNotReturnAttribute"))
        {
            return true;
        }

        bool asserts = method is { Name: "Assert" or "Requires", ContainingType: { Name: "Debug" or "Trace" or "Contract", ContainingNamespace.Name: "Diagnostics" or "Contracts" } };
        for (int i = 0; i < arguments.Length; i++)
        {
            if (values[i].Truth is not { } truth || arguments[i].Parameter is not { } parameter)
            {
                continue;
            }

            if ((asserts && !truth) || parameter.GetAttributes().Any(attribute =>
                attribute.AttributeClass?.Name == "DoesNotReturnIfAttribute" && attribute.ConstructorArguments is [{ Value: bool stops }] && stops == truth))
            {
                return true;
            }
        }

        return false;
    }

    private FlowValue Member(ISymbol member, ITypeSymbol type, IMemberReferenceOperation operation, FlowValue instance, FlowState state)
    {
        if (operation.Instance is null or IInstanceReferenceOperation)
        {
            if (state.Find(member) is { IsUnknown: false } known)
            {
                return known;
            }

            // A constant of a capability's type is not the device.
            if (member is IFieldSymbol { IsStatic: true, IsReadOnly: true } && CapabilityNames.IsCapabilityType(type)
                && _flow.ValueOfMember(member, _depth) is { IsUnknown: false } initialized)
            {
                return initialized;
            }
        }

        // The parts of some capability are those of the device only if it is the device's.
        bool partOfValue = operation.Instance is not null && (CapabilityNames.IsCapabilityType(member.ContainingType) || member.ContainingType.IsTupleType);
        if (!partOfValue && _flow.Facts.OfMember(member, type) is { } named)
        {
            return named;
        }

        return _flow.ValueOfMember(member, _depth) ?? FlowValue.Unknown;
    }

    private FlowValue MemberOf(FlowValue instance, IOperation member) => member switch
    {
        IFieldReferenceOperation field => Element(instance, field.Field) ?? _flow.Facts.OfMember(field.Field, field.Field.Type) ?? FlowValue.Unknown,
        IPropertyReferenceOperation property => Element(instance, property.Property) ?? _flow.Facts.OfMember(property.Property, property.Property.Type) ?? FlowValue.Unknown,
        _ => FlowValue.Unknown,
    };

    private static FlowValue? Element(FlowValue instance, ISymbol member)
    {
        if (instance.Elements.IsEmpty)
        {
            return null;
        }

        string name = member is IFieldSymbol { CorrespondingTupleField: { } field } ? field.Name : member.Name;
        int index = name.ToUpperInvariant() switch
        {
            "MAJOR" => 0,
            "MINOR" => 1,
            ['I', 'T', 'E', 'M', .. var number] when int.TryParse(number, out int position) => position - 1,
            _ => -1,
        };
        return index >= 0 && index < instance.Elements.Length ? instance.Elements[index] : null;
    }

    // Nullable, Lazy, Task and the like hand their content on.
    private static FlowValue? Wrapped(IPropertySymbol property, FlowValue instance) =>
        property.ContainingType is { Name: "Nullable" or "Lazy" or "Task" or "ValueTask", IsGenericType: true } && !instance.IsUnknown
            ? property.Name switch { "Value" or "Result" => instance, "HasValue" => FlowValue.Of(true), _ => null }
            : null;

    private static FlowValue? CapabilityOf(IMethodSymbol constructor, ImmutableArray<IArgumentOperation> arguments, ImmutableArray<FlowValue> values)
    {
        if (constructor.ContainingType is { Name: "Version", ContainingNamespace.Name: "System" } && values is [{ Constants: [string text] }])
        {
            return KnownCalls.ParseVersion(text);
        }

        FlowValue? major = null, minor = null;
        for (int i = 0; i < arguments.Length; i++)
        {
            switch (arguments[i].Parameter?.Name.ToUpperInvariant())
            {
                case "MAJOR":
                    major = values[i];
                    break;
                case "MINOR":
                    minor = values[i];
                    break;
            }
        }

        return major is not null && minor is not null && CapabilityNames.IsPair(constructor.ContainingType) ? FlowValue.Of(ImmutableArray.Create(major, minor)) : null;
    }

    private static FlowValue Named(FlowValue value, Func<FlowValue?> byName) =>
        value.IsUnknown && !ReferenceEquals(value, FlowValue.NotDevice) ? byName() ?? value : value;
}
