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

    /// <summary>The same of a module.</summary>
    internal static ModuleClaim Of(DeviceCodeModule module, SmArchitecture target)
    {
        var images = new ImageClaim[module.Images.Count];
        for (int i = 0; i < images.Length; i++)
        {
            images[i] = module.Images[i].Claim;
        }

        return Of(images, target);
    }

    /// <summary>The coverage of the best image.</summary>
    public static Coverage BestOf(IReadOnlyList<ImageClaim> images, SmArchitecture target)
    {
        var best = Coverage.None;
        for (int i = 0; i < images.Count; i++)
        {
            Coverage coverage = images[i].On(target);
            best = coverage > best ? coverage : best;
        }

        return best;
    }
}
