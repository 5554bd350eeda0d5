using CudaArch.Architectures;

namespace CudaArch.DeviceCode.Verification;

/// <summary>Why images do not run on a target, and the compiler option that makes one that does.</summary>
public static class Advice
{
    /// <summary>The rule that keeps images off a target, in a clause; null when the list of images says it all.</summary>
    /// <param name="labels">Images of which none runs on the target.</param>
    /// <param name="target">The target.</param>
    public static string? WhyNot(IReadOnlyCollection<ImageLabel> labels, SmArchitecture target)
    {
        ImageLabel[] executable = [.. labels.Where(label => label.Kind is ImageKind.Cubin or ImageKind.Ptx)];
        if (executable.Length == 0)
        {
            return labels.Any(label => label.Kind == ImageKind.LtoIr) ? "LTO-IR must be linked by the program before it runs" : null;
        }

        // The image that comes nearest is the one whose rejection surprises.
        ImageLabel nearest = executable.OrderBy(label => Math.Abs(label.Architecture.Number - target.Number)).ThenByDescending(label => label.Kind).First();
        return nearest.Architecture.Variant switch
        {
            ArchitectureVariant.ArchitectureSpecific => $"the suffix a ties {nearest.Architecture} to {nearest.Architecture.ComputeCapability} exactly",
            ArchitectureVariant.FamilySpecific => $"the suffix f ties {nearest.Architecture} to its family from {nearest.Architecture.ComputeCapability} on",
            _ when nearest.Kind == ImageKind.Ptx => $"{nearest.ArchitectureName} PTX is for {nearest.Architecture.ComputeCapability} and later",
            _ when nearest.Architecture.Major == target.Major && nearest.Architecture.Number > target.Number =>
                "a cubin does not load on a lower minor version",
            _ when nearest.Architecture.Major == target.Major => $"{target.ComputeCapability} is a Tegra part, which loads no other part's cubins",
            _ => "a cubin loads only within its own major version",
        };
    }

    /// <summary>
    /// Whether the code was written for what other GPUs have: every image carries a suffix, and none is for the target's family. Compiling it again may then not be enough.
    /// </summary>
    public static bool IsForOtherHardware(IReadOnlyCollection<ImageLabel> labels, SmArchitecture target) =>
        labels.Count > 0 && labels.All(label => label.Architecture.Variant != ArchitectureVariant.Baseline && !Compatibility.SameFamily(label.Architecture, target));

    /// <summary>The <c>nvcc</c> option that adds a cubin for a target, with the form for its whole family where there is one.</summary>
    /// <param name="target">The target.</param>
    /// <param name="labels">The images that do not run; architecture-specific ones ask for an architecture-specific target.</param>
    public static string CompilerOption(SmArchitecture target, IReadOnlyCollection<ImageLabel> labels)
    {
        bool needsSuffix = labels.Count > 0 && labels.All(label => label.Architecture.Variant != ArchitectureVariant.Baseline);
        ArchitectureInfo? info = ArchitectureCatalog.Find(target);
        ArchitectureVariant variant = target.Variant != ArchitectureVariant.Baseline ? target.Variant
            : needsSuffix && info?.FirstArchitectureSpecificPtxVersion is not null ? ArchitectureVariant.ArchitectureSpecific
            : ArchitectureVariant.Baseline;

        string option = Generate(target.With(variant));
        SmArchitecture? family = info?.Family is null ? null
            : ArchitectureCatalog.All
                .FirstOrDefault(member => member.Family == info.Family && member.Architecture.Major == target.Major && member.FirstFamilySpecificPtxVersion is not null)
                ?.Architecture.With(ArchitectureVariant.FamilySpecific);
        return family is not { } first ? option : $"{option} (or {first.VirtualName}/{first.RealName} for all of {target.Major}.x)";
    }

    private static string Generate(SmArchitecture architecture) => $"-gencode arch={architecture.VirtualName},code={architecture.RealName}";
}
