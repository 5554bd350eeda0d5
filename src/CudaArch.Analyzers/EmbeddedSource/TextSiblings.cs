using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CudaArch.Analyzers.EmbeddedSource;

/// <summary>The texts beside a text among which a program chooses: entries of one table, values that one variable may get, returns of one method.</summary>
internal static class TextSiblings
{
    /// <summary>The expressions beside an expression; itself may be among them.</summary>
    public static IEnumerable<ExpressionSyntax> Of(SyntaxNode expression)
    {
        switch (expression.Parent)
        {
            // { { "H100", "-arch=sm_90a" }, { "Spark", "-arch=sm_121a" } }
            case InitializerExpressionSyntax { RawKind: (int)SyntaxKind.ComplexElementInitializerExpression, Parent: InitializerExpressionSyntax table } entry:
                int column = entry.Expressions.IndexOf((ExpressionSyntax)expression);
                return table.Expressions.OfType<InitializerExpressionSyntax>().Where(other => other.Expressions.Count > column).Select(other => other.Expressions[column]);

            // { ["H100"] = "-arch=sm_90a", ["Spark"] = "-arch=sm_121a" }
            case AssignmentExpressionSyntax { Left: ImplicitElementAccessSyntax, Parent: InitializerExpressionSyntax table }:
                return table.Expressions.OfType<AssignmentExpressionSyntax>().Where(other => other.Left is ImplicitElementAccessSyntax).Select(other => other.Right);

            // case 9: options = "-arch=sm_90a"; break; case 12: options = "-arch=sm_121a"; break;
            case AssignmentExpressionSyntax { Left: IdentifierNameSyntax variable, Parent: ExpressionStatementSyntax statement } assignment when assignment.Right == expression:
                SyntaxNode? body = statement.FirstAncestorOrSelf<MemberDeclarationSyntax>();
                return body is null
                    ? []
                    : body.DescendantNodes().OfType<AssignmentExpressionSyntax>()
                        .Where(other => other.IsKind(SyntaxKind.SimpleAssignmentExpression) && other.Left is IdentifierNameSyntax name && name.Identifier.ValueText == variable.Identifier.ValueText)
                        .Select(other => other.Right);

            case ReturnStatementSyntax statement:
                SyntaxNode? member = statement.Ancestors().FirstOrDefault(node => node is MemberDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax);
                return member is null
                    ? []
                    : member.DescendantNodes(node => node == member || !(node is LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax))
                        .OfType<ReturnStatementSyntax>().Select(other => other.Expression).OfType<ExpressionSyntax>();

            default:
                return [];
        }
    }
}
