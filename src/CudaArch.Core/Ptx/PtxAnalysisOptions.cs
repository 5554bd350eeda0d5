using CudaArch.Architectures;

namespace CudaArch.Ptx;

/// <summary>What a caller knows beside the text and the device.</summary>
public sealed class PtxAnalysisOptions
{
    /// <summary>The newest PTX version that the user's driver compiles (see <see cref="PtxVersions.OfDriver"/>); null when it is not known, then none is too new.</summary>
    public PtxVersion? DriverVersion { get; init; }

    /// <summary>
    /// Whether the holes of a target (<c>sm_</c> and <see cref="PtxLexer.Hole"/>) are filled with numbers only, so that the target is the device's plain one.
    /// When not, they may bring a suffix, and nothing is said of instructions that need only that.
    /// </summary>
    public bool HolesAreNumbers { get; init; }

    /// <summary>Nothing is known but that <see cref="HolesAreNumbers"/>.</summary>
    public static PtxAnalysisOptions NumbersInHoles { get; } = new() { HolesAreNumbers = true };

    internal static PtxAnalysisOptions Default { get; } = new();
}
