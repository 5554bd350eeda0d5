using CsCheck;
using CudaArch.Analyzers.EmbeddedSource;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CudaArch.Analyzers.Tests.EmbeddedSource;

public sealed class LiteralTextMapTests
{
    // Each writer spells a value in one kind of literal.
    private static readonly Func<string, string>[] Writers =
    [
        value => SymbolDisplay.FormatLiteral(value, quote: true),
        value => "\"" + string.Concat(value.Select(c => $"\\u{(int)c:x4}")) + "\"",
        value => "@\"" + value.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"",
        value => SymbolDisplay.FormatLiteral(value, quote: true) + "u8",
        value => "\"\"\"\"\n    " + value.Replace("\n", "\n    ", StringComparison.Ordinal) + "\n    \"\"\"\"",
        value => "\"\"\"\"\n  " + value.Replace("\n", "\n  ", StringComparison.Ordinal) + "\n  \"\"\"\"u8",
        value => "$" + SymbolDisplay.FormatLiteral(value, quote: true).Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal),
        value => "$@\"" + value.Replace("\"", "\"\"", StringComparison.Ordinal).Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal) + "\"",
        value => "$$$$\"\"\"\"\n    " + value.Replace("\n", "\n    ", StringComparison.Ordinal) + "\n    \"\"\"\"",
    ];

    [Fact]
    public void Every_character_maps_to_where_it_is_spelled() =>
        Gen.Select(Gen.Int[0, Writers.Length - 1], Gen.Char["ab .{}\n\t\\\"é%1"].Array[1, 30]).Sample((writer, characters) =>
        {
            // Five quotes in a row would close a raw literal, and four braces would open a hole.
            string value = "x" + new string(characters).Replace("\"\"", "\"", StringComparison.Ordinal).Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal) + "x";
            string source = "var s = " + Writers[writer](value) + ";";
            SyntaxNode root = CSharpSyntaxTree.ParseText(source).GetRoot();
            SyntaxToken token = root.DescendantTokens().First(t => t.Value is string && t.Parent is LiteralExpressionSyntax or InterpolatedStringTextSyntax && t.Parent is not IdentifierNameSyntax);
            LiteralTextMap map = LiteralTextMap.Of(token)!;
            Assert.Equal(value, map.Value);
            int end = token.SpanStart;
            for (int i = 0; i < value.Length; i++)
            {
                var span = map.SourceOf(i, 1);
                Assert.True(span.Start >= end && span.End <= token.Span.End, source);
                end = span.End;
                string spelled = source.Substring(span.Start, span.Length);
                Assert.Equal(value[i].ToString(), Unescaped(spelled, writer));
            }

            Assert.Equal(map.SourceOf(0, 1).Start, map.SourceOf(0, value.Length).Start);
            Assert.Equal(end, map.SourceOf(0, value.Length).End);
        });

    [Theory]
    [InlineData("\"abc")]
    [InlineData("\"\\u00\"")]
    [InlineData("\"\\q\"")]
    [InlineData("\"\"\"\n  a\n b\n  \"\"\"")]
    [InlineData("\"\"\"\n\"\"\"")]
    [InlineData("\"\"\"\"")]
    [InlineData("$\"{")]
    [InlineData("$\"\"\"\n a\n")]
    [InlineData("@\"")]
    [InlineData("'")]
    [InlineData("\"\\")]
    public void Malformed_literals_map_within_themselves(string literal)
    {
        foreach (SyntaxToken token in CSharpSyntaxTree.ParseText("var s = " + literal).GetRoot().DescendantTokens())
        {
            if (LiteralTextMap.Of(token) is { } map)
            {
                for (int i = 0; i < map.Value.Length; i++)
                {
                    Assert.True(token.Span.Contains(map.SourceOf(i, 1)));
                }
            }
        }
    }

    private static string Unescaped(string spelled, int writer)
    {
        if (spelled.Length == 1)
        {
            return spelled;
        }

        bool verbatim = writer is 2 or 7;
        return verbatim || spelled is "{{" or "}}" ? spelled[..1] : (string)((LiteralExpressionSyntax)SyntaxFactory.ParseExpression($"\"{spelled}\"")).Token.Value!;
    }
}
