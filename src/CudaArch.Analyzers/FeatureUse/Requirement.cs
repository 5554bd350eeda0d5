using CudaArch.Architectures;
using CudaArch.Features;

namespace CudaArch.Analyzers.FeatureUse;

/// <summary>What a use needs of the device: a feature, or that code for an architecture runs there.</summary>
/// <param name="Feature">The feature; null when an architecture is named.</param>
/// <param name="Architecture">The architecture, when no feature is named.</param>
/// <param name="IsAnnotation">Whether an annotation in C# says so, and not a catalog.</param>
internal sealed record Requirement(CudaFeature? Feature, SmArchitecture Architecture, bool IsAnnotation)
{
    /// <summary>What stands in an annotation, and in the properties of a diagnostic: the id of a feature, or the name of an architecture.</summary>
    public string Text => Feature?.Id ?? Architecture.RealName;

    /// <summary>What is needed, as a noun phrase.</summary>
    public string Title => Feature?.Title ?? $"a device that runs code for {Architecture.RealName}";

    /// <summary>Reads <see cref="Text"/>; null when it is neither a feature nor an architecture.</summary>
    public static Requirement? Parse(string text, bool isAnnotation) =>
        FeatureCatalog.Find(text) is { } feature ? new(feature, default, isAnnotation)
        : SmArchitecture.TryParse(text.AsSpan(), out SmArchitecture architecture) ? new(null, architecture, isAnnotation)
        : null;

    /// <summary>Whether a device has what is needed; its suffix does not matter.</summary>
    public bool IsMetBy(SmArchitecture device) =>
        Feature is { } feature ? feature.SupportOn(device) != FeatureSupport.Unsupported : Compatibility.PtxLoads(Architecture, device);
}
