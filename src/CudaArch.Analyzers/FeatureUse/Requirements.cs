using CudaArch.Analyzers.Flow;
using CudaArch.Architectures;
using CudaArch.Features;
using Microsoft.CodeAnalysis;

namespace CudaArch.Analyzers.FeatureUse;

/// <summary>What members demand of the device by their annotations.</summary>
internal static class Requirements
{
    /// <summary>Whether a member, or what it stands in, says by annotation that it does not run on a device: then nothing in it is reported for the device.</summary>
    public static bool Exclude(ISymbol? member, SmArchitecture device)
    {
        for (; member is not null and not INamespaceSymbol; member = member.ContainingSymbol)
        {
            ISymbol annotated = member is IMethodSymbol { AssociatedSymbol: { } property } ? property : member;
            if (annotated.GetAttributes().Any(attribute => Excludes(attribute, device)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Excludes(AttributeData attribute, SmArchitecture device)
    {
        if (attribute.ConstructorArguments is not [{ Value: string text }, ..])
        {
            return false;
        }

        if (AnnotationNames.RequiresFeature(attribute))
        {
            return FeatureCatalog.Find(text) is { } feature && feature.SupportOn(device) == FeatureSupport.Unsupported;
        }

        return AnnotationNames.RequiresArchitecture(attribute)
            && SmArchitecture.TryParse(text.AsSpan(), out SmArchitecture architecture)
            && !Compatibility.PtxLoads(architecture, device);
    }
}
