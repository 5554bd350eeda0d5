using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace CudaArch.Analyzers.Catalog;

/// <summary>A file of catalog lines: ours, embedded, or an additional file <c>CudaArch.Symbols*.txt</c> of the user's.</summary>
internal sealed class SymbolFile
{
    private static readonly ConditionalWeakTable<SourceText, SymbolFile> Read = new();

    private SymbolFile(ImmutableArray<SymbolLine> lines, ImmutableArray<(TextSpan Span, string Wrong, string Remedy)> problems)
    {
        Lines = lines;
        Problems = problems;
    }

    /// <summary>The lines that were understood.</summary>
    public ImmutableArray<SymbolLine> Lines { get; }

    /// <summary>The lines that were not.</summary>
    public ImmutableArray<(TextSpan Span, string Wrong, string Remedy)> Problems { get; }

    /// <summary>The catalog of this product.</summary>
    public static SymbolFile BuiltIn { get; } = ReadBuiltIn();

    /// <summary>Whether an additional file is a catalog, by its name.</summary>
    public static bool IsCatalog(AdditionalText file)
    {
        string name = file.Path.Substring(file.Path.LastIndexOfAny(['/', '\\']) + 1);
        return name.StartsWith("CudaArch.Symbols", StringComparison.OrdinalIgnoreCase) && name.EndsWith(".txt", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Reads a file; the answer for a text is kept.</summary>
    public static SymbolFile Of(SourceText text) => Read.GetValue(text, Parse);

    private static SymbolFile Parse(SourceText text)
    {
        var lines = ImmutableArray.CreateBuilder<SymbolLine>();
        var problems = ImmutableArray.CreateBuilder<(TextSpan, string, string)>();
        foreach (TextLine textLine in text.Lines)
        {
            SymbolLineParser.Parse(textLine.ToString(), out SymbolLine? line, out (string Wrong, string Remedy)? problem);
            if (line is not null)
            {
                lines.Add(line);
            }
            else if (problem is { } malformed)
            {
                problems.Add((textLine.Span, malformed.Wrong, malformed.Remedy));
            }
        }

        return new(lines.ToImmutable(), problems.ToImmutable());
    }

    private static SymbolFile ReadBuiltIn()
    {
        using Stream stream = typeof(SymbolFile).Assembly.GetManifestResourceStream("CudaArch.Symbols.txt")
            ?? throw new InvalidOperationException("The symbol catalog is not embedded.");
        return Parse(SourceText.From(stream));
    }
}
