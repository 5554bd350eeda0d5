using Microsoft.CodeAnalysis;

namespace CudaArch.Analyzers.Catalog;

/// <summary>Versions of an assembly: <c>1.5.2</c>, <c>1.4..1.5.1</c>, <c>..1.5.1</c> or <c>2.0..</c>, ends included.</summary>
/// <param name="From">The lowest.</param>
/// <param name="To">The highest.</param>
internal sealed record VersionRange(Version From, Version To)
{
    private const int Most = ushort.MaxValue;

    /// <summary>Reads a range; null when the text is none.</summary>
    public static VersionRange? Parse(string text)
    {
        int dots = text.IndexOf("..", StringComparison.Ordinal);
        string from = dots < 0 ? text : text.Substring(0, dots), to = dots < 0 ? text : text.Substring(dots + 2);
        return (from.Length > 0 || to.Length > 0) && End(from, 0) is { } low && End(to, Most) is { } high && low <= high ? new(low, high) : null;
    }

    /// <summary>Whether a symbol comes from an assembly of such a version. What is compiled from source has no version that tells anything.</summary>
    public bool Includes(ISymbol symbol) =>
        symbol is { DeclaringSyntaxReferences.IsEmpty: true, ContainingAssembly.Identity.Version: { } version } && From <= version && version <= To;

    // Parts that are not written are open: 1.5 as an end includes 1.5.9.
    private static Version? End(string text, int open)
    {
        if (text.Length == 0)
        {
            return new Version(open, open, open, open);
        }

        string[] parts = text.Split('.');
        int[] numbers = [open, open, open, open];
        for (int i = 0; i < parts.Length; i++)
        {
            if (i >= numbers.Length || !ushort.TryParse(parts[i], out ushort number))
            {
                return null;
            }

            numbers[i] = number;
        }

        return new Version(numbers[0], numbers[1], numbers[2], numbers[3]);
    }
}
