using System.Collections.Immutable;
using System.Composition;
using System.Globalization;
using CudaArch.CodeFixes.Guards;
using CudaArch.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Simplification;

namespace CudaArch.CodeFixes;

/// <summary>
/// Suppresses a rule in the member around a report, by an attribute whose justification says what was accepted: the message, which stays true whatever the reason was. The
/// compiler's own suppression leaves the justification pending.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SuppressCodeFixProvider))]
[Shared]
public sealed class SuppressCodeFixProvider : CodeFixProvider
{
    private const string Attribute = "global::System.Diagnostics.CodeAnalysis.SuppressMessage";
    private const string Key = "SuppressWithJustification";

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(
        RuleIds.FeatureNotOnTarget, RuleIds.NarrowFormat, RuleIds.ArchitectureOption, RuleIds.EmbeddedDeviceSource, RuleIds.CapabilityTest, RuleIds.SharedMemoryOptIn, RuleIds.AnnotatedMember,
        RuleIds.UncoveredImport);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() =>
        FixAllProvider.Create(async (context, document, diagnostics) => await ApplyAsync(document, diagnostics, context.CancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (root is not null && MemberAround.Of(root.FindNode(diagnostic.Location.SourceSpan)) is not null)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(
                        $"Suppress {diagnostic.Id} in this member, with the message as justification",
                        cancellation => ApplyAsync(context.Document, ImmutableArray.Create(diagnostic), cancellation),
                        Key + diagnostic.Id),
                    diagnostic);
            }
        }
    }

    private static async Task<Document> ApplyAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        DocumentEditor editor = await DocumentEditor.CreateAsync(document, cancellation).ConfigureAwait(false);

        // One attribute suppresses the rule in the whole member: it says all that is accepted with it.
        foreach (IGrouping<(MemberDeclarationSyntax? Member, string Id), Diagnostic> group in diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)
            .GroupBy(diagnostic => (MemberAround.Of(editor.OriginalRoot.FindNode(diagnostic.Location.SourceSpan)), diagnostic.Id)))
        {
            if (group.Key.Member is { } member)
            {
                editor.AddAttribute(member, AttributeFor(group.Key.Id, group.Select(diagnostic => diagnostic.GetMessage(CultureInfo.InvariantCulture)).Distinct()));
            }
        }

        return editor.GetChangedDocument();
    }

    private static AttributeSyntax AttributeFor(string id, IEnumerable<string> messages)
    {
        AttributeArgumentSyntax Text(string text) => SyntaxFactory.AttributeArgument(SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(text)));
        AttributeArgumentSyntax justification = Text("Accepted: " + string.Join("; ", messages)).WithNameEquals(SyntaxFactory.NameEquals("Justification"));
        return SyntaxFactory.Attribute(
            SyntaxFactory.ParseName(Attribute).WithAdditionalAnnotations(Simplifier.Annotation),
            SyntaxFactory.AttributeArgumentList(SyntaxFactory.SeparatedList([Text("CudaArch"), Text($"{id}:{RuleCatalog.Get(id).Title}"), justification])));
    }
}
