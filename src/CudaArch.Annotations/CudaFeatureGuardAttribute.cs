namespace CudaArch.Annotations;

/// <summary>
/// The member, of type <see cref="bool"/>, is true only on devices that have a feature. The analyzer takes code behind it as not running on targets that lack the
/// feature. With several of these attributes the device must have every feature.
/// </summary>
/// <param name="feature">The id of the feature, such as <c>tcgen05</c>: one of those that <c>cudaarch features</c> lists.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property | AttributeTargets.Field, AllowMultiple = true, Inherited = false)]
public sealed class CudaFeatureGuardAttribute(string feature) : Attribute
{
    /// <summary>The id of the feature.</summary>
    public string Feature { get; } = feature;
}
