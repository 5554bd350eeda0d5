using CudaArch.Architectures;
using CudaArch.Features;

namespace CudaArch.Ptx;

/// <summary>
/// Says whether the driver of a device compiles a PTX text, and what stands in the way. The rules are those of NVIDIA's assembler: features are
/// judged by the <c>.target</c> line alone, and another rule says to which devices text with that target goes (see <see cref="Compatibility.PtxLoads"/>).
/// Any text is taken, in time linear in its length; nothing is thrown.
/// </summary>
public static class PtxAnalyzer
{
    /// <summary>Judges a whole module, with its header.</summary>
    /// <param name="text">The text. An unknown part may be given as <see cref="PtxLexer.Hole"/>.</param>
    /// <param name="device">The device; its suffix is ignored.</param>
    /// <param name="options">What else is known.</param>
    public static PtxReport Analyze(string text, SmArchitecture device, PtxAnalysisOptions? options = null) =>
        new PtxVerdict(text, PtxContents.Read(text), device, options ?? PtxAnalysisOptions.Default).Judge();

    /// <summary>Judges instructions without a header, as in an <c>asm</c> statement, by what the device's targets have.</summary>
    /// <param name="instructions">The instructions.</param>
    /// <param name="device">The device; its suffix is ignored.</param>
    public static PtxReport AnalyzeFragment(string instructions, SmArchitecture device) =>
        new PtxVerdict(instructions, PtxContents.Read(instructions), device, PtxAnalysisOptions.Default).JudgeFragment();

    /// <summary>The features that a text uses, a module or a fragment, each once, in the order of their first use.</summary>
    public static IReadOnlyList<CudaFeature> FindFeatures(string text) =>
        [.. PtxContents.Read(text).Uses.Select(use => use.Feature).Distinct()];

    /// <summary>
    /// The lowest <c>.version</c> under which the instructions of a text, a module or a fragment, are valid for a target; null when they are valid under
    /// none. The header of the text plays no part.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="target">The target, its suffix taken exactly as it stands.</param>
    public static PtxVersion? LowestVersion(string text, SmArchitecture target)
    {
        PtxVersion? lowest = ArchitectureCatalog.Find(target)?.FirstPtxVersionOf(target.Variant);
        foreach (CudaFeature feature in FindFeatures(text))
        {
            PtxVersion? needed = feature.Availability.FirstVersionOn(target);
            lowest = needed is null || lowest is null ? null : needed > lowest ? needed : lowest;
        }

        return lowest;
    }
}
