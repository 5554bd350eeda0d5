using CudaArch.Architectures;
using CudaArch.CudaCpp.Preprocessing;
using CudaArch.CudaCpp.Text;

namespace CudaArch.CudaCpp;

/// <summary>What stands in, on the plain target, for what other targets compile from the same text.</summary>
internal static class CudaCppFallbacks
{
    /// <summary>Where header functions compute in software what the device's targets with a suffix do with an instruction.</summary>
    public static IReadOnlyList<int> SoftwareConversions(CudaCppPass plain, SmArchitecture target) =>
        [.. plain.Uses.Where(use => use.IsSoftwareElsewhere && !use.Feature.IsAvailableOn(target)).Select(use => use.Start).Distinct().OrderBy(start => start)];

    /// <summary>What the plain target does instead.</summary>
    public static CudaCppFallback Of(List<CppToken> tokens, CudaCppPass plain, SmArchitecture target, IReadOnlyList<SmArchitecture> others)
    {
        if (SoftwareConversions(plain, target).Count > 0)
        {
            return CudaCppFallback.SoftwareConversion;
        }

        // Only guarded text can do something else elsewhere.
        if (plain.Source.Groups.Count == 0 && plain.LeftOut.Count == 0 && !plain.Source.Headers.Any(Headers.KnownHeaders.BringsTargetMacros))
        {
            return CudaCppFallback.None;
        }

        CudaCppFallback worst = CudaCppFallback.None;
        foreach (SmArchitecture other in others)
        {
            CudaCppPass pass = CudaCppPass.Run(tokens, other, CudaCompiler.Nvcc);
            foreach ((Features.CudaFeature feature, int start, bool _) in pass.Uses)
            {
                if (!feature.IsAvailableOn(target) && feature.IsAvailableOn(other) && Standing(plain, start, isSameDevice: other.Number == target.Number) is var standing && standing != CudaCppFallback.None)
                {
                    worst = worst == CudaCppFallback.None ? standing : worst;
                }
            }
        }

        return worst;
    }

    // What the plain target compiles in the place of an instruction.
    private static CudaCppFallback Standing(CudaCppPass plain, int start, bool isSameDevice)
    {
        ConditionalGroup? left = plain.Source.Groups.LastOrDefault(group => !group.IsTaken && group.Start <= start && start < group.End);
        if (left is not null)
        {
            ConditionalGroup? taken = plain.Source.Groups.FirstOrDefault(group => group.Chain == left.Chain && group.IsTaken);
            if (taken is null || !taken.HasCode)
            {
                return CudaCppFallback.EmptyBranch;
            }

            // A branch before that of another device is one that the author wrote for this device.
            return taken.Index < left.Index && !isSameDevice ? CudaCppFallback.None : CudaCppFallback.ElseBranch;
        }

        // An "if" on a constant, or a macro that chooses.
        foreach ((int token, bool hasOther) in plain.LeftOut)
        {
            if (token <= start && start - token < 2000)
            {
                return hasOther ? CudaCppFallback.ElseBranch : CudaCppFallback.EmptyBranch;
            }
        }

        return CudaCppFallback.ElseBranch;
    }
}
