using CudaArch.Architectures;

namespace CudaArch.Features;

/// <summary>Something that an image or a call needs from the hardware, such as <c>tcgen05</c> or <c>mma.block_scale.fp4</c>; a row of <c>features.csv</c>.</summary>
public sealed class CudaFeature
{
    internal CudaFeature(IReadOnlyDictionary<string, string> row)
    {
        Id = row["id"];
        Title = row["title"];
        Availability = FeatureAvailability.Parse(row["availability"]);
        Remedy = row["remedy"];
        Source = row["source"];
        Architectures = FeatureArchitectures.Describe(Availability);
    }

    /// <summary>The name by which catalogs, annotations and messages refer to it.</summary>
    public string Id { get; }

    /// <summary>What it is, as a noun phrase that fits into a sentence: <c>tensor memory and fifth-generation tensor core instructions (tcgen05)</c>.</summary>
    public string Title { get; }

    /// <summary>The targets that have it, with the lowest PTX version of each.</summary>
    public FeatureAvailability Availability { get; }

    /// <summary>What to use instead on targets that lack it, as a sentence; empty when there is nothing.</summary>
    public string Remedy { get; }

    /// <summary>Where the row's facts come from.</summary>
    public string Source { get; }

    /// <summary>The architectures that have it, shortly: <c>sm_100a/f, sm_103a/f, sm_110a/f</c> or <c>sm_90 and later</c>.</summary>
    public string Architectures { get; }

    /// <summary>Whether code for a target can use the feature, the suffix taken exactly as it stands.</summary>
    /// <param name="target">The target with its suffix.</param>
    public bool IsAvailableOn(SmArchitecture target) => Availability.Includes(target);

    /// <summary>What a device needs to be told before it offers the feature.</summary>
    /// <param name="device">The device; its suffix is ignored.</param>
    public FeatureSupport SupportOn(SmArchitecture device)
    {
        if (IsAvailableOn(device.With(ArchitectureVariant.Baseline)))
        {
            return FeatureSupport.Baseline;
        }

        if (HasVariant(device, ArchitectureVariant.FamilySpecific))
        {
            return FeatureSupport.NeedsFamilySuffix;
        }

        return HasVariant(device, ArchitectureVariant.ArchitectureSpecific) ? FeatureSupport.NeedsArchitectureSuffix : FeatureSupport.Unsupported;
    }

    /// <inheritdoc/>
    public override string ToString() => Id;

    private bool HasVariant(SmArchitecture device, ArchitectureVariant variant)
    {
        SmArchitecture target = device.With(variant);
        return ArchitectureCatalog.IsKnown(target) && IsAvailableOn(target);
    }
}
