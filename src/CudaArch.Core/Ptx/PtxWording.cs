using CudaArch.Architectures;
using CudaArch.Features;

namespace CudaArch.Ptx;

/// <summary>The sentences of findings.</summary>
internal static class PtxWording
{
    public const string MalformedHeader = "PTX text must begin with .version and .target; the driver refuses it as it stands.";

    public const string ThirtyTwoBit = "32-bit addressing is no longer compiled; write .address_size 64 and use 64-bit addresses.";

    public static string Feature(PtxFindingKind kind, PtxUse use, SmArchitecture device)
    {
        CudaFeature feature = use.Feature;
        string opcode = $"'{use.Token}' needs {feature.Title}, which ";
        return kind switch
        {
            PtxFindingKind.FeatureMissing =>
                opcode + $"{device.RealName} lacks ({feature.Architectures})" + (feature.Remedy.Length == 0 ? "." : $"; {feature.Remedy}"),
            PtxFindingKind.FeatureNeedsSuffix => opcode + $"{device.RealName} has only under the target {Suffixed(feature, device).RealName}.",
            _ => opcode + $"the target of the text lacks; write .target {device.RealName}.",
        };
    }

    public static string TargetNotAccepted(string target, SmArchitecture device, SmArchitecture? suggested) =>
        $"Text for {target} does not run on {device.RealName}" + (suggested is { } better ? $"; what it uses is there under the target {better.RealName}." : ".");

    public static string UnknownTarget(string target, SmArchitecture? suggested) =>
        $"There is no target {target}" + (suggested is { } better ? $"; write {better.RealName}." : ".");

    public static string VersionTooLowForTarget(PtxVersion version, SmArchitecture target, PtxVersion first) =>
        $"PTX version {version} does not know {target.RealName}; write .version {first} or later.";

    public static string VersionTooLowForFeature(PtxVersion version, PtxUse use, PtxVersion needed) =>
        $"PTX version {version} does not know '{use.Token}'; write .version {needed} or later.";

    public static string VersionTooNewForDriver(PtxVersion version, PtxVersion driver) =>
        $"The driver compiles PTX up to version {driver}, not {version}; lower .version or require a newer driver.";

    public static string SharedMemoryTooLarge(PtxSharedMemory shared, int most, SmArchitecture device) =>
        $"Kernel {shared.Kernel} declares {shared.Bytes} bytes of static shared memory; " + (shared.Bytes > most
            ? $"a block of {device.RealName} has at most {most}."
            : $"no more than {ArchitectureInfo.StaticSharedMemoryPerBlock} may be static, declare it .extern .shared and give its size at the launch.");

    private static SmArchitecture Suffixed(CudaFeature feature, SmArchitecture device) => device.With(
        feature.SupportOn(device) == FeatureSupport.NeedsFamilySuffix ? ArchitectureVariant.FamilySpecific : ArchitectureVariant.ArchitectureSpecific);
}
