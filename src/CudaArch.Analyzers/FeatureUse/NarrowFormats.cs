using CudaArch.Architectures;
using CudaArch.Features;

namespace CudaArch.Analyzers.FeatureUse;

/// <summary>
/// The three truths about FP4, FP6 and block scales (CUDA1002): the target has no such format; it has it, but not by the way of this kernel; the library is too old
/// for it.
/// </summary>
internal static class NarrowFormats
{
    // Words of kernel names that speak of a narrow format.
    private static readonly string[] Words = ["fp4", "fp6", "e2m1", "e2m3", "e3m2", "mxf4", "mxf6", "mxf8"];

    // What a device must have to count as one with FP4.
    private static readonly CudaFeature WarpLevel = FeatureCatalog.Find("mma.block_scale.fp4")!;

    /// <summary>
    /// Whether a device has a narrow format of the tensor cores, but only in code that is built for its suffix: then only the build of the kernel can be at fault, which is
    /// not seen here.
    /// </summary>
    public static bool IsMatterOfBuild(Requirement needs, SmArchitecture device) =>
        IsOfTensorCores(needs) && needs.Feature!.SupportOn(device) is FeatureSupport.NeedsFamilySuffix or FeatureSupport.NeedsArchitectureSuffix;

    /// <summary>Whether a use is about a narrow format: by its feature, or a kernel by its name.</summary>
    public static bool Concern(SymbolUse use) =>
        IsFormat(use.Needs) || IsOfTensorCores(use.Needs) || (use.Needs is { IsAnnotation: false } && Words.Any(word => use.Name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0));

    /// <summary>Whether a device has FP4 by warp-level <c>mma.sync</c>, although not by the kernel at hand.</summary>
    public static bool IsWarpLevelOn(SmArchitecture device) => WarpLevel.SupportOn(device) != FeatureSupport.Unsupported;

    private static bool IsOfTensorCores(Requirement needs) =>
        needs is { IsAnnotation: false, Feature.Id: { } id } && id.StartsWith("mma.", StringComparison.Ordinal) && (id.Contains("fp4") || id.Contains("block_scale"));

    /// <summary>Whether a feature is a narrow format or scale of a library.</summary>
    public static bool IsFormat(Requirement needs) => needs is { IsAnnotation: false, Feature: { } feature } && feature.Id.StartsWith("format.", StringComparison.Ordinal);
}
