using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace CudaArch.Analyzers.EmbeddedSource;

/// <summary>A piece of a composed text: its value, and where it comes from.</summary>
/// <param name="Value">The characters; <see cref="ComposedText.Hole"/> where they are not known before run time.</param>
/// <param name="Map">Where each character stands; null when the piece is no literal of this file.</param>
/// <param name="Node">The expression that gives the piece.</param>
internal readonly record struct TextPiece(string Value, LiteralTextMap? Map, SyntaxNode Node)
{
    /// <summary>Stands between elements or lines and nowhere in the file.</summary>
    public bool IsSeparator => Map is null && string.IsNullOrWhiteSpace(Value);
}

/// <summary>A text that code puts together from literals, constants and unknown parts.</summary>
internal sealed class ComposedText
{
    /// <summary>Stands for a part that is not known before run time; the readers of options and of PTX know it.</summary>
    public const char Hole = CudaArch.CompileOptions.CompileOptionText.Hole;

    private readonly ImmutableArray<TextPiece> _pieces;
    private readonly int[] _starts;

    /// <summary>Joins pieces.</summary>
    /// <param name="pieces">The pieces in order.</param>
    /// <param name="choices">The branches (of conditional and switch expressions, of assignments) that give just this text.</param>
    public ComposedText(ImmutableArray<TextPiece> pieces, ImmutableArray<SyntaxNode> choices)
    {
        _pieces = pieces;
        _starts = new int[pieces.Length];
        Choices = choices;
        var text = new System.Text.StringBuilder();
        for (int i = 0; i < pieces.Length; i++)
        {
            _starts[i] = text.Length;
            text.Append(pieces[i].Value);
        }

        Text = text.ToString();
    }

    /// <summary>The text.</summary>
    public string Text { get; }

    /// <summary>The branches that give just this text; it does not come about when one of them is not reached.</summary>
    public ImmutableArray<SyntaxNode> Choices { get; }

    /// <summary>What it is put together from.</summary>
    public ImmutableArray<TextPiece> Pieces => _pieces;

    /// <summary>The text of some of the pieces; itself when that is all.</summary>
    public ComposedText Where(Func<TextPiece, bool> stays) => _pieces.All(stays) ? this : new(_pieces.Where(stays).ToImmutableArray(), Choices);

    /// <summary>The piece that holds a character.</summary>
    public TextPiece PieceAt(int position) => _pieces[IndexAt(position)];

    private int IndexAt(int position)
    {
        int i = Array.BinarySearch(_starts, position);
        i = i < 0 ? ~i - 1 : i;

        // Of pieces that start at one place all but the last are empty.
        while (i + 1 < _starts.Length && _starts[i + 1] <= position)
        {
            i++;
        }

        return i;
    }

    /// <summary>Where a part of the text stands. A part over several literals of one expression is all from its start to its end, quotes between them included.</summary>
    public TextSpan SourceOf(int start, int length)
    {
        TextSpan? whole = null;
        for (int i = 0; i < _pieces.Length && _starts[i] < start + Math.Max(1, length); i++)
        {
            int from = Math.Max(start, _starts[i]) - _starts[i];
            int to = Math.Min(start + length, _starts[i] + _pieces[i].Value.Length) - _starts[i];
            if (to < from || (to == from && length > 0) || _pieces[i].IsSeparator)
            {
                continue;
            }

            TextSpan span = _pieces[i].Map?.SourceOf(from, to - from) ?? _pieces[i].Node.Span;
            whole = whole is { } before && SameExpression(_pieces[i].Node, before) && before.End <= span.Start
                ? TextSpan.FromBounds(before.Start, span.End)
                : whole ?? span;
        }

        return whole ?? PieceAt(start).Node.Span;
    }

    /// <summary>Whether a part stands in one literal of this file, so that it can be replaced there.</summary>
    public bool IsInOneLiteral(int start, int length)
    {
        int i = IndexAt(start);
        return _pieces[i].Map is { } map && start + length <= _starts[i] + _pieces[i].Value.Length && map.TryFind(SourceOf(start, length), out _, out _);
    }

    private static bool SameExpression(SyntaxNode node, TextSpan other)
    {
        SyntaxNode? at = node;
        while (at is not null && !at.Span.Contains(other))
        {
            at = at.Parent;
        }

        return at is ExpressionSyntax or InterpolatedStringContentSyntax;
    }
}
