using CudaArch.Architectures;

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
}
