using System.Collections.Immutable;
using CudaArch.Architectures;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CudaArch.Analyzers.EmbeddedSource;

/// <summary>One look through one file for text that is meant for a compiler or a device: what both rules about such text need.</summary>
internal abstract class FilePass
{
    protected FilePass(SemanticModel model, CudaCompilation cuda, SourceIndex sources, CancellationToken cancellation)
    {
        Model = model;
        Cancellation = cancellation;
        Targets = cuda.TargetsFor(model.SyntaxTree);
        Composer = new TextComposer(model, cancellation);
        Units = new TextUnits(model, Composer, cancellation);
        Uses = new TextUses(model, sources, cancellation);
        Reach = new TextReach(model, sources, cancellation);
    }

    protected SemanticModel Model { get; }

    protected CancellationToken Cancellation { get; }

    /// <summary>The targets of the file.</summary>
    protected ImmutableArray<SmArchitecture> Targets { get; }

    protected TextComposer Composer { get; }

    protected TextUnits Units { get; }

    protected TextUses Uses { get; }

    protected TextReach Reach { get; }

    /// <summary>The literals and interpolated strings of the file that a test lets through.</summary>
    protected IEnumerable<ExpressionSyntax> Literals(Func<string, bool> mayMatter)
    {
        foreach (SyntaxNode node in Model.SyntaxTree.GetRoot(Cancellation).DescendantNodes())
        {
            Cancellation.ThrowIfCancellationRequested();
            switch (node)
            {
                case LiteralExpressionSyntax literal when literal.Token.Value is string value && mayMatter(value):
                    yield return literal;
                    break;
                case InterpolatedStringExpressionSyntax interpolated when interpolated.Contents.Any(content => content is InterpolatedStringTextSyntax text && mayMatter(text.TextToken.ValueText)):
                    yield return interpolated;
                    break;
            }
        }
    }

    /// <summary>The texts that come about, each with the targets on which it does.</summary>
    protected IEnumerable<(ComposedText Text, ImmutableArray<SmArchitecture> Targets)> TextsOnTargets(TextFragments fragments, SyntaxNode root)
    {
        foreach (ComposedText text in fragments.ToTexts().Where(text => text.Pieces.Any(piece => piece.Value.Length > 1)))
        {
            foreach (IGrouping<ComposedText?, SmArchitecture> group in Targets.GroupBy(target => Reach.On(text, root, target)))
            {
                if (group.Key is { } comes)
                {
                    yield return (comes, group.ToImmutableArray());
                }
            }
        }
    }
}
