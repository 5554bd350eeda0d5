namespace CudaArch.Annotations;

/// <summary>
/// What the first CUDA device of this process is and can do (device 0 of those that <c>CUDA_VISIBLE_DEVICES</c> leaves). The driver is asked once. Without a driver
/// or device the compute capability is 0.0 and every answer false; nothing here throws for that reason.
/// </summary>
public static class CudaDevice
{
    private static readonly Lazy<(int Major, int Minor)> Capability = new(CudaDriver.ReadComputeCapability);

    /// <summary>The number before the point of the compute capability, 12 of 12.1; 0 without a device.</summary>
    public static int ComputeCapabilityMajor => Capability.Value.Major;

    /// <summary>The number after the point of the compute capability, 1 of 12.1; 0 without a device.</summary>
    public static int ComputeCapabilityMinor => Capability.Value.Minor;

    /// <summary>Whether the device has a feature. Some features it offers only to code that was built with a suffix (<c>sm_121a</c>); these count.</summary>
    /// <param name="feature">The id of the feature, such as <c>tcgen05</c>: one of those that <c>cudaarch features</c> lists. No device has a feature of another name.</param>
    /// <exception cref="ArgumentNullException"><paramref name="feature"/> is null.</exception>
    public static bool Supports(string feature) =>
        DeviceRules.Has(feature ?? throw new ArgumentNullException(nameof(feature)), ComputeCapabilityMajor, ComputeCapabilityMinor);

    /// <summary>Whether the device can run PTX that was built for an architecture, or a cubin for exactly it.</summary>
    /// <param name="architecture">
    /// Such as <c>sm_90</c> (that device and later ones), <c>sm_100f</c> (its family, from that device on) or <c>sm_100a</c> (exactly that device). What is no such name
    /// runs nowhere.
    /// </param>
    /// <exception cref="ArgumentNullException"><paramref name="architecture"/> is null.</exception>
    public static bool Runs(string architecture) =>
        DeviceRules.Runs(architecture ?? throw new ArgumentNullException(nameof(architecture)), ComputeCapabilityMajor, ComputeCapabilityMinor);
}
