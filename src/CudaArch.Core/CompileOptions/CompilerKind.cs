namespace CudaArch.CompileOptions;

/// <summary>The program or library that reads compile options. It decides what comes out for a name: <c>nvcc -arch=sm_90</c> gives PTX beside the cubin, NVRTC does not.</summary>
public enum CompilerKind
{
    /// <summary>Not known; a name like <c>sm_90</c> is then taken for a cubin, as every library takes it.</summary>
    Unknown,

    /// <summary>nvcc and compilers that drive it or its options.</summary>
    Nvcc,

    /// <summary>NVRTC (<c>nvrtcCompileProgram</c>).</summary>
    Nvrtc,

    /// <summary>nvJitLink or nvlink.</summary>
    Linker,

    /// <summary>ptxas or <c>nvPTXCompilerCompile</c>.</summary>
    PtxAssembler,

    /// <summary>A tool that only looks at code (cuobjdump, nvdisasm): an architecture is a filter there, nothing is built for it.</summary>
    Inspector,
}
