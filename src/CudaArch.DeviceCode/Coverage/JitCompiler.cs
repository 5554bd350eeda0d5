using CudaArch.Architectures;
using CudaArch.Ptx;

namespace CudaArch.DeviceCode;

/// <summary>
/// Answers as the driver's compiler would: whether it takes the PTX of a module for a target. Texts are read only when asked about; what cannot be read (which is a problem
/// of its own) is judged by its header. Safe to use from several threads.
/// </summary>
internal sealed class JitCompiler(SmArchitecture target, CoverageOptions options, CancellationToken cancellation)
{
    /// <summary>
    /// What keeps a module without a cubin that loads from running by compilation: the driver takes its newest PTX that fits the device. Empty when it runs; else the texts
    /// that are not taken, in file order.
    /// </summary>
    public IReadOnlyList<PtxRefusal> RefusalsOf(DeviceCodeModule module)
    {
        DeviceCodeImage[] candidates = [.. module.Images.Where(image => image.Claim.On(target) == Coverage.JitFallback)];
        if (options.HeadersOnly || candidates.Any(image => image.Kind != ImageKind.Ptx))
        {
            return [];
        }

        int newest = candidates.Max(image => image.Architecture.Number);
        var refused = new List<PtxRefusal>();
        foreach (DeviceCodeImage image in candidates.Where(image => image.Architecture.Number == newest))
        {
            cancellation.ThrowIfCancellationRequested();
            IReadOnlyList<PtxFinding> faults = Faults(image);
            if (faults.Count == 0)
            {
                return [];
            }

            refused.Add(new PtxRefusal(module, image, faults));
        }

        return refused;
    }

    // Nearly all texts are harmless, which a skim tells; the others are read word by word.
    private IReadOnlyList<PtxFinding> Faults(DeviceCodeImage image)
    {
        if (image.Skim()?.CertainlyCompiles(target, options.DriverVersion) == true)
        {
            return [];
        }

        string? text = image.ReadText();
        return string.IsNullOrWhiteSpace(text) ? [] : PtxAnalyzer.Analyze(text!, target, new PtxAnalysisOptions { DriverVersion = options.DriverVersion }).Findings;
    }
}
