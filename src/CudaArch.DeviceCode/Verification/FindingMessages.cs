using CudaArch.Architectures;
using CudaArch.DeviceCode.Hosts;
using CudaArch.Ptx;
using CudaArch.Rules;

namespace CudaArch.DeviceCode.Verification;

/// <summary>
/// The words of the findings. Each is one line that answers, in this order: which file, where it comes from, what is wrong for which target, why,
/// which kernels it hits, and what to do.
/// </summary>
internal static class FindingMessages
{
    /// <summary>CUDA2001: no module runs.</summary>
    public static string NothingRuns(VerificationInput input, TargetVerification target, VerificationOptions options) =>
        $"{Subject(input)} cannot run on {target.Target}: found {Images(target)}{Kernels(target, options)}. {Remedy(input, target, RuleIds.NothingRuns)}";

    /// <summary>CUDA2002: only by JIT compilation.</summary>
    public static string JitOnly(VerificationInput input, TargetVerification target)
    {
        int byJit = target.Modules.Count(module => module.Coverage == Coverage.JitFallback);
        int running = target.Modules.Count(module => module.Coverage != Coverage.None);
        string subject = byJit == running ? $"{Subject(input)} runs" : $"{byJit} of {running} modules of {Subject(input)} {(byJit == 1 ? "runs" : "run")}";
        string missing = target.MissingImages.Any(label => label.Kind == ImageKind.Cubin) ? $", no cubin for {target.Target.ComputeCapability}" : "";
        return $"{subject} on {target.Target} only by JIT compilation at the first start: found {ImageLabel.Describe(target.MissingImages)}{missing}. "
            + Remedy(input, target, RuleIds.JitOnly);
    }

    /// <summary>CUDA2003: some modules do not run.</summary>
    public static string SomeModulesCannotRun(VerificationInput input, TargetVerification target, VerificationOptions options)
    {
        int counted = target.Modules.Count;
        int gaps = target.Modules.Count(module => module.IsGap);
        if (gaps == target.ModulesWithLostKernels)
        {
            int lost = target.MissingKernels.Count;
            return $"{lost} {(lost == 1 ? "kernel" : "kernels")} in {gaps} of {counted} modules of {Subject(input)} cannot run on {target.Target}: the image that loads lacks "
                + $"{(lost == 1 ? "it" : "them")}, found only in {ImageLabel.Describe(target.MissingImages)}{Kernels(target, options)}. {Remedy(input, target, RuleIds.SomeModulesCannotRun)}";
        }

        return $"{gaps} of {counted} modules of {Subject(input)} cannot run on {target.Target}: found {Images(target)}{Kernels(target, options)}. "
            + (target.ModulesWithLostKernels == 0 ? "" : $"{target.ModulesWithLostKernels} of them run in part: the image that loads lacks kernels of the others. ")
            + Remedy(input, target, RuleIds.SomeModulesCannotRun);
    }

    /// <summary>CUDA2007: the driver does not compile a PTX image.</summary>
    public static string ImageRefused(VerificationInput input, SmArchitecture target, RefusedImage image, int further)
    {
        PtxFinding fault = image.Faults[0];
        string kernel = fault.Kernel is null || fault.Kind == PtxFindingKind.SharedMemoryTooLarge ? "" : $", kernel {KernelList.Describe([fault.Kernel], 1)}";
        int more = image.Faults.Count - 1;
        string others = more == 0 ? "" : $" {more} more {(more == 1 ? "place" : "places")} in it cannot be compiled either.";
        string images = further == 0 ? "" : $" The same holds for {further} more {(further == 1 ? "image" : "images")} of the file.";
        string place = image.Place.Member is null ? "" : $" in {image.Place.Member}";
        string what = image.IsRelocatable
            ? $"The relocatable {image.Label.ArchitectureName} PTX{place} of {Subject(input)} is not compiled for {target} when it is linked"
            : $"The driver does not compile the {image.Label.ArchitectureName} PTX{place} of {Subject(input)} for {target}";
        return $"{what}: line {fault.Line}{kernel}: {fault.Detail.TrimEnd('.')}.{others}{images} "
            + (input.PackageId is null ? "Change the code and build it again," : $"Use another version of {input.PackageId}, choose another package,") + $" or suppress {RuleIds.ImageNeedsFeature}.";
    }

    /// <summary>CUDA2004: the file as a whole was not read.</summary>
    public static string Unreadable(VerificationInput input, string what) =>
        $"{Subject(input)} cannot be read: {what}. Its device code was not checked. {Replace(input)} or suppress {RuleIds.UnreadableFile}.";

    /// <summary>CUDA2004: only a placeholder is there.</summary>
    public static string NotFetched(VerificationInput input, string pointer) =>
        $"{Subject(input)} is {pointer}: no program can load it, and its device code was not checked. "
            + (input.PackageId is null ? "Fetch it with 'git lfs pull' and build again," : $"{input.PackageId} was packed that way: use another version of it,") + $" or suppress {RuleIds.UnreadableFile}.";

    /// <summary>CUDA2004: parts of the file were not read.</summary>
    public static string Damaged(VerificationInput input, IReadOnlyList<Problem> problems)
    {
        string more = problems.Count == 1 ? "" : $" (and {problems.Count - 1} more such {(problems.Count == 2 ? "place" : "places")})";
        return $"{Subject(input)} is damaged at {problems[0].ToString().TrimEnd('.')}{more}. What stands there was not checked. {Replace(input)} or suppress {RuleIds.UnreadableFile}.";
    }

    /// <summary>What a message calls a file: its name, and where it comes from.</summary>
    internal static string Subject(VerificationInput input)
    {
        var origin = new List<string>();
        if (input.PackageId is not null)
        {
            origin.Add(input.PackageVersion is null ? input.PackageId : input.PackageId + " " + input.PackageVersion);
        }

        if (input.RuntimeIdentifier is not null)
        {
            origin.Add(input.RuntimeIdentifier);
        }

        if (input.Item is not null && input.PackageId is null)
        {
            origin.Add(input.Item + " item");
        }

        return origin.Count == 0 ? $"'{input.DisplayName}'" : $"'{input.DisplayName}' ({string.Join(", ", origin)})";
    }

    private static string Images(TargetVerification target)
    {
        string images = ImageLabel.Describe(target.MissingImages);
        return Advice.WhyNot(target.MissingImages, target.Target) is { } why ? $"{images} ({why})" : images;
    }

    private static string Kernels(TargetVerification target, VerificationOptions options) =>
        target.MissingKernels.Count == 0 ? ""
            : $"; {(target.MissingKernels.Count == 1 ? "kernel" : "kernels")} {KernelList.Describe(target.MissingKernels, options.KernelsInMessage)}";

    private static string Remedy(VerificationInput input, TargetVerification target, string rule)
    {
        // Nobody builds NVIDIA's libraries anew.
        if (ToolkitVersionRule.NewerVersion(input, target.Target) is { } newer)
        {
            return input.PackageId is null
                ? $"Ship {newer} or later, or suppress {rule}."
                : $"Use a version of {input.PackageId} with {newer} or later, choose another package, or suppress {rule}.";
        }

        string option = Advice.CompilerOption(target.Target, target.MissingImages);
        string port = Advice.IsForOtherHardware(target.MissingImages, target.Target) ? $"Port it to {target.Target.Major}.x, then build it" : "Build it";
        return input.PackageId is null
            ? $"{port} with {option}, or suppress {rule}."
            : $"Use a version of {input.PackageId} built with {option}, choose another package, or suppress {rule}.";
    }

    private static string Replace(VerificationInput input) =>
        input.PackageId is null ? "Build or copy it again," : $"Restore {input.PackageId} again (clear it from the package cache first),";
}
