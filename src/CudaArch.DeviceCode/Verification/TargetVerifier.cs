using CudaArch.Architectures;

namespace CudaArch.DeviceCode.Verification;

/// <summary>Sums a coverage report up: what is missing for a target, and which kernels that hits.</summary>
internal static class TargetVerifier
{
    /// <summary>Verifies an open file for one target.</summary>
    public static TargetVerification Verify(DeviceCodeFile file, SmArchitecture target, VerificationOptions options, CancellationToken cancellation)
    {
        CoverageReport report = CoverageReport.For(file, target, new CoverageOptions { DriverVersion = options.DriverVersion, ComparesKernels = options.ReadKernels }, cancellation);
        ModuleCoverage[] wanting = [.. report.Modules.Where(module => IsWanting(report, module))];
        HashSet<DeviceCodeModule> refused = [.. report.Refusals.Select(refusal => refusal.Module)];
        if (report.Refusals.Any(refusal => refusal.Module.IsRelocatable))
        {
            // What keeps the relocatable modules from being linked keeps the linked one from running: that is said once.
            refused.UnionWith(wanting.Select(module => module.Module).Where(module => module.IsDeviceLinked));
        }

        return new TargetVerification
        {
            Target = target,
            Coverage = report.FileCoverage,
            Modules = [.. report.Modules.Select(module => new ModuleVerification(module.Coverage, module.ByDesign, module.IsGap))],
            ModulesWithLostKernels = wanting.Count(module => module.Lost.Count > 0),
            MissingImages = ImageLabel.Of(wanting.Where(module => !refused.Contains(module.Module)).SelectMany(Missing)),
            RefusedImages = [.. report.Refusals.Where(refusal => refusal.Module.IsRelocatable || wanting.Any(module => module.Module == refusal.Module)).Select(Refused)],
            MissingKernels = options.ReadKernels && report.FileCoverage is FileCoverage.None or FileCoverage.Partial ? MissingKernels(wanting, cancellation) : [],
        };
    }

    private static RefusedImage Refused(PtxRefusal refusal) =>
        new(ModulePlace.Of(refusal.Module), new ImageLabel(refusal.Image.Kind, refusal.Image.Architecture), refusal.Faults, refusal.Module.IsRelocatable);

    // Of a file of which nothing runs, every module tells what is there; of the others only those that a finding is about.
    private static bool IsWanting(CoverageReport report, ModuleCoverage module) => report.FileCoverage switch
    {
        FileCoverage.None => true,
        FileCoverage.Partial => module.IsGap,
        FileCoverage.JitFallback => module.Coverage == Coverage.JitFallback,
        _ => false,
    };

    // Of a module that runs and lacks kernels, the images that have those.
    private static IEnumerable<ImageLabel> Missing(ModuleCoverage module) => module.Lost.Count == 0
        ? module.Module.Images.Select(image => new ImageLabel(image.Kind, image.Architecture))
        : module.Lost.SelectMany(lost => lost.Images).Select(image => new ImageLabel(image.Kind, image.Architecture));

    // The most specific first: a kernel of one module says more of what is missing than one that every module has.
    private static IReadOnlyList<string> MissingKernels(IEnumerable<ModuleCoverage> wanting, CancellationToken cancellation)
    {
        var names = new List<string>();
        var modulesWith = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (ModuleCoverage module in wanting)
        {
            cancellation.ThrowIfCancellationRequested();
            IEnumerable<string> kernels = module.Lost.Count > 0 ? module.Lost.SelectMany(lost => lost.Kernels) : module.Module.ReadKernels() ?? [];
            foreach (string kernel in kernels.Distinct(StringComparer.Ordinal))
            {
                if (!modulesWith.TryGetValue(kernel, out int count))
                {
                    names.Add(kernel);
                }

                modulesWith[kernel] = count + 1;
            }
        }

        return [.. names.OrderBy(name => modulesWith[name]).ThenBy(KernelName.IsOfGeneralLibrary)];
    }
}
