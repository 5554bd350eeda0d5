namespace CudaArch.CompileOptions;

/// <summary>What a compiler makes for an architecture.</summary>
public enum CompiledKind
{
    /// <summary>Machine code: loads by the rule of <see cref="Architectures.Compatibility.CubinLoads"/>.</summary>
    Cubin,

    /// <summary>PTX text: compiled on the device by the rule of <see cref="Architectures.Compatibility.PtxLoads"/>.</summary>
    Ptx,

    /// <summary>LTO-IR, linked for the device at run time: as virtual as PTX and judged by the same rule.</summary>
    LtoIr,
}
