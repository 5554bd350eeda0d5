namespace CudaArch.CompileOptions;

/// <summary>
/// The options, variables and programs that take an architecture: the one table of spellings. Sources: option lists of nvcc 13.5, ptxas 13.5,
/// nvrtc.h 13.5, nvJitLink.h 13.5, nvPTXCompiler.h 13.5; CMake's and PyTorch's documentation of their variables; clang's CUDA options.
/// </summary>
internal static class OptionSpellings
{
    internal enum Meaning
    {
        /// <summary>The architecture to compile for, in short.</summary>
        Architecture,

        /// <summary>The list of code to make for the stage that <see cref="Architecture"/> names.</summary>
        Code,

        /// <summary><c>arch=…,code=…</c>.</summary>
        GenerateCode,
    }

    internal enum ListRule
    {
        /// <summary><c>90</c> gives both, <c>90-real</c> a cubin, <c>90-virtual</c> PTX.</summary>
        CMake,

        /// <summary><c>9.0</c> gives a cubin, <c>9.0+PTX</c> both.</summary>
        Torch,
    }

    /// <summary>Longest first, so that the first match is the option.</summary>
    public static readonly (string Text, Meaning Meaning)[] Options =
    [
        ("--gpu-architecture", Meaning.Architecture),
        ("--cuda-gpu-arch", Meaning.Architecture),
        ("--generate-code", Meaning.GenerateCode),
        ("--offload-arch", Meaning.Architecture),
        ("--gpu-name", Meaning.Architecture),
        ("--gpu-code", Meaning.Code),
        ("-gencode", Meaning.GenerateCode),
        ("--arch", Meaning.Architecture),
        ("-arch", Meaning.Architecture),
        ("-code", Meaning.Code),
    ];

    /// <summary>Variables whose value is a list of architectures without prefixes.</summary>
    public static readonly (string Text, ListRule Rule)[] Variables =
    [
        ("CMAKE_CUDA_ARCHITECTURES", ListRule.CMake),
        ("FLASHINFER_CUDA_ARCH_LIST", ListRule.Torch),
        ("TORCH_CUDA_ARCH_LIST", ListRule.Torch),
        ("CUTLASS_NVCC_ARCHS", ListRule.CMake),
        ("CUDA_ARCHITECTURES", ListRule.CMake),
        ("CUDA_ARCH_LIST", ListRule.Torch),
        ("CUDAARCHS", ListRule.CMake),
    ];

    /// <summary>Words that stand for every architecture, or for the one of the machine: whatever they give, it is not wrong for a target.</summary>
    public static readonly string[] Everything = ["all-major", "all", "native", "Common", "All"];

    public static readonly (string Text, CompilerKind Kind)[] Programs =
    [
        ("nvcc", CompilerKind.Nvcc),
        ("clang", CompilerKind.Nvcc),
        ("clang++", CompilerKind.Nvcc),
        ("ptxas", CompilerKind.PtxAssembler),
        ("nvlink", CompilerKind.Linker),
        ("cuobjdump", CompilerKind.Inspector),
        ("nvdisasm", CompilerKind.Inspector),
    ];

    /// <summary>The program that a file name, with or without a path, stands for.</summary>
    public static CompilerKind ProgramOf(ReadOnlySpan<char> word)
    {
        int separator = word.LastIndexOfAny('/', '\\');
        ReadOnlySpan<char> name = word.Slice(separator + 1);
        if (name.EndsWith(".exe".AsSpan(), StringComparison.OrdinalIgnoreCase))
        {
            name = name.Slice(0, name.Length - 4);
        }

        foreach ((string text, CompilerKind kind) in Programs)
        {
            if (name.Equals(text.AsSpan(), StringComparison.OrdinalIgnoreCase))
            {
                return kind;
            }
        }

        return CompilerKind.Unknown;
    }
}
