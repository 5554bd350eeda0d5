namespace CudaArch.CompileOptions;

/// <summary>How an architecture is spelled.</summary>
public enum NameForm
{
    /// <summary><c>sm_100a</c>.</summary>
    Real,

    /// <summary><c>compute_100a</c>.</summary>
    Virtual,

    /// <summary><c>lto_100a</c>.</summary>
    Lto,

    /// <summary><c>100a</c>, as in <c>CMAKE_CUDA_ARCHITECTURES</c> and nvFatbin.</summary>
    Number,

    /// <summary><c>10.0a</c>, as in <c>TORCH_CUDA_ARCH_LIST</c>.</summary>
    Dotted,
}
