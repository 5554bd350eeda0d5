using CudaArch.Architectures;
using CudaArch.CompileOptions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CudaArch.Analyzers.EmbeddedSource;

/// <summary>The architectures that CUDA C++ text is compiled for, as far as the code around it says.</summary>
/// <param name="Architectures">Those that run on the target.</param>
/// <param name="MayBringSuffix">Whether the architecture is filled in at run time and may bring a suffix with it.</param>
internal readonly record struct CudaCppTargets(IReadOnlyList<SmArchitecture> Architectures, bool MayBringSuffix);

/// <summary>Finds the options that stand beside a text: in the same call, else in the same member, else in the same type.</summary>
internal sealed class CudaCppOptions(SemanticModel model, TextComposer composer, CancellationToken cancellation)
{
    private readonly Dictionary<(SyntaxNode, SmArchitecture), (List<SmArchitecture> Named, bool IsOpen)> _known = [];

    /// <summary>What the code around a text says of the architectures.</summary>
    public CudaCppTargets For(SyntaxNode text, SmArchitecture target)
    {
        SyntaxNode?[] scopes =
        [
            text.FirstAncestorOrSelf<InvocationExpressionSyntax>(),
            text.FirstAncestorOrSelf<ObjectCreationExpressionSyntax>(),
            text.FirstAncestorOrSelf<MemberDeclarationSyntax>(member => member is not TypeDeclarationSyntax and not BaseNamespaceDeclarationSyntax),
            text.Ancestors().OfType<TypeDeclarationSyntax>().LastOrDefault(),
        ];
        foreach (SyntaxNode scope in scopes.OfType<SyntaxNode>())
        {
            (List<SmArchitecture> named, bool isOpen) = In(scope, target);
            if (named.Count > 0 || isOpen)
            {
                // Of text for several devices each is compiled for its own.
                return new CudaCppTargets([.. named.Where(architecture => Compatibility.CubinLoads(architecture, target) || Compatibility.PtxLoads(architecture, target))], isOpen);
            }
        }

        return new CudaCppTargets([], false);
    }

    private (List<SmArchitecture> Named, bool IsOpen) In(SyntaxNode scope, SmArchitecture target)
    {
        if (_known.TryGetValue((scope, target), out (List<SmArchitecture>, bool) known))
        {
            return known;
        }

        List<SmArchitecture> named = [];
        bool isOpen = false;
        foreach (SyntaxNode node in scope.DescendantNodes())
        {
            cancellation.ThrowIfCancellationRequested();
            if (node is LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression or (int)SyntaxKind.Utf8StringLiteralExpression } literal && literal.Token.Value is string { Length: < 4096 } value)
            {
                if (NamesArchitecture(value))
                {
                    named.AddRange(CompileOptionText.Parse(value).Names.Select(name => name.Architecture));
                }
            }
            else if (node is InterpolatedStringExpressionSyntax interpolated && interpolated.Contents.Any(content => content is InterpolatedStringTextSyntax part && NamesArchitecture(part.TextToken.ValueText)))
            {
                foreach (ComposedText text in composer.Compose(interpolated).ToTexts())
                {
                    ReadOpen(text, interpolated, target, named, ref isOpen);
                }
            }
        }

        _known.Add((scope, target), (named, isOpen));
        return (named, isOpen);
    }

    // The text itself names architectures in its comments.
    private static bool NamesArchitecture(string value) =>
        (value.IndexOf("sm_", StringComparison.Ordinal) >= 0 || value.IndexOf("compute_", StringComparison.Ordinal) >= 0) && value.IndexOf(CudaCppLiteralPass.KernelWord, StringComparison.Ordinal) < 0;

    // "sm_{major}{minor}a" is the target with its suffix; numbers alone bring none.
    private void ReadOpen(ComposedText text, InterpolatedStringExpressionSyntax interpolated, SmArchitecture target, List<SmArchitecture> named, ref bool isOpen)
    {
        int hole = text.Text.IndexOf(ComposedText.Hole);
        if (hole < 0)
        {
            named.AddRange(CompileOptionText.Parse(text.Text).Names.Select(name => name.Architecture));
            return;
        }

        int last = text.Text.LastIndexOf(ComposedText.Hole);
        char suffix = last + 1 < text.Text.Length ? text.Text[last + 1] : ' ';
        if (suffix is 'a' or 'f')
        {
            named.Add(target.With(suffix == 'a' ? ArchitectureVariant.ArchitectureSpecific : ArchitectureVariant.FamilySpecific));
            return;
        }

        bool numbers = interpolated.Contents.OfType<InterpolationSyntax>().All(part =>
            model.GetTypeInfo(part.Expression, cancellation).Type?.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_UInt64);
        if (numbers)
        {
            named.Add(target.With(ArchitectureVariant.Baseline));
        }
        else
        {
            isOpen = true;
        }
    }
}
