using CudaArch.Architectures;
using CudaArch.Ptx;

namespace CudaArch.DeviceCode;

/// <summary>
/// Answers as the driver's compiler would: whether it takes the PTX of a module for a target. Texts are read only when asked about, up to the bound of
/// <see cref="CoverageOptions.MaxPtxBytes"/>; what cannot be read (which is a problem of its own) or lies beyond is judged by its header.
/// </summary>
internal sealed class JitCompiler(SmArchitecture target, CoverageOptions options, CancellationToken cancellation)
{
    private readonly List<PtxRefusal> _refusals = [];
    private long _bytesLeft = options.MaxPtxBytes;

    /// <summary>The texts that were not taken, in the order in which they were asked about.</summary>
    public IReadOnlyList<PtxRefusal> Refusals => _refusals;

    /// <summary>Whether a module without a cubin that loads runs by compilation: the driver takes its newest PTX that fits the device.</summary>
    public bool Compiles(DeviceCodeModule module)
    {
        DeviceCodeImage[] candidates = [.. module.Images.Where(image => image.Claim.On(target) == Coverage.JitFallback)];
        if (candidates.Any(image => image.Kind != ImageKind.Ptx))
        {
            return true;
        }

        int newest = candidates.Max(image => image.Architecture.Number);
        var refused = new List<PtxRefusal>();
        foreach (DeviceCodeImage image in candidates.Where(image => image.Architecture.Number == newest))
        {
            cancellation.ThrowIfCancellationRequested();
            IReadOnlyList<PtxFinding> faults = Faults(image);
            if (faults.Count == 0)
            {
                return true;
            }

            refused.Add(new PtxRefusal(module, image, faults));
        }

        _refusals.AddRange(refused);
        return false;
    }

    private IReadOnlyList<PtxFinding> Faults(DeviceCodeImage image)
    {
        if (image.Size > _bytesLeft)
        {
            return [];
        }

        _bytesLeft -= image.Size;
        string? text = image.ReadText();
        return string.IsNullOrWhiteSpace(text) ? [] : PtxAnalyzer.Analyze(text!, target, new PtxAnalysisOptions { DriverVersion = options.DriverVersion }).Findings;
    }
}
