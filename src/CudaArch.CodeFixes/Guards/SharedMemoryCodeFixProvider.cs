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

/// <summary>Lowers a request for shared memory to what every target reported by CUDA1006 has.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SharedMemoryCodeFixProvider))]
[Shared]
public sealed class SharedMemoryCodeFixProvider : CodeFixProvider
{
    private const string Key = "LowerSharedMemory";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(RuleIds.SharedMemoryOptIn);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() =>
        FixAllProvider.Create(async (context, document, diagnostics) => await ApplyAsync(document, diagnostics, context.CancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (root is not null && ChangeOf(diagnostic, root) is { } change)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(
                        $"Ask for {change.NewText} bytes, the most that every target has",
                        cancellation => ApplyAsync(context.Document, ImmutableArray.Create(diagnostic), cancellation),
                        Key),
                    diagnostic);
            }
        }
    }

    private static async Task<Document> ApplyAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        SourceText text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        SyntaxNode? root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        TextChange[] changes = root is null ? [] : [.. diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start).Select(diagnostic => ChangeOf(diagnostic, root)).OfType<TextChange>()];
        return document.WithText(text.WithChanges(changes));
    }

    // The value itself, without a name or modifier of the argument. What is handed by reference cannot become a number.
    private static TextChange? ChangeOf(Diagnostic diagnostic, SyntaxNode root)
    {
        ExpressionSyntax? value = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) switch
        {
            ExpressionSyntax { Parent: AssignmentExpressionSyntax assignment } assigned when assignment.Right == assigned => assigned,
            { } node when node.FirstAncestorOrSelf<ArgumentSyntax>() is { RefKindKeyword.RawKind: 0 } argument => argument.Expression,
            _ => null,
        };
        return value is not null && diagnostic.Properties.TryGetValue(FeatureReport.LimitProperty, out string? limit) && limit is not null ? new TextChange(value.Span, limit) : null;
    }
}
