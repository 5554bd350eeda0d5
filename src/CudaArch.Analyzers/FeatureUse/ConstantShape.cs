using CudaArch.Analyzers.Flow;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace CudaArch.Analyzers.FeatureUse;

/// <summary>
/// Whether an expression may have a value that is known at build time, by its form alone: asked before any flow is followed, since most sizes come from a parameter. Only
/// a sure no is a no.
/// </summary>
internal static class ConstantShape
{
    private const int Deepest = 8;

    /// <summary>Whether the value may be one of some.</summary>
    /// <param name="value">The expression.</param>
    /// <param name="isWanted">Whether a constant is one of them.</param>
    public static bool MayBe(IOperation value, Func<object?, bool> isWanted) => MayBe(value, isWanted, 0);

    private static bool MayBe(IOperation value, Func<object?, bool> isWanted, int depth) => depth >= Deepest || (value.ConstantValue is { HasValue: true, Value: var constant }
        ? isWanted(constant)
        : value switch
        {
            IConversionOperation conversion => MayBe(conversion.Operand, isWanted, depth + 1),
            IParenthesizedOperation parenthesized => MayBe(parenthesized.Operand, isWanted, depth + 1),
            IUnaryOperation unary => MayBe(unary.Operand, AnyConstant, depth + 1),
            IBinaryOperation binary => MayBe(binary.LeftOperand, AnyConstant, depth + 1) && MayBe(binary.RightOperand, AnyConstant, depth + 1),
            IConditionalOperation { WhenFalse: { } other } choice => MayBe(choice.WhenTrue, isWanted, depth + 1) || MayBe(other, isWanted, depth + 1),
            IParameterReferenceOperation parameter => MayBeKnown(parameter),
            ILocalReferenceOperation local => MayBe(local, isWanted, depth),
            IArrayElementReferenceOperation => false,
            _ => true,
        });

    private static bool AnyConstant(object? constant) => true;

    // What a caller hands over is not known; what a local function is given, or a name that speaks of the device, may be.
    private static bool MayBeKnown(IParameterReferenceOperation reference)
    {
        IParameterSymbol parameter = reference.Parameter;
        return parameter.ContainingSymbol is IMethodSymbol { MethodKind: MethodKind.LocalFunction or MethodKind.AnonymousFunction }
            || CapabilityNames.OfParameter(parameter) != CapabilityRole.None
            || RootOf(reference).Descendants().Any(operation => IsWriteTo(operation, parameter));
    }

    private static bool MayBe(ILocalReferenceOperation reference, Func<object?, bool> isWanted, int depth)
    {
        if (CapabilityNames.OfLocal(reference.Local) != CapabilityRole.None)
        {
            return true;
        }

        bool any = false;
        foreach (IOperation operation in RootOf(reference).Descendants())
        {
            if (operation is IVariableDeclaratorOperation declarator && Same(declarator.Symbol, reference.Local))
            {
                any = true;
                if (declarator.GetVariableInitializer() is { } initializer && MayBe(initializer.Value, isWanted, depth + 1))
                {
                    return true;
                }
            }
            else if (operation is ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } assignment && Same(target.Local, reference.Local))
            {
                any = true;
                if (MayBe(assignment.Value, isWanted, depth + 1))
                {
                    return true;
                }
            }
            else if (IsWriteTo(operation, reference.Local))
            {
                return true;
            }
        }

        return !any;
    }

    // size += 4, size++, Ask(out size), (size, _) = …
    private static bool IsWriteTo(IOperation operation, ISymbol variable) => operation switch
    {
        IAssignmentOperation assignment => assignment.Target.DescendantsAndSelf().Any(target => IsReference(target, variable)),
        IIncrementOrDecrementOperation increment => IsReference(increment.Target, variable),
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument => IsReference(argument.Value, variable),
        IAddressOfOperation address => IsReference(address.Reference, variable),
        IDeclarationPatternOperation pattern => Same(pattern.DeclaredSymbol, variable),
        _ => false,
    };

    private static bool IsReference(IOperation operation, ISymbol variable) => operation switch
    {
        ILocalReferenceOperation local => Same(local.Local, variable),
        IParameterReferenceOperation parameter => Same(parameter.Parameter, variable),
        _ => false,
    };

    private static bool Same(ISymbol? left, ISymbol right) => SymbolEqualityComparer.Default.Equals(left, right);

    private static IOperation RootOf(IOperation operation)
    {
        while (operation.Parent is { } parent)
        {
            operation = parent;
        }

        return operation;
    }
}
