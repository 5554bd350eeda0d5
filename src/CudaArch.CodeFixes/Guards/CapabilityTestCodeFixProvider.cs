using System.Collections.Immutable;
using System.Composition;
using CudaArch.Analyzers.FeatureUse;
using CudaArch.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
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
        // A pattern may be no more than its one clause.
        SyntaxNode found = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        if (found.FirstAncestorOrSelf<ExpressionOrPatternSyntax>() is not { } test || test.Span != found.Span)
        {
            return null;
        }

        string? text = diagnostic.Properties.TryGetValue(FeatureReport.ReplacementProperty, out string? whole) ? whole : ExactTest.For(diagnostic, test, model);
        return text is null ? null : new TextChange(test.Span, NeedsParentheses(test) ? $"({text})" : text);
    }

    private static bool NeedsParentheses(ExpressionOrPatternSyntax test) => test.Parent is BinaryExpressionSyntax or PrefixUnaryExpressionSyntax or CastExpressionSyntax or UnaryPatternSyntax or BinaryPatternSyntax;
}
