using System.Collections.Immutable;
using CudaArch.Architectures;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace CudaArch.Analyzers.EmbeddedSource;

/// <summary>One look through one file for text that is meant for a compiler or a device: what both rules about such text need.</summary>
internal abstract class FilePass
{
    protected FilePass(SemanticModel model, CudaCompilation cuda, CancellationToken cancellation)
    {
        Tests = new LetThroughTests(cuda, GetType().Name, cancellation);
        Model = model;
        Cancellation = cancellation;
        Targets = cuda.TargetsFor(model.SyntaxTree);
        Composer = new TextComposer(model, cancellation);
        Units = new TextUnits(model, Composer, cancellation);
        Uses = new TextUses(model, cuda.Sources, cancellation);
        Reach = new TextReach(model, cuda.Sources, cancellation);
    }

    /// <summary>Looks through the file and reports what is wrong.</summary>
    public abstract void Run(Action<Diagnostic> report);

    /// <summary>Looks through the file for tests that are at fault, and reports nothing.</summary>
    public IEnumerable<TextSpan> FindTests()
    {
        Tests.AreKept = true;
        Run(static _ => { });
        return Tests.Spans;
    }

    protected SemanticModel Model { get; }

    protected CancellationToken Cancellation { get; }

    /// <summary>The targets of the file.</summary>
    protected ImmutableArray<SmArchitecture> Targets { get; }

    protected TextComposer Composer { get; }

    protected TextUnits Units { get; }

    protected TextUses Uses { get; }

    protected TextReach Reach { get; }

    /// <summary>The tests that are at fault instead of what stands behind them.</summary>
    protected LetThroughTests Tests { get; }

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

    /// <summary>The texts that come about, each with the targets on which it does. Guards are looked at only where there may be something to find.</summary>
    /// <param name="unit">The text with all that may be added to it.</param>
    /// <param name="isOfInterest">Whether a text, or what is left of it on a target, may be device code.</param>
    /// <param name="isFine">Whether a text that comes about in one form only is right for a target.</param>
    protected IEnumerable<(ComposedText Text, ImmutableArray<SmArchitecture> Targets)> TextsOnTargets(TextUnit unit, Func<string, bool> isOfInterest, Func<ComposedText, SmArchitecture, bool> isFine)
    {
        foreach (ComposedText text in unit.Text.ToTexts().Where(text => isOfInterest(text.Text)))
        {
            ImmutableArray<SmArchitecture> targets = Targets;
            if (unit.Builder is null && text.Choices.IsEmpty && unit.Root is ExpressionSyntax)
            {
                targets = targets.Where(target => !isFine(text, target)).ToImmutableArray();
            }

            foreach (IGrouping<ComposedText?, SmArchitecture> group in targets.GroupBy(target => Reach.On(text, unit.Root, target)))
            {
                if (group.Key is { } comes)
                {
                    yield return (comes, group.ToImmutableArray());
                }
            }
        }
    }
}
