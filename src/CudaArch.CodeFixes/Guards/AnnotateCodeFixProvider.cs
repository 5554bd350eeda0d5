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
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Simplification;

namespace CudaArch.CodeFixes.Guards;

/// <summary>Marks the member around a use as needing the same, so that its callers are checked instead.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(AnnotateCodeFixProvider))]
[Shared]
public sealed class AnnotateCodeFixProvider : CodeFixProvider
{
    private const string Title = "Annotate the member with what it needs";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
        ImmutableArray.Create(RuleIds.FeatureNotOnTarget, RuleIds.NarrowFormat, RuleIds.AnnotatedMember);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() =>
        FixAllProvider.Create(async (context, document, diagnostics) => await ApplyAsync(document, diagnostics, context.CancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        SemanticModel? model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (root is null || model is null || !Requirements.AreKnownIn(model.Compilation))
        {
            return;
        }

        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (NeedOf(diagnostic) is not null && MemberAround.Of(root.FindNode(diagnostic.Location.SourceSpan)) is not null)
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
            if (NeedOf(diagnostic) is { } needs
                && MemberAround.Of(editor.OriginalRoot.FindNode(diagnostic.Location.SourceSpan)) is { } member
                && written.Add((member, needs.Text)))
            {
                editor.AddAttribute(member, AttributeFor(needs));
            }
        }

        return editor.GetChangedDocument();
    }

    private static Requirement? NeedOf(Diagnostic diagnostic) =>
        diagnostic.Properties.TryGetValue(FeatureReport.NeedsProperty, out string? text) && text is not null ? Requirement.Parse(text, isAnnotation: true) : null;

    private static AttributeSyntax AttributeFor(Requirement needs)
    {
        string type = needs.Feature is null ? AnnotationNames.RequiresArchitectureAttribute : AnnotationNames.RequiresFeatureAttribute;
        const string Ending = "Attribute";
        NameSyntax name = SyntaxFactory.ParseName("global::" + type.Substring(0, type.Length - Ending.Length)).WithAdditionalAnnotations(Simplifier.Annotation);
        LiteralExpressionSyntax text = SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(needs.Text));
        return SyntaxFactory.Attribute(name, SyntaxFactory.AttributeArgumentList(SyntaxFactory.SingletonSeparatedList(SyntaxFactory.AttributeArgument(text))));
    }
}
