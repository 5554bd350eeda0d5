namespace CudaArch.Features;

/// <summary>What a device needs to be told before it offers a feature, from the least demanding on.</summary>
public enum FeatureSupport
{
    /// <summary>The plain target has it (<c>sm_121</c>).</summary>
    Baseline,

    /// <summary>Only code for the family or the exact architecture has it (<c>sm_121f</c>, <c>sm_121a</c>).</summary>
    NeedsFamilySuffix,

    /// <summary>Only code for exactly this architecture has it (<c>sm_121a</c>).</summary>
    NeedsArchitectureSuffix,

    /// <summary>The device lacks it, whatever the suffix.</summary>
    Unsupported,
}
