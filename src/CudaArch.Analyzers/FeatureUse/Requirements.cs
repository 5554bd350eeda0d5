using CudaArch.Analyzers.Flow;
using CudaArch.Architectures;
using CudaArch.Features;
using Microsoft.CodeAnalysis;

namespace CudaArch.Analyzers.FeatureUse;

/// <summary>What members demand of the device by their annotations.</summary>
internal static class Requirements
{
    /// <summary>Whether a compilation can have annotations at all.</summary>
    public static bool AreKnownIn(Compilation compilation) =>
        !compilation.GetTypesByMetadataName(AnnotationNames.RequiresFeatureAttribute).IsEmpty
        || !compilation.GetTypesByMetadataName(AnnotationNames.RequiresArchitectureAttribute).IsEmpty;

    /// <summary>The demands of a member and of the types around it.</summary>
    public static IEnumerable<Requirement> Of(ISymbol? member)
    {
        for (; member is not null and not INamespaceSymbol; member = member.ContainingSymbol)
        {
            ISymbol annotated = member is IMethodSymbol { AssociatedSymbol: { } property } ? property : member;
            foreach (AttributeData attribute in annotated.GetAttributes())
            {
                if (Of(attribute) is { } requirement)
                {
                    yield return requirement;
                }
            }
        }
    }

    /// <summary>Whether a member, or what it stands in, says by annotation that it does not run on a device: then nothing in it is reported for the device.</summary>
    public static bool Exclude(ISymbol? member, SmArchitecture device) => Of(member).Any(requirement => !requirement.IsMetBy(device));

    private static Requirement? Of(AttributeData attribute)
    {
        if (attribute.ConstructorArguments is not [{ Value: string text }, ..])
        {
            return null;
        }

        if (AnnotationNames.RequiresFeature(attribute))
        {
            return FeatureCatalog.Find(text) is { } feature ? new(feature, default, IsAnnotation: true) : null;
        }

        return AnnotationNames.RequiresArchitecture(attribute) && SmArchitecture.TryParse(text.AsSpan(), out SmArchitecture architecture)
            ? new(null, architecture, IsAnnotation: true)
            : null;
    }
}
