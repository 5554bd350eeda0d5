using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CudaArch.Analyzers.EmbeddedSource;

/// <summary>
/// Finds the texts that an expression gives: literals of every kind, concatenation, interpolation, arrays (their elements line by line), constants, local
/// variables, fields and properties of the same file, and methods of the same file one call away. Nothing is run; what is not known is a hole.
/// </summary>
internal sealed class TextComposer(SemanticModel model, CancellationToken cancellation)
{
    private const int DeepestNesting = 48;

    private readonly TextSymbols _symbols = new(model, cancellation);
    private readonly HashSet<ISymbol> _open = new(SymbolEqualityComparer.Default);
    private int _depth;

    /// <summary>The texts of an expression.</summary>
    public TextFragments Compose(ExpressionSyntax expression)
    {
        if (_depth >= DeepestNesting)
        {
            return TextFragments.Unknown(expression);
        }

        cancellation.ThrowIfCancellationRequested();
        _depth++;
        TextFragments text = ComposeCore(expression);
        _depth--;
        return text;
    }

    /// <summary>The elements of a list, one a line.</summary>
    public TextFragments ComposeLines(IEnumerable<ExpressionSyntax> elements, SyntaxNode node) => TextFragments.Sequence([.. elements.Select(Compose)], "\n", node);

    private TextFragments ComposeCore(ExpressionSyntax expression)
    {
        switch (expression)
        {
            case ParenthesizedExpressionSyntax parenthesized:
                return Compose(parenthesized.Expression);
            case CastExpressionSyntax cast:
                return Compose(cast.Expression);
            case PostfixUnaryExpressionSyntax suppressed when suppressed.IsKind(SyntaxKind.SuppressNullableWarningExpression):
                return Compose(suppressed.Operand);
            case LiteralExpressionSyntax literal:
                return OfLiteral(literal);
            case InterpolatedStringExpressionSyntax interpolated:
                return OfInterpolated(interpolated);
            case BinaryExpressionSyntax binary when binary.IsKind(SyntaxKind.AddExpression):
                return OfConcatenation(binary);
            case BinaryExpressionSyntax binary when binary.IsKind(SyntaxKind.CoalesceExpression):
                // What is written is the value when nothing else is given.
                TextFragments given = Compose(binary.Left);
                return given.IsUnknown ? Compose(binary.Right) : given;
            case ConditionalExpressionSyntax conditional:
                return TextFragments.OneOf([(conditional.WhenTrue, Compose(conditional.WhenTrue)), (conditional.WhenFalse, Compose(conditional.WhenFalse))], expression);
            case SwitchExpressionSyntax choice:
                return TextFragments.OneOf(
                    [.. choice.Arms.Where(arm => arm.Expression is not ThrowExpressionSyntax).Select(arm => ((SyntaxNode)arm.Expression, Compose(arm.Expression)))],
                    expression);
            case InvocationExpressionSyntax invocation:
                return OfInvocation(invocation);
            case ObjectCreationExpressionSyntax or ImplicitObjectCreationExpressionSyntax:
                return OfCreation((BaseObjectCreationExpressionSyntax)expression);
            case IdentifierNameSyntax or MemberAccessExpressionSyntax:
                return OfReference(expression);
            default:
                return TextShapes.ElementsOf(expression) is { } elements ? ComposeLines(elements, expression) : OfConstant(expression);
        }
    }

    private static TextFragments OfLiteral(LiteralExpressionSyntax literal)
    {
        SyntaxToken token = literal.Token;
        return literal.Kind() switch
        {
            SyntaxKind.StringLiteralExpression or SyntaxKind.Utf8StringLiteralExpression or SyntaxKind.CharacterLiteralExpression =>
                LiteralTextMap.Of(token) is { } map ? TextFragments.Of(new TextPiece(map.Value, map, literal)) : TextFragments.Unknown(literal),
            SyntaxKind.NumericLiteralExpression => TextFragments.Of(new TextPiece(token.ValueText, null, literal)),
            SyntaxKind.NullLiteralExpression => TextFragments.Empty,
            _ => TextFragments.Unknown(literal),
        };
    }

    private TextFragments OfInterpolated(InterpolatedStringExpressionSyntax interpolated)
    {
        var parts = new List<TextFragments>(interpolated.Contents.Count);
        foreach (InterpolatedStringContentSyntax content in interpolated.Contents)
        {
            parts.Add(content switch
            {
                InterpolatedStringTextSyntax text when LiteralTextMap.Of(text.TextToken) is { } map => TextFragments.Of(new TextPiece(map.Value, map, text)),

                // A format or an alignment changes what is written for a number.
                InterpolationSyntax { FormatClause: null, AlignmentClause: null } hole => Compose(hole.Expression),
                _ => TextFragments.Unknown(content),
            });
        }

        return TextFragments.Sequence(parts, "", interpolated);
    }

    private TextFragments OfConcatenation(BinaryExpressionSyntax binary)
    {
        // A long chain leans to the left: walk it, do not recurse.
        var operands = new List<ExpressionSyntax>();
        ExpressionSyntax left = binary;
        while (left is BinaryExpressionSyntax inner && inner.IsKind(SyntaxKind.AddExpression))
        {
            operands.Add(inner.Right);
            left = inner.Left;
        }

        operands.Add(left);
        operands.Reverse();

        // 1 + 2 is no text; nor is a sum that only the compiler's constant folding makes one.
        if (!operands.Exists(operand => operand is LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression or (int)SyntaxKind.Utf8StringLiteralExpression } or InterpolatedStringExpressionSyntax) &&
            model.GetTypeInfo(binary, cancellation).Type is not { SpecialType: SpecialType.System_String })
        {
            return OfConstant(binary);
        }

        return TextFragments.Sequence([.. operands.Select(Compose)], "", binary);
    }

    private TextFragments OfInvocation(InvocationExpressionSyntax invocation)
    {
        if (invocation.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: { } name } access)
        {
            SeparatedSyntaxList<ArgumentSyntax> arguments = invocation.ArgumentList.Arguments;
            switch (name)
            {
                case "Concat" when TextShapes.IsStringType(access.Expression):
                    return TextFragments.Sequence([.. arguments.SelectMany(ElementsOrSelf).Select(Compose)], "", invocation);
                case "Join" when TextShapes.IsStringType(access.Expression) && arguments.Count > 0:
                    TextFragments separator = Compose(arguments[0].Expression);
                    string between = separator.Variants is [{ Pieces: [{ Value: { } value }] }] && !separator.IsUnknown ? value : " ";
                    return TextFragments.Sequence([.. arguments.Skip(1).SelectMany(ElementsOrSelf).Select(Compose)], between, invocation);
                case "Format" when TextShapes.IsStringType(access.Expression) && arguments.Count > 0:
                    return Compose(arguments[arguments[0].Expression is LiteralExpressionSyntax || arguments.Count == 1 ? 0 : FormatArgument(arguments)].Expression);
                default:
                    if (TextShapes.KeepsText(name))
                    {
                        return Compose(access.Expression);
                    }

                    if (TextShapes.TakesText(name) && arguments.Count > 0)
                    {
                        return Compose(arguments[0].Expression);
                    }

                    break;
            }
        }

        return model.GetConstantValue(invocation, cancellation) is { HasValue: true, Value: string text }
            ? TextFragments.Of(new TextPiece(text, null, invocation))
            : OfSymbol(model.GetSymbolInfo(invocation, cancellation).Symbol, invocation);
    }

    private int FormatArgument(SeparatedSyntaxList<ArgumentSyntax> arguments) =>
        model.GetTypeInfo(arguments[0].Expression, cancellation).Type is { SpecialType: SpecialType.System_String } ? 0 : 1;

    private IEnumerable<ExpressionSyntax> ElementsOrSelf(ArgumentSyntax argument) => TextShapes.ElementsOf(argument.Expression) ?? [argument.Expression];

    // new string[] { … } is a list; new string("…"), new StringBuilder("…"), new List<string> { … } carry their text too.
    private TextFragments OfCreation(BaseObjectCreationExpressionSyntax creation)
    {
        if (TextShapes.ElementsOf(creation) is { } elements)
        {
            return ComposeLines(elements, creation);
        }

        return creation.ArgumentList?.Arguments is [{ Expression: { } argument }] && TextShapes.IsTextHolder(creation)
            ? Compose(argument)
            : TextFragments.Unknown(creation);
    }

    private TextFragments OfReference(ExpressionSyntax reference)
    {
        // string.Empty and Environment.NewLine, by name: so they are read in broken code, too.
        string name = reference is MemberAccessExpressionSyntax access ? access.Name.Identifier.ValueText : "";
        if (name == "NewLine")
        {
            return TextFragments.Of(new TextPiece("\n", null, reference));
        }

        if (name == "Empty" && TextShapes.IsStringType(((MemberAccessExpressionSyntax)reference).Expression))
        {
            return TextFragments.Empty;
        }

        return OfSymbol(model.GetSymbolInfo(reference, cancellation).Symbol, reference);
    }

    private TextFragments OfSymbol(ISymbol? symbol, ExpressionSyntax reference)
    {
        if (symbol is null || _open.Count >= DeepestNesting || !_open.Add(symbol))
        {
            return TextFragments.Unknown(reference);
        }

        try
        {
            IReadOnlyList<ExpressionSyntax> values = _symbols.ValuesOf(symbol, reference);
            if (values.Count == 1)
            {
                return Compose(values[0]);
            }

            if (values.Count > 1)
            {
                return TextFragments.OneOf([.. values.Select(value => ((SyntaxNode)value, Compose(value)))], reference);
            }

            return OfConstant(reference);
        }
        finally
        {
            _open.Remove(symbol);
        }
    }

    private TextFragments OfConstant(ExpressionSyntax expression) =>
        model.GetConstantValue(expression, cancellation) is { HasValue: true, Value: { } value }
            ? TextFragments.Of(new TextPiece(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "", null, expression))
            : TextFragments.Unknown(expression);
}
