using CudaArch.Architectures;

namespace CudaArch.DeviceCode.Verification;

/// <summary>Sums a coverage report up: what is missing for a target, and which kernels that hits.</summary>
internal static class TargetVerifier
{
    /// <summary>Verifies an open file for one target.</summary>
    public static TargetVerification Verify(DeviceCodeFile file, SmArchitecture target, VerificationOptions options, CancellationToken cancellation)
    {
        CoverageReport report = CoverageReport.For(file, target, new CoverageOptions { DriverVersion = options.DriverVersion }, cancellation);
        ModuleCoverage[] wanting = [.. report.Modules.Where(module => IsWanting(report, module))];
        HashSet<DeviceCodeModule> refused = [.. report.Refusals.Select(refusal => refusal.Module)];
        return new TargetVerification
        {
            Target = target,
            Coverage = report.FileCoverage,
            Modules = [.. report.Modules.Select(module => new ModuleVerification(module.Coverage, module.ByDesign, module.IsGap))],
            MissingImages = ImageLabel.Of(wanting.Where(module => !refused.Contains(module.Module)).SelectMany(module => module.Module.Images)),
            RefusedImages = [.. report.Refusals.Where(refusal => wanting.Any(module => module.Module == refusal.Module)).Select(Refused)],
            MissingKernels = options.ReadKernels && report.FileCoverage is FileCoverage.None or FileCoverage.Partial ? MissingKernels(wanting, cancellation) : [],
        };
    }

    private static RefusedImage Refused(PtxRefusal refusal) =>
        new(ModulePlace.Of(refusal.Module), new ImageLabel(refusal.Image.Kind, refusal.Image.Architecture), refusal.Faults);

    // Of a file of which nothing runs, every module tells what is there; of the others only those that a finding is about.
    private static bool IsWanting(CoverageReport report, ModuleCoverage module) => report.FileCoverage switch
    {
        FileCoverage.None => true,
        FileCoverage.Partial => module.IsGap,
        FileCoverage.JitFallback => module.Coverage == Coverage.JitFallback,
        _ => false,
    };

    private static IReadOnlyList<string> MissingKernels(IEnumerable<ModuleCoverage> wanting, CancellationToken cancellation)
    {
        var names = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (ModuleCoverage module in wanting)
        {
            cancellation.ThrowIfCancellationRequested();
            names.AddRange((module.Module.ReadKernels() ?? []).Where(seen.Add));
        }

        return names;
    }
}
