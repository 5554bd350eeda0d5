using System.Collections.Immutable;
using System.Composition;
using System.Globalization;
using CudaArch.Analyzers.FeatureUse;
using CudaArch.Architectures;
using CudaArch.Features;
using CudaArch.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace CudaArch.CodeFixes;

/// <summary>
/// Writes the FP8 member in place of an FP4 or FP6 member that CUDA1002 reports, where the enum has one and the targets have FP8. E4M3 holds every value of E2M1, E2M3 and
/// E3M2. The data must be in that format, too: the title says so.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(Fp8CodeFixProvider))]
[Shared]
public sealed class Fp8CodeFixProvider : CodeFixProvider
{
    private const string Key = "UseFp8";

    // CUDA_R_4F_E2M1, CUDNN_DATA_FP4_E2M1, BuilderFlag.kFP4, in any spelling.
    private static readonly (string Narrow, string Fp8)[] Endings =
    [
        ("4fe2m1", "8fe4m3"), ("6fe2m3", "8fe4m3"), ("6fe3m2", "8fe4m3"), ("fp4e2m1", "fp8e4m3"), ("fp6e2m3", "fp8e4m3"), ("fp6e3m2", "fp8e4m3"), ("fp4", "fp8"),
    ];

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ImmutableArray.Create(RuleIds.NarrowFormat);

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
            if (root is not null && model is not null && ChangeOf(diagnostic, root, model, context.CancellationToken) is { } change)
            {
                context.RegisterCodeFix(
                    CodeAction.Create(
                        $"Use FP8 ('{change.NewText}'), for data in that format", cancellation => ApplyAsync(context.Document, ImmutableArray.Create(diagnostic), cancellation), Key),
                    diagnostic);
            }
        }
    }

    private static async Task<Document> ApplyAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        SourceText text = await document.GetTextAsync(cancellation).ConfigureAwait(false);
        SyntaxNode? root = await document.GetSyntaxRootAsync(cancellation).ConfigureAwait(false);
        SemanticModel? model = await document.GetSemanticModelAsync(cancellation).ConfigureAwait(false);
        TextChange[] changes = root is null || model is null
            ? []
            : [.. diagnostics.OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start).Select(diagnostic => ChangeOf(diagnostic, root, model, cancellation)).OfType<TextChange>()];
        return document.WithText(text.WithChanges(changes));
    }

    private static TextChange? ChangeOf(Diagnostic diagnostic, SyntaxNode root, SemanticModel model, CancellationToken cancellation)
    {
        if (!TargetsHaveFp8(diagnostic))
        {
            return null;
        }

        SyntaxNode node = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
        ExpressionSyntax? value = node as ExpressionSyntax ?? (node as ArgumentSyntax)?.Expression;
        while (value is CastExpressionSyntax or ParenthesizedExpressionSyntax)
        {
            value = value is CastExpressionSyntax cast ? cast.Expression : ((ParenthesizedExpressionSyntax)value).Expression;
        }

        SimpleNameSyntax? name = value as SimpleNameSyntax ?? (value as MemberAccessExpressionSyntax)?.Name;
        return name is not null && model.GetSymbolInfo(name, cancellation).Symbol is IFieldSymbol { HasConstantValue: true } field && Fp8Beside(field) is { } member
            ? new TextChange(name.Span, member)
            : null;
    }

    private static bool TargetsHaveFp8(Diagnostic diagnostic) =>
        diagnostic.Properties.TryGetValue(FeatureReport.TargetsProperty, out string? targets) && targets is { Length: > 0 }
        && targets.Split(';').All(target => int.TryParse(target, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && FeatureCatalog.Find("format.cublaslt.fp8")!.SupportOn(new SmArchitecture(number / 10, number % 10)) != FeatureSupport.Unsupported);

    private static string? Fp8Beside(IFieldSymbol narrow)
    {
        string written = Plain(narrow.Name);
        foreach ((string ending, string fp8) in Endings)
        {
            if (written.EndsWith(ending, StringComparison.Ordinal))
            {
                string wanted = written.Substring(0, written.Length - ending.Length) + fp8;
                return narrow.ContainingType.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(member => member.HasConstantValue && Plain(member.Name) == wanted)?.Name;
            }
        }

        return null;
    }

    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
