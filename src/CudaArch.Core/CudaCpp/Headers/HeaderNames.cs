using CudaArch.Data;

namespace CudaArch.CudaCpp.Headers;

/// <summary>The table <c>header-names.csv</c>.</summary>
internal static class HeaderNames
{
    /// <summary>Its rows.</summary>
    public static IReadOnlyList<HeaderName> All { get; } = [.. EmbeddedCsv.Read("header-names.csv").Select(row => new HeaderName(row))];

    /// <summary>Whether a row names it.</summary>
    public static bool IsKnown(string name) => All.Any(row => row.IsNamed(name));
}
