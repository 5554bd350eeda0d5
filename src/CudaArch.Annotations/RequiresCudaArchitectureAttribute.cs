namespace CudaArch.Annotations;

/// <summary>
/// The member runs code that was built for an architecture. The analyzer reports its uses for targets on which such code cannot run (CUDA1007), unless they are
/// guarded or stand in a member that is annotated alike.
/// </summary>
/// <param name="architecture">
/// The architecture, such as <c>sm_90</c> (that device and later ones), <c>sm_100f</c> (its family, from that device on) or <c>sm_100a</c> (exactly that device).
/// </param>
[AttributeUsage(
    AttributeTargets.Assembly | AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface | AttributeTargets.Constructor | AttributeTargets.Method
    | AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Event,
    AllowMultiple = true,
    Inherited = false)]
public sealed class RequiresCudaArchitectureAttribute(string architecture) : Attribute
{
    /// <summary>The architecture, as written.</summary>
    public string Architecture { get; } = architecture;
}
