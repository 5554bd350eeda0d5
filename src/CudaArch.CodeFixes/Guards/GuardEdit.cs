using CudaArch.Analyzers.FeatureUse;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Simplification;

namespace CudaArch.CodeFixes.Guards;

/// <summary>
/// Puts a guard around a use. A statement that only calls is skipped on other devices; where a value is wanted, other devices get an exception instead of a made-up
/// value.
/// </summary>
internal sealed class GuardEdit
{
    private readonly SyntaxNode _anchor;
    private readonly GuardCondition _condition;
    private readonly Requirement _needs;

    private GuardEdit(SyntaxNode anchor, GuardCondition condition, Requirement needs)
    {
        _anchor = anchor;
        _condition = condition;
        _needs = needs;
    }

    /// <summary>What is guarded: edits of one anchor and need are one edit.</summary>
    public (SyntaxNode Anchor, string Needs) Key => (_anchor, _needs.Text);

    /// <summary>The edit for a use; null when no guard can be written there.</summary>
    public static GuardEdit? For(SyntaxNode use, Requirement needs, SemanticModel model) =>
        AnchorOf(use, model) is { } anchor && GuardCondition.For(needs, model, use) is { } condition ? new(anchor, condition, needs) : null;

    /// <summary>Writes the guard.</summary>
    public void Apply(SyntaxEditor editor)
    {
        switch (_anchor)
        {
            case ExpressionStatementSyntax { Expression: InvocationExpressionSyntax or AwaitExpressionSyntax, Parent: not GlobalStatementSyntax }:
                editor.ReplaceNode(_anchor, (current, _) => Skipped((StatementSyntax)current));
                break;

            case GlobalStatementSyntax { Statement: ExpressionStatementSyntax { Expression: InvocationExpressionSyntax or AwaitExpressionSyntax } }:
                editor.ReplaceNode(_anchor, (current, _) => SyntaxFactory.GlobalStatement(Skipped(((GlobalStatementSyntax)current).Statement)));
                break;

            case GlobalStatementSyntax:
                editor.InsertBefore(_anchor, SyntaxFactory.GlobalStatement(Refusal()));
                break;

            case StatementSyntax { Parent: BlockSyntax or SwitchSectionSyntax }:
                editor.InsertBefore(_anchor, Refusal());
                break;

            case StatementSyntax:
                editor.ReplaceNode(_anchor, (current, _) => SyntaxFactory.Block(Refusal(), (StatementSyntax)current).WithAdditionalAnnotations(Formatter.Annotation));
                break;

            case ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax method }:
                editor.ReplaceNode(method, (current, _) => WithBody((MethodDeclarationSyntax)current));
                break;

            case ExpressionSyntax:
                editor.ReplaceNode(_anchor, (current, _) => Chosen((ExpressionSyntax)current));
                break;
        }
    }

    // The statement, or the expression that is a body or initializer by itself.
    private static SyntaxNode? AnchorOf(SyntaxNode use, SemanticModel model)
    {
        foreach (SyntaxNode node in use.AncestorsAndSelf())
        {
            switch (node)
            {
                // Nothing may stand between base(...) and the body.
                case ConstructorInitializerSyntax or AttributeSyntax or ParameterSyntax:
                    return null;

                case StatementSyntax { Parent: GlobalStatementSyntax global }:
                    return global;

                // A constant cannot depend on the device, and a label belongs to its statement.
                case LocalDeclarationStatementSyntax { IsConst: true } or LabeledStatementSyntax or LocalFunctionStatementSyntax:
                    return null;

                case StatementSyntax { Parent: not LabeledStatementSyntax } statement:
                    return statement;

                case ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax { ReturnType: PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword } }, Expression: InvocationExpressionSyntax }:
                    return node;

                case ExpressionSyntax { Parent: ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax { ReturnType: PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword } } } }:
                    break;

                case ExpressionSyntax { Parent: ArrowExpressionClauseSyntax or LambdaExpressionSyntax or EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax } } expression:
                    return IsValue(expression, model) ? expression : null;

                case ExpressionSyntax { Parent: EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax field } } } expression:
                    return field.Modifiers.Any(SyntaxKind.ConstKeyword) ? null : expression;

                case MemberDeclarationSyntax:
                    return null;
            }
        }

        return null;
    }

    // An expression without a value cannot be a branch of ?:.
    private static bool IsValue(ExpressionSyntax expression, SemanticModel model) => expression switch
    {
        AssignmentExpressionSyntax or ThrowExpressionSyntax or RefExpressionSyntax => false,
        _ => expression.Parent switch
        {
            ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax } => true,
            ArrowExpressionClauseSyntax { Parent: LocalFunctionStatementSyntax function } => !IsVoid(function.ReturnType),
            ArrowExpressionClauseSyntax { Parent: AccessorDeclarationSyntax accessor } => accessor.IsKind(SyntaxKind.GetAccessorDeclaration),
            ArrowExpressionClauseSyntax { Parent: PropertyDeclarationSyntax or IndexerDeclarationSyntax or OperatorDeclarationSyntax or ConversionOperatorDeclarationSyntax } => true,
            EqualsValueClauseSyntax => true,
            LambdaExpressionSyntax lambda => model.GetSymbolInfo(lambda).Symbol is IMethodSymbol { ReturnsVoid: false, IsAsync: false },
            _ => false,
        },
    };

    private static bool IsVoid(TypeSyntax type) => type is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword };

    private StatementSyntax Skipped(StatementSyntax statement) => SyntaxFactory
        .IfStatement(Parse(_condition.Text), SyntaxFactory.Block(statement.WithoutLeadingTrivia()))
        .WithLeadingTrivia(statement.GetLeadingTrivia())
        .WithAdditionalAnnotations(Formatter.Annotation);

    private MethodDeclarationSyntax WithBody(MethodDeclarationSyntax method) => method
        .WithBody(SyntaxFactory.Block(Skipped(SyntaxFactory.ExpressionStatement(method.ExpressionBody!.Expression))))
        .WithExpressionBody(null)
        .WithSemicolonToken(default)
        .WithTrailingTrivia(method.GetTrailingTrivia())
        .WithAdditionalAnnotations(Formatter.Annotation);

    private StatementSyntax Refusal() => SyntaxFactory
        .IfStatement(Parse(_condition.Negation), SyntaxFactory.Block(SyntaxFactory.ThrowStatement(Exception())))
        .WithAdditionalAnnotations(Formatter.Annotation);

    private ExpressionSyntax Chosen(ExpressionSyntax value) => SyntaxFactory
        .ConditionalExpression(InParentheses(Parse(_condition.Text)), InParentheses(value.WithoutTrivia()), SyntaxFactory.ThrowExpression(Exception()))
        .WithTriviaFrom(value)
        .WithAdditionalAnnotations(Formatter.Annotation);

    private ExpressionSyntax Exception() => SyntaxFactory.ObjectCreationExpression(
        SyntaxFactory.ParseTypeName("global::System.PlatformNotSupportedException").WithAdditionalAnnotations(Simplifier.Annotation),
        SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.Argument(
            SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal($"This device lacks {_needs.Title}."))))),
        null);

    private static ExpressionSyntax Parse(string text)
    {
        ExpressionSyntax expression = SyntaxFactory.ParseExpression(text);
        return expression.ReplaceNodes(expression.DescendantNodesAndSelf().OfType<MemberAccessExpressionSyntax>(), (_, access) => access.WithAdditionalAnnotations(Simplifier.Annotation));
    }

    private static ExpressionSyntax InParentheses(ExpressionSyntax expression) => expression is InvocationExpressionSyntax or MemberAccessExpressionSyntax or SimpleNameSyntax
        ? expression
        : SyntaxFactory.ParenthesizedExpression(expression).WithAdditionalAnnotations(Simplifier.Annotation);
}
