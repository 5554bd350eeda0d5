using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace CudaArch.Analyzers.FeatureUse;

/// <summary>Tells whether a reference to a constant hands it to someone, or only names, compares or lists it.</summary>
internal static class ConstantUse
{
    // A switch of so many arms translates one set of names into another.
    private const int ArmsOfTable = 3;

    /// <summary>Whether the constant is used as a value.</summary>
    public static bool IsValue(IOperation reference)
    {
        IOperation operation = reference;
        for (IOperation? parent = operation.Parent; parent is not null; operation = parent, parent = parent.Parent)
        {
            switch (parent)
            {
                case IConversionOperation or IParenthesizedOperation:
                    continue;

                case IBinaryOperation
                {
                    OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals or BinaryOperatorKind.LessThan
                    or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual
                }:
                case IPatternOperation or ICaseClauseOperation or INameOfOperation or IExpressionStatementOperation or IInterpolationOperation:
                    return false;

                case IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "Equals" or "HasFlag" or "CompareTo" or "IsDefined" or "GetName" } }:
                case IInvocationOperation { TargetMethod.Name: "ToString" or "Equals" or "CompareTo" or "GetHashCode" or "GetType" }:
                    return false;

                // The key of a table, or one of a list of values.
                case IArgumentOperation { Parent: IPropertyReferenceOperation }:
                case IArgumentOperation { Parent: IInvocationOperation { Parent: IObjectOrCollectionInitializerOperation, TargetMethod.Parameters.Length: > 1 } }:
                case IArrayInitializerOperation { ElementValues.Length: > 1 }:
                case ISwitchExpressionArmOperation { Parent: ISwitchExpressionOperation { Arms.Length: >= ArmsOfTable } }:
                case IReturnOperation or ISimpleAssignmentOperation when IsInTable(parent):
                    return false;

                // The declaration of another constant is no use of this one.
                case IFieldInitializerOperation { InitializedFields: [{ HasConstantValue: true }, ..] }:
                    return false;

                default:
                    return parent.Kind != OperationKind.Attribute;
            }
        }

        return true;
    }

    private static bool IsInTable(IOperation statement)
    {
        IOperation? parent = statement.Parent is IExpressionStatementOperation expression ? expression.Parent : statement.Parent;
        return parent is ISwitchCaseOperation { Parent: ISwitchOperation { Cases.Length: >= ArmsOfTable } };
    }
}
