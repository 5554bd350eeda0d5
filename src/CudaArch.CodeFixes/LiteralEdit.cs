using CudaArch.Analyzers.EmbeddedSource;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace CudaArch.CodeFixes;

/// <summary>Changes the value of a literal where it stands: only the characters concerned, whatever the literal's form.</summary>
internal static class LiteralEdit
{
    /// <summary>The change that makes some characters of a literal say something else; null when the literal would then not say just that.</summary>
    /// <param name="root">The file.</param>
    /// <param name="place">The characters in the file; empty to insert.</param>
    /// <param name="text">What they shall say.</param>
    public static TextChange? Of(SyntaxNode root, TextSpan place, string text)
    {
        SyntaxToken token = TokenAt(root, place);
        if (LiteralTextMap.Of(token) is not { } map || !map.TryFind(place, out int start, out int length))
        {
            return null;
        }

        // The whole literal is read again: an escape sequence before the place could swallow what is written there.
        SyntaxNode literal = token.Parent is InterpolatedStringTextSyntax { Parent: { } interpolated } ? interpolated : token.Parent!;
        string wanted = map.Value.Remove(start, length).Insert(start, text);
        string code = literal.ToString();
        string changed = code.Substring(0, place.Start - literal.SpanStart) + text + code.Substring(place.End - literal.SpanStart);
        ExpressionSyntax parsed = SyntaxFactory.ParseExpression(changed, options: root.SyntaxTree.Options);
        if (parsed.ContainsDiagnostics || !parsed.IsKind(literal.Kind()) || parsed.FullSpan.Length != changed.Length)
        {
            return null;
        }

        SyntaxToken again = parsed.FindToken(token.SpanStart - literal.SpanStart);
        return LiteralTextMap.Of(again)?.Value == wanted ? new TextChange(place, text) : null;
    }

    // An insertion at the end of an interpolated text belongs to the token before it.
    private static SyntaxToken TokenAt(SyntaxNode root, TextSpan place)
    {
        SyntaxToken token = root.FindToken(place.Start);
        bool isBefore = place.Length == 0 && place.Start == token.SpanStart && place.Start > 0;
        return isBefore ? root.FindToken(place.Start - 1) : token;
    }
}
