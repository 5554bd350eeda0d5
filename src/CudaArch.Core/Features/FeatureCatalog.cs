using CudaArch.Data;

namespace CudaArch.Features;

/// <summary>
/// Every feature that this product knows, from <c>features.csv</c>. To add one, add a row there: PTX patterns, symbol catalogs, annotations,
/// messages and the documentation refer to it by its id.
/// </summary>
public static class FeatureCatalog
{
    private static readonly Dictionary<string, CudaFeature> ById =
        EmbeddedCsv.Read("features.csv").Select(row => new CudaFeature(row)).ToDictionary(feature => feature.Id, StringComparer.Ordinal);

    /// <summary>All features, in the order of the table.</summary>
    public static IReadOnlyList<CudaFeature> All { get; } = [.. ById.Values];

    /// <summary>The feature with an id such as <c>tcgen05</c>; null when there is none.</summary>
    public static CudaFeature? Find(string id) => ById.TryGetValue(id, out CudaFeature? feature) ? feature : null;
}
