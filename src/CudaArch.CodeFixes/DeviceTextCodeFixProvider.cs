using System.Collections.Immutable;
using System.Composition;
using CudaArch.Analyzers.EmbeddedSource;
using CudaArch.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace CudaArch.CodeFixes;

/// <summary>
/// Writes the remedies of CUDA1003, CUDA1004 and CUDA1009: another architecture in an option string or a JIT-target value, another <c>.version</c> or <c>.target</c> in PTX, the nearest name in an annotation.
/// Only the characters concerned change.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(DeviceTextCodeFixProvider))]
[Shared]
public sealed class DeviceTextCodeFixProvider : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(RuleIds.ArchitectureOption, RuleIds.EmbeddedDeviceSource, RuleIds.MalformedConfiguration);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => FixAllProvider.Create(FixDocumentAsync);

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root is null)
        {
            return;
        }

        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            foreach (Mend mend in Mend.Of(diagnostic))
            {
                if (ChangesOf(mend, root) is { } changes)
                {
                    context.RegisterCodeFix(CodeAction.Create(mend.Title, cancellation => ApplyAsync(context.Document, changes, cancellation), mend.Key), diagnostic);
                }
            }
        }
    }

    private static async Task<Document?> FixDocumentAsync(FixAllContext context, Document document, ImmutableArray<Diagnostic> diagnostics)
    {
        if (await document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root)
        {
            return null;
        }

        // Several faults may share a remedy; of two that overlap the first counts.
        var all = new List<TextChange>();
        foreach (Diagnostic diagnostic in diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start))
        {
            if (Mend.Of(diagnostic).FirstOrDefault(mend => mend.Key == context.CodeActionEquivalenceKey) is { } mend && ChangesOf(mend, root) is { } changes)
            {
                TextChange[] more = [.. changes.Where(change => !all.Contains(change))];
                if (!more.Any(change => all.Exists(other => other.Span.IntersectsWith(change.Span))))
                {
                    all.AddRange(more);
                }
            }
        }

        return await ApplyAsync(document, [.. all.OrderBy(change => change.Span.Start)], context.CancellationToken).ConfigureAwait(false);
    }

    // All changes of a remedy, or none.
    private static IReadOnlyList<TextChange>? ChangesOf(Mend mend, SyntaxNode root)
    {
        var changes = new List<TextChange>();
        foreach (MendEdit edit in mend.Edits)
        {
            TextChange? change = edit.IsCode ? new TextChange(edit.Place, edit.Text) : LiteralEdit.Of(root, edit.Place, edit.Text);
            if (change is null)
            {
                return null;
            }

            changes.Add(change.Value);
        }

        return mend.Edits.Any(edit => edit.IsCode) && !StaysWellFormed(root, changes) ? null : changes;
    }

    private static bool StaysWellFormed(SyntaxNode root, IReadOnlyList<TextChange> changes)
    {
        SyntaxTree changed = root.SyntaxTree.WithChangedText(root.SyntaxTree.GetText().WithChanges(changes));
        return changed.GetDiagnostics().Count(IsError) <= root.SyntaxTree.GetDiagnostics().Count(IsError);
    }

    private static bool IsError(Diagnostic diagnostic) => diagnostic.Severity == DiagnosticSeverity.Error;

    private static async Task<Document> ApplyAsync(Document document, IEnumerable<TextChange> changes, CancellationToken cancellation)
    {
        SourceText text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        return document.WithText(text.WithChanges(changes));
    }
}
