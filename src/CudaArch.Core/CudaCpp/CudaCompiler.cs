namespace CudaArch.CudaCpp;

/// <summary>Which compiler reads CUDA C++ text; the two predefine different macros.</summary>
public enum CudaCompiler
{
    /// <summary>NVRTC, which programs call with text in memory.</summary>
    Nvrtc,

    /// <summary>nvcc, which also compiles the text once for the host.</summary>
    Nvcc,
}
