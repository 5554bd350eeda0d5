using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace CudaArch.Analyzers.EmbeddedSource;

/// <summary>The texts that an expression may give: usually one, several where it chooses. Their number is bounded.</summary>
internal readonly struct TextFragments
{
    /// <summary>So many combinations of choices are followed.</summary>
    private const int MostVariants = 8;

    private TextFragments(ImmutableArray<Variant> variants) => Variants = variants;

    /// <summary>The ways, at least one.</summary>
    public ImmutableArray<Variant> Variants { get; }

    /// <summary>Whether nothing is known.</summary>
    public bool IsUnknown => Variants.Length == 1 && Variants[0].Pieces is [{ Value: [ComposedText.Hole] }];

    public static TextFragments Empty { get; } = new(ImmutableArray.Create(new Variant(ImmutableArray<TextPiece>.Empty, ImmutableArray<SyntaxNode>.Empty)));

    public static TextFragments Unknown(SyntaxNode node) => Of(new TextPiece(ComposedText.Hole.ToString(), null, node));

    public static TextFragments Of(TextPiece piece) => new(ImmutableArray.Create(new Variant(ImmutableArray.Create(piece), ImmutableArray<SyntaxNode>.Empty)));

    /// <summary>The parts one after another, with a separator between them.</summary>
    public static TextFragments Sequence(IReadOnlyList<TextFragments> parts, string separator, SyntaxNode node)
    {
        // Every combination while they are few; else each choice once, side by side.
        int ways = 1, most = 1;
        foreach (TextFragments part in parts)
        {
            most = Math.Max(most, part.Variants.Length);
            ways = Math.Min(ways * part.Variants.Length, MostVariants + 1);
        }

        bool combine = ways <= MostVariants;
        var variants = ImmutableArray.CreateBuilder<Variant>();
        for (int way = 0; way < (combine ? ways : most); way++)
        {
            var pieces = ImmutableArray.CreateBuilder<TextPiece>();
            var choices = ImmutableArray.CreateBuilder<SyntaxNode>();
            int rest = way;
            foreach (TextFragments part in parts)
            {
                if (pieces.Count > 0 && separator.Length > 0)
                {
                    pieces.Add(new TextPiece(separator, null, node));
                }

                int count = part.Variants.Length;
                Variant variant = part.Variants[combine ? rest % count : Math.Min(way, count - 1)];
                rest /= count;
                pieces.AddRange(variant.Pieces);
                choices.AddRange(variant.Choices);
            }

            variants.Add(new Variant(pieces.ToImmutable(), choices.ToImmutable()));
        }

        return new(variants.ToImmutable());
    }

    /// <summary>One of several texts, each given by a branch.</summary>
    public static TextFragments OneOf(IReadOnlyList<(SyntaxNode Branch, TextFragments Text)> branches, SyntaxNode node)
    {
        var variants = ImmutableArray.CreateBuilder<Variant>();
        foreach ((SyntaxNode branch, TextFragments text) in branches)
        {
            foreach (Variant variant in text.Variants)
            {
                variants.Add(variant with { Choices = variant.Choices.Insert(0, branch) });
            }
        }

        return variants.Count is 0 or > 2 * MostVariants ? Unknown(node) : new(variants.ToImmutable());
    }

    /// <summary>The ways as texts.</summary>
    public IEnumerable<ComposedText> ToTexts() => Variants.Select(variant => new ComposedText(variant.Pieces, variant.Choices));

    /// <summary>One way: its pieces, and the branches taken on it.</summary>
    internal readonly record struct Variant(ImmutableArray<TextPiece> Pieces, ImmutableArray<SyntaxNode> Choices);
}
