namespace CudaArch.Annotations;

/// <summary>
/// The member needs a feature of the GPU. The analyzer reports its uses for targets that lack the feature (CUDA1007), unless they are guarded or stand in a member
/// that is annotated alike; inside the member it takes the feature for granted.
/// </summary>
/// <param name="feature">The id of the feature, such as <c>tcgen05</c>: one of those that <c>cudaarch features</c> lists.</param>
[AttributeUsage(
    AttributeTargets.Assembly | AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface | AttributeTargets.Constructor | AttributeTargets.Method
    | AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Event,
    AllowMultiple = true,
    Inherited = false)]
public sealed class RequiresCudaFeatureAttribute(string feature) : Attribute
{
    /// <summary>The id of the feature.</summary>
    public string Feature { get; } = feature;
}
