using CudaArch.Analyzers.Catalog;
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

    // The first major version of a library that knows a narrow format: library_types.h of CUDA 12.8, cudnn_graph.h 9.7, TensorRT 10.8.
    private static readonly (string Library, int Major, string Wanted)[] FirstVersions =
    [
        ("cublasLt", 12, "cuBLAS 12.8 (12.9 for compute capability 12.1)"),
        ("cublas", 12, "cuBLAS 12.8 (12.9 for compute capability 12.1)"),
        ("cudnn", 9, "cuDNN 9.7 (9.13 for compute capability 12.1)"),
        ("nvinfer", 10, "TensorRT 10.8"),
    ];

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

    /// <summary>Whether the library that a use is imported from, by the version in its name, is older than the format.</summary>
    public static bool IsTooOld(SymbolUse use) => WantedVersion(use) is not null;

    /// <summary>The version of the library that the format needs; null when the name tells no version, or one that may do.</summary>
    public static string? WantedVersion(SymbolUse use)
    {
        // FP8 is older than FP4.
        if (use.Library.Length == 0 || !IsFormat(use.Needs) || use.Needs.Feature!.Id.EndsWith(".fp8", StringComparison.Ordinal) || LibraryName.MajorVersion(use.Library) is not { } version)
        {
            return null;
        }

        string name = LibraryName.Bare(use.Library);
        foreach ((string library, int major, string wanted) in FirstVersions)
        {
            if (name.Equals(library, StringComparison.OrdinalIgnoreCase) && version < major)
            {
                return wanted;
            }
        }

        return null;
    }

    private static bool IsOfTensorCores(Requirement needs) =>
        needs is { IsAnnotation: false, Feature.Id: { } id } && id.StartsWith("mma.", StringComparison.Ordinal) && (id.Contains("fp4") || id.Contains("block_scale"));

    /// <summary>Whether a feature is a narrow format or scale of a library.</summary>
    public static bool IsFormat(Requirement needs) => needs is { IsAnnotation: false, Feature: { } feature } && feature.Id.StartsWith("format.", StringComparison.Ordinal);
}
