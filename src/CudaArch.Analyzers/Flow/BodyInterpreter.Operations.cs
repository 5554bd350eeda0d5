using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace CudaArch.Analyzers.Flow;

/// <summary>What each kind of operation gives and does.</summary>
internal sealed partial class BodyInterpreter : OperationVisitor<FlowState, FlowValue>
{
    /// <inheritdoc/>
    public override FlowValue Visit(IOperation? operation, FlowState state)
    {
        if (operation is null || state.IsDead)
        {
            return FlowValue.Unknown;
        }

        RuntimeHelpers.EnsureSufficientExecutionStack();

        // A function that is only named has not run yet.
        if (operation is not (IMethodReferenceOperation or IFlowAnonymousFunctionOperation or IDelegateCreationOperation))
        {
            Result.Reach(operation);
        }

        if (operation.ConstantValue is { HasValue: true, Value: var constant })
        {
            foreach (IOperation inner in operation.Descendants())
            {
                Result.Reach(inner);
            }

            return FlowValue.Of(constant);
        }

        FlowValue value = operation.Accept(this, state) ?? FlowValue.Unknown;
        value = Assumed(operation) ?? value;
        if (!IsPlain(operation, value))
        {
            Result.Affect(operation);
        }

        return value;
    }

    /// <inheritdoc/>
    public override FlowValue DefaultVisit(IOperation operation, FlowState state)
    {
        foreach (IOperation child in operation.ChildOperations)
        {
            Discard(Visit(child, state), state);
        }

        return FlowValue.Unknown;
    }

    /// <inheritdoc/>
    public override FlowValue VisitExpressionStatement(IExpressionStatementOperation operation, FlowState state) => Visit(operation.Operation, state);

    /// <inheritdoc/>
    public override FlowValue VisitParenthesized(IParenthesizedOperation operation, FlowState state) => Visit(operation.Operand, state);

    /// <inheritdoc/>
    public override FlowValue VisitAwait(IAwaitOperation operation, FlowState state) => Visit(operation.Operation, state);

    /// <inheritdoc/>
    public override FlowValue VisitDefaultValue(IDefaultValueOperation operation, FlowState state) => operation.Type switch
    {
        { IsReferenceType: true } or { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } => FlowValue.Of(null),
        { SpecialType: SpecialType.System_Boolean } => FlowValue.Of(false),
        { SpecialType: >= SpecialType.System_SByte and <= SpecialType.System_UInt64 } => FlowValue.Of(0),
        _ => FlowValue.Unknown,
    };

    /// <inheritdoc/>
    public override FlowValue VisitConversion(IConversionOperation operation, FlowState state)
    {
        FlowValue value = Visit(operation.Operand, state);
        bool toInteger = operation.Type is { SpecialType: >= SpecialType.System_SByte and <= SpecialType.System_UInt64 };
        if (toInteger && value.Constants.Any(constant => constant is double))
        {
            return FlowValue.OneOf(value.Constants.Select(constant => constant is double number && Math.Abs(number) < int.MaxValue ? (object)(long)number : constant), value.FromDevice);
        }

        return value;
    }

    /// <inheritdoc/>
    public override FlowValue VisitBinaryOperator(IBinaryOperation operation, FlowState state) =>
        ConstantFolding.Binary(operation.OperatorKind, Visit(operation.LeftOperand, state), Visit(operation.RightOperand, state));

    /// <inheritdoc/>
    public override FlowValue VisitTupleBinaryOperator(ITupleBinaryOperation operation, FlowState state) =>
        ConstantFolding.Binary(operation.OperatorKind, Visit(operation.LeftOperand, state), Visit(operation.RightOperand, state));

    /// <inheritdoc/>
    public override FlowValue VisitUnaryOperator(IUnaryOperation operation, FlowState state) =>
        ConstantFolding.Unary(operation.OperatorKind, Visit(operation.Operand, state));

    /// <inheritdoc/>
    public override FlowValue VisitIsPattern(IIsPatternOperation operation, FlowState state)
    {
        FlowValue input = Visit(operation.Value, state);
        foreach (IOperation part in operation.Pattern.DescendantsAndSelf())
        {
            Result.Reach(part);
        }

        return PatternFolding.Match(operation.Pattern, input, MemberOf, (variable, value) => state.Set(variable, value), Assumed);
    }

    /// <inheritdoc/>
    public override FlowValue VisitIsNull(IIsNullOperation operation, FlowState state)
    {
        FlowValue value = Visit(operation.Operand, state);
        return value.Constants.IsEmpty
            ? value.Elements.IsEmpty ? FlowValue.Unknown : FlowValue.Of(false)
            : FlowValue.OneOf(value.Constants.Select(constant => (object)(constant is null)), fromDevice: false);
    }

    /// <inheritdoc/>
    public override FlowValue VisitTuple(ITupleOperation operation, FlowState state) =>
        FlowValue.Of(operation.Elements.Select(element => Visit(element, state)).ToImmutableArray());

    /// <inheritdoc/>
    public override FlowValue VisitInterpolatedString(IInterpolatedStringOperation operation, FlowState state)
    {
        FlowValue text = FlowValue.Of("");
        foreach (IInterpolatedStringContentOperation part in operation.Parts)
        {
            Result.Reach(part);
            FlowValue value = part switch
            {
                IInterpolatedStringTextOperation literal => Visit(literal.Text, state),
                IInterpolationOperation { FormatString: null, Alignment: null } hole => AsText(Visit(hole.Expression, state)),
                _ => DefaultVisit(part, state),
            };
            text = ConstantFolding.Binary(BinaryOperatorKind.Add, text, value);
        }

        return text;
    }

    /// <inheritdoc/>
    public override FlowValue VisitFlowCapture(IFlowCaptureOperation operation, FlowState state)
    {
        FlowValue value = Visit(operation.Value, state);
        _captured[operation.Id] = operation.Value;
        state.Set(operation.Id, value);
        return FlowValue.Unknown;
    }

    /// <inheritdoc/>
    public override FlowValue VisitFlowCaptureReference(IFlowCaptureReferenceOperation operation, FlowState state) => state.Find(operation.Id) ?? FlowValue.Unknown;

    /// <inheritdoc/>
    public override FlowValue VisitFlowAnonymousFunction(IFlowAnonymousFunctionOperation operation, FlowState state)
    {
        _owners[operation] = _graph;
        return FlowValue.OfFunction(operation);
    }

    /// <inheritdoc/>
    public override FlowValue VisitMethodReference(IMethodReferenceOperation operation, FlowState state)
    {
        Discard(Visit(operation.Instance, state), state);
        return FlowValue.OfFunction(operation);
    }

    /// <inheritdoc/>
    public override FlowValue VisitDelegateCreation(IDelegateCreationOperation operation, FlowState state) => Visit(operation.Target, state);

    /// <inheritdoc/>
    public override FlowValue VisitAddressOf(IAddressOfOperation operation, FlowState state) => Visit(operation.Reference, state).Function is { } function
        ? FlowValue.OfFunction(function)
        : FlowValue.Unknown;

    /// <inheritdoc/>
    public override FlowValue VisitSimpleAssignment(ISimpleAssignmentOperation operation, FlowState state)
    {
        VisitTarget(operation.Target, state);
        FlowValue value = Visit(operation.Value, state);
        if (operation.Target is not (ILocalReferenceOperation or IParameterReferenceOperation or IFlowCaptureReferenceOperation))
        {
            Result.Record(operation.Value, value);
        }

        Assign(operation.Target, value, state, operation.Value);
        return value;
    }

    /// <inheritdoc/>
    public override FlowValue VisitDeconstructionAssignment(IDeconstructionAssignmentOperation operation, FlowState state)
    {
        VisitTarget(operation.Target, state);
        FlowValue value = Visit(operation.Value, state);
        Assign(operation.Target, value, state, operation.Value);
        return value;
    }

    /// <inheritdoc/>
    public override FlowValue VisitCompoundAssignment(ICompoundAssignmentOperation operation, FlowState state)
    {
        FlowValue before = Visit(operation.Target, state);
        FlowValue operand = Visit(operation.Value, state);
        Result.Record(operation.Value, operand);
        FlowValue value = ConstantFolding.Binary(operation.OperatorKind, before, operand);
        Assign(operation.Target, value, state, operation.Value);
        return value;
    }

    /// <inheritdoc/>
    public override FlowValue VisitIncrementOrDecrement(IIncrementOrDecrementOperation operation, FlowState state)
    {
        FlowValue before = Visit(operation.Target, state);
        BinaryOperatorKind kind = operation.Kind == OperationKind.Increment ? BinaryOperatorKind.Add : BinaryOperatorKind.Subtract;
        FlowValue after = ConstantFolding.Binary(kind, before, FlowValue.Of(1));
        Assign(operation.Target, after, state, operation.Target);
        return operation.IsPostfix ? before : after;
    }

    /// <inheritdoc/>
    public override FlowValue VisitDeclarationExpression(IDeclarationExpressionOperation operation, FlowState state)
    {
        VisitTarget(operation.Expression, state);
        return FlowValue.Unknown;
    }

    private FlowValue? Assumed(IOperation operation) =>
        _flow.Assumption is { } assumption && operation is IBinaryOperation or IPatternOperation
        && operation.Syntax.SyntaxTree == assumption.Test.SyntaxTree && new BodyFlow.Place(operation.Syntax) == new BodyFlow.Place(assumption.Test)
            ? FlowValue.OfDevice(assumption.Holds)
            : null;

    // What says nothing itself of the world outside: what it computes is known, or is looked at where it goes.
    private static bool IsPlain(IOperation operation, FlowValue value) => operation switch
    {
        IInvocationOperation or IObjectCreationOperation or IAwaitOperation => false,
        IExpressionStatementOperation or IFlowCaptureOperation or IPatternOperation => true,
        IAssignmentOperation { Target: var target } => target is ILocalReferenceOperation or IParameterReferenceOperation or IFlowCaptureReferenceOperation,
        _ => !value.IsUnknown,
    };

    // A target is come to, but not read.
    private void VisitTarget(IOperation target, FlowState state)
    {
        Result.Reach(target);
        switch (target)
        {
            case ILocalReferenceOperation or IParameterReferenceOperation or IFlowCaptureReferenceOperation or IDiscardOperation:
                break;
            case IMemberReferenceOperation member:
                Discard(Visit(member.Instance, state), state);
                if (member is IPropertyReferenceOperation property)
                {
                    VisitAll(property.Arguments, state);
                }

                break;
            case ITupleOperation tuple:
                foreach (IOperation element in tuple.Elements)
                {
                    VisitTarget(element, state);
                }

                break;
            case IDeclarationExpressionOperation declaration:
                VisitTarget(declaration.Expression, state);
                break;
            default:
                Visit(target, state);
                break;
        }
    }

    /// <summary>Writes a value to a target.</summary>
    /// <param name="target">What stands on the left.</param>
    /// <param name="value">The value.</param>
    /// <param name="state">The state to change.</param>
    /// <param name="origin">Where the value comes from: it may say that this is no property of the device.</param>
    private void Assign(IOperation target, FlowValue value, FlowState state, IOperation origin)
    {
        switch (target)
        {
            case IDeclarationExpressionOperation declaration:
                Assign(declaration.Expression, value, state, origin);
                return;

            case IConversionOperation conversion:
                Assign(conversion.Operand, value, state, origin);
                return;

            case ITupleOperation tuple:
                for (int i = 0; i < tuple.Elements.Length; i++)
                {
                    Assign(tuple.Elements[i], i < value.Elements.Length ? value.Elements[i] : FlowValue.Unknown, state, origin);
                }

                return;

            case IFlowCaptureReferenceOperation capture when _captured.TryGetValue(capture.Id, out IOperation? captured):
                state.Set(capture.Id, value);
                Assign(captured, value, state, origin);
                return;
        }

        if (VariableOf(target) is { } variable && !(variable is ILocalSymbol or IParameterSymbol && _use.IsWrittenFromInside((ISymbol)variable)))
        {
            if (value.IsUnknown && variable is ILocalSymbol && CapabilityNames.IsForeign(origin.Syntax.ToString()))
            {
                value = FlowValue.NotDevice;
            }

            if (value.Function is not null && variable is IFieldSymbol or IPropertySymbol)
            {
                Discard(value, state);
                value = FlowValue.Unknown;
            }

            state.Set(variable, value);
            if (variable is IFieldSymbol or IPropertySymbol)
            {
                _flow.NoteAssignment((ISymbol)variable, value);
            }
        }
        else
        {
            Discard(value, state);
        }
    }

    // Fields and properties are followed on this and on types, not on other objects.
    private static object? VariableOf(IOperation target) => target switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFlowCaptureReferenceOperation capture => capture.Id,
        IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } field => field.Field,
        IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation, Arguments.IsEmpty: true } property => property.Property,
        _ => null,
    };

    private static FlowValue AsText(FlowValue value) => value.Constants.All(constant => constant is long or string)
        ? FlowValue.OneOf(value.Constants.Select(constant => (object?)Convert.ToString(constant, System.Globalization.CultureInfo.InvariantCulture)), value.FromDevice)
        : FlowValue.Unknown.Marked(value.FromDevice);
}
