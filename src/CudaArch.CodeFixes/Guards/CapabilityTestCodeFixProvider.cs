using System.Collections.Immutable;
using System.Composition;
using CudaArch.Analyzers.FeatureUse;
using CudaArch.Analyzers.Flow;
using CudaArch.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace CudaArch.CodeFixes.Guards;

/// <summary>
/// Writes the test that CUDA1005 asks for: <c>major >= 10</c> becomes a test of the families that have what stands behind it, a test number by number becomes one of both
/// numbers together.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(CapabilityTestCodeFixProvider))]
[Shared]
public sealed class CapabilityTestCodeFixProvider : CodeFixProvider
{
    private const string Key = "ExactTest";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(RuleIds.CapabilityTest);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() =>
        FixAllProvider.Create(async (context, document, diagnostics) => await ApplyAsync(document, diagnostics, context.CancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        SemanticModel? model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (root is not null && model is not null && ChangeOf(diagnostic, root, model) is { } change)
            {
                context.RegisterCodeFix(
                    CodeAction.Create($"Test '{change.NewText}'", cancellation => ApplyAsync(context.Document, ImmutableArray.Create(diagnostic), cancellation), Key), diagnostic);
            }
        }
    }

    private static async Task<Document> ApplyAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        SourceText text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        SyntaxNode? root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        SemanticModel? model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        return root is null || model is null
            ? document
            : document.WithText(text.WithChanges(diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start).Select(diagnostic => ChangeOf(diagnostic, root, model)).OfType<TextChange>()));
    }

    private static TextChange? ChangeOf(Diagnostic diagnostic, SyntaxNode root, SemanticModel model)
    {
        if (root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is not ExpressionSyntax test)
        {
            return null;
        }

        string? text = diagnostic.Properties.TryGetValue(FeatureReport.ReplacementProperty, out string? whole) ? whole : Exact(diagnostic, test, model);
        return text is null ? null : new TextChange(test.Span, NeedsParentheses(test) ? $"({text})" : text);
    }

    // major >= 10, 10 <= major, major < 10.
    private static string? Exact(Diagnostic diagnostic, ExpressionSyntax test, SemanticModel model)
    {
        if (!diagnostic.Properties.TryGetValue(FeatureReport.NeedsProperty, out string? needed) || needed is null || Requirement.Parse(needed, isAnnotation: false) is not { } needs
            || test is not BinaryExpressionSyntax binary)
        {
            return null;
        }

        bool isReversed = model.GetConstantValue(binary.Left).HasValue;
        ExpressionSyntax asked = isReversed ? binary.Right : binary.Left;
        string? major = MajorOf(asked, model);
        bool patterns = model.SyntaxTree.Options is CSharpParseOptions { LanguageVersion: >= LanguageVersion.CSharp9 };
        if (major is null || GuardCondition.For(needs, new CapabilityExpression(major, null), patterns) is not { } condition)
        {
            return null;
        }

        return (binary.OperatorToken.Text, isReversed) switch
        {
            (">=" or ">", false) or ("<=" or "<", true) => condition.Text,
            ("<=" or "<", false) or (">=" or ">", true) => condition.Negation,
            _ => null,
        };
    }

    private static string? MajorOf(ExpressionSyntax expression, SemanticModel model)
    {
        ISymbol? symbol = model.GetSymbolInfo(expression).Symbol;
        (CapabilityRole role, ITypeSymbol? type) = symbol switch
        {
            ILocalSymbol local => (CapabilityNames.OfLocal(local), local.Type),
            IParameterSymbol parameter => (CapabilityNames.OfParameter(parameter), parameter.Type),
            IFieldSymbol field => (CapabilityNames.OfMember(field, field.Type), field.Type),
            IPropertySymbol property => (CapabilityNames.OfMember(property, property.Type), property.Type),
            _ => (CapabilityRole.None, null),
        };
        bool isPart = expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Major" or "major" };
        return role == CapabilityRole.Major || isPart ? expression.ToString()
            : role == CapabilityRole.Whole && type is { Name: "Version" } ? expression + ".Major"
            : null;
    }

    private static bool NeedsParentheses(ExpressionSyntax test) => test.Parent is BinaryExpressionSyntax or PrefixUnaryExpressionSyntax or CastExpressionSyntax;
}
