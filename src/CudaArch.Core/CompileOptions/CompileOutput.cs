using CudaArch.Architectures;

namespace CudaArch.CompileOptions;

/// <summary>One thing that a compiler makes when it is given an option text: code of some kind for an architecture.</summary>
public readonly struct CompileOutput
{
    /// <summary>Creates an output.</summary>
    /// <param name="kind">What is made.</param>
    /// <param name="name">The name that asks for it.</param>
    public CompileOutput(CompiledKind kind, ArchitectureName name)
    {
        Kind = kind;
        Name = name;
    }

    /// <summary>What is made.</summary>
    public CompiledKind Kind { get; }

    /// <summary>The name that asks for it, and the place of a complaint.</summary>
    public ArchitectureName Name { get; }

    /// <summary>Whether the output runs on a device, machine code directly and anything virtual by way of the driver's compiler.</summary>
    public bool RunsOn(SmArchitecture device) => Kind == CompiledKind.Cubin
        ? Compatibility.CubinLoads(Name.Architecture, device)
        : Compatibility.PtxLoads(Name.Architecture, device);

    /// <summary>The output in words: <c>a cubin for sm_90</c>.</summary>
    public override string ToString() => Kind switch
    {
        CompiledKind.Cubin => "a cubin for " + Name.Architecture.RealName,
        CompiledKind.Ptx => "PTX for " + Name.Architecture.VirtualName,
        _ => "LTO-IR for " + Name.Architecture.VirtualName,
    };
}
