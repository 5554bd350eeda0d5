using CudaArch.Ptx;

namespace CudaArch.DeviceCode;

/// <summary>PTX text whose header fits a target, and which the driver does not compile for it all the same.</summary>
public sealed class PtxRefusal
{
    internal PtxRefusal(DeviceCodeModule module, DeviceCodeImage image, IReadOnlyList<PtxFinding> faults)
    {
        Module = module;
        Image = image;
        Faults = faults;
    }

    /// <summary>The module that has nothing better to run.</summary>
    public DeviceCodeModule Module { get; }

    /// <summary>The image.</summary>
    public DeviceCodeImage Image { get; }

    /// <summary>What stands in the way, in the order of the text; at least one.</summary>
    public IReadOnlyList<PtxFinding> Faults { get; }
}
