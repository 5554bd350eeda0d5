using System.Collections.Immutable;
using System.Composition;
using CudaArch.Analyzers.FeatureUse;
using CudaArch.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Editing;

namespace CudaArch.CodeFixes.Guards;

/// <summary>Guards the uses that CUDA1001, CUDA1002 and CUDA1007 report by a test that holds exactly on the devices that have what is needed.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(GuardCodeFixProvider))]
[Shared]
public sealed class GuardCodeFixProvider : CodeFixProvider
{
    private const string Title = "Guard with a test of the device";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(RuleIds.FeatureNotOnTarget, RuleIds.NarrowFormat, RuleIds.AnnotatedMember);

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
            if (root is not null && model is not null && EditOf(diagnostic, root, model) is not null)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(Title, cancellation => ApplyAsync(context.Document, ImmutableArray.Create(diagnostic), cancellation), Title), diagnostic);
            }
        }
    }

    private static async Task<Document> ApplyAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        DocumentEditor editor = await DocumentEditor.CreateAsync(document, cancellation).ConfigureAwait(false);
        var written = new HashSet<(SyntaxNode, string)>();
        foreach (Diagnostic diagnostic in diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start))
        {
            // One guard serves all uses of a statement that need the same.
            if (EditOf(diagnostic, editor.OriginalRoot, editor.SemanticModel) is { } edit && written.Add(edit.Key))
            {
                edit.Apply(editor);
            }
        }

        return editor.GetChangedDocument();
    }

    private static GuardEdit? EditOf(Diagnostic diagnostic, SyntaxNode root, SemanticModel model) =>
        diagnostic.Properties.TryGetValue(FeatureReport.NeedsProperty, out string? text) && text is not null && Requirement.Parse(text, isAnnotation: false) is { } needs
            ? GuardEdit.For(root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true), needs, model)
            : null;
}
