using Microsoft.CodeAnalysis;

namespace CudaArch.Analyzers.EmbeddedSource;

/// <summary>A text as far as one place of the code puts it together: the largest expression around a literal, or all that is added to one builder or list.</summary>
/// <param name="Root">The expression, or where the first part is added.</param>
/// <param name="Text">The text.</param>
/// <param name="Builder">The variable that text is added to; null for an expression.</param>
internal sealed record TextUnit(SyntaxNode Root, TextFragments Text, ISymbol? Builder);
