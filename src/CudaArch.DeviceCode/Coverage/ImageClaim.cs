using CudaArch.Architectures;

namespace CudaArch.DeviceCode;

/// <summary>What an image claims to be: all that its coverage depends on, unless its text is looked at.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Architecture">What it was built for.</param>
public readonly record struct ImageClaim(ImageKind Kind, SmArchitecture Architecture)
{
    /// <summary>
    /// What a target can do with the image. LTO-IR and unknown kinds do not run by themselves; Tile IR is compiled for the very compute capability that it was made for
    /// (for others nothing was measured, so nothing is promised).
    /// </summary>
    public Coverage On(SmArchitecture target) => Kind switch
    {
        ImageKind.Cubin when Compatibility.CubinLoads(Architecture, target) => Coverage.Native,
        ImageKind.Ptx when Compatibility.PtxLoads(Architecture, target) => Coverage.JitFallback,
        ImageKind.TileIr when Architecture.Number == target.Number => Coverage.JitFallback,
        _ => Coverage.None,
    };
}

/// <summary>What the rule of a file's coverage needs to know of one module that can be loaded.</summary>
/// <param name="Images">Its images.</param>
/// <param name="Coverage">What the target can do with it.</param>
public readonly record struct ModuleClaim(IReadOnlyList<ImageClaim> Images, Coverage Coverage)
{
    /// <summary>A module whose coverage follows from its images alone: that of its best image.</summary>
    public static ModuleClaim Of(IReadOnlyList<ImageClaim> images, SmArchitecture target) => new(images, BestOf(images, target));

    /// <summary>The coverage of the best image.</summary>
    public static Coverage BestOf(IEnumerable<ImageClaim> images, SmArchitecture target)
    {
        var best = Coverage.None;
        foreach (ImageClaim image in images)
        {
            Coverage coverage = image.On(target);
            best = coverage > best ? coverage : best;
        }

        return best;
    }
}
