using Microsoft.CodeAnalysis;

namespace CudaArch.Analyzers.Flow;

/// <summary>The types of the package <c>CudaArch.Annotations</c>, which are known by full name: a program may declare its own copies.</summary>
internal static class AnnotationNames
{
    /// <summary>The namespace of all of them.</summary>
    public const string Namespace = "CudaArch.Annotations";

    /// <summary>The run-time helper.</summary>
    public const string Device = Namespace + ".CudaDevice";

    /// <summary>The attribute of members that need a feature.</summary>
    public const string RequiresFeatureAttribute = Namespace + ".RequiresCudaFeatureAttribute";

    /// <summary>The attribute of members that run code built for an architecture.</summary>
    public const string RequiresArchitectureAttribute = Namespace + ".RequiresCudaArchitectureAttribute";

    /// <summary>Whether an attribute is <c>[CudaFeatureGuard]</c>.</summary>
    public static bool IsGuard(AttributeData attribute) => Is(attribute.AttributeClass, "CudaFeatureGuardAttribute");

    /// <summary>Whether an attribute is <c>[RequiresCudaFeature]</c>.</summary>
    public static bool RequiresFeature(AttributeData attribute) => Is(attribute.AttributeClass, "RequiresCudaFeatureAttribute");

    /// <summary>Whether an attribute is <c>[RequiresCudaArchitecture]</c>.</summary>
    public static bool RequiresArchitecture(AttributeData attribute) => Is(attribute.AttributeClass, "RequiresCudaArchitectureAttribute");

    /// <summary>Whether an attribute class takes the id of a feature.</summary>
    public static bool NamesFeature(ITypeSymbol type) => Is(type, "RequiresCudaFeatureAttribute") || Is(type, "CudaFeatureGuardAttribute");

    /// <summary>Whether an attribute class takes the name of an architecture.</summary>
    public static bool NamesArchitecture(ITypeSymbol type) => Is(type, "RequiresCudaArchitectureAttribute");

    /// <summary>Whether a compilation has any of the types.</summary>
    public static bool AreKnownIn(Compilation compilation) =>
        new[] { Device, RequiresFeatureAttribute, RequiresArchitectureAttribute, Namespace + ".CudaFeatureGuardAttribute" }.Any(type => !compilation.GetTypesByMetadataName(type).IsEmpty);

    /// <summary>Whether a type is the run-time helper.</summary>
    public static bool IsDevice(ITypeSymbol? type) => Is(type, "CudaDevice");

    private static bool Is(ITypeSymbol? type, string name) =>
        type is { Name: { } own, ContainingType: null, ContainingNamespace: { Name: "Annotations", ContainingNamespace: { Name: "CudaArch", ContainingNamespace.IsGlobalNamespace: true } } }
        && own == name;
}
