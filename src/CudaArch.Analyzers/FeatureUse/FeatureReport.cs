using System.Collections.Immutable;
using CudaArch.Architectures;
using CudaArch.Features;
using Microsoft.CodeAnalysis;

namespace CudaArch.Analyzers.FeatureUse;

/// <summary>The words of a report.</summary>
internal static class FeatureReport
{
    /// <summary>The property of a diagnostic that holds the id of the feature, for the code fixes.</summary>
    public const string FeatureProperty = "Feature";

    /// <summary>The diagnostic for a use.</summary>
    public static Diagnostic Create(SymbolUse use, SyntaxNode place, IReadOnlyList<SmArchitecture> targets) => Diagnostic.Create(
        Descriptors.FeatureNotOnTarget,
        place.GetLocation(),
        ImmutableDictionary<string, string?>.Empty.Add(FeatureProperty, use.Feature.Id),
        use.Name,
        use.Feature.Title,
        TargetNames.Sentence(targets),
        targets.Count == 1 ? "lacks" : "lack",
        Owners(use.Feature));

    private static string Owners(CudaFeature feature)
    {
        string owners = feature.Architectures == "no architecture" ? "no architecture has it" : "it exists on " + feature.Architectures;
        return feature.Remedy.Length == 0 ? owners : owners + "; " + feature.Remedy;
    }
}
