namespace SparkInference;

/// <summary>Device code that the program carries as text.</summary>
internal static class Kernels
{
    /// <summary>CUDA C++ for NVRTC: nothing in it is special to an architecture.</summary>
    internal const string Scale = """
        extern "C" __global__ void scale(float *values, float factor, int count) {
            int i = blockIdx.x * blockDim.x + threadIdx.x;
            if (i < count) values[i] *= factor;
        }
        """;

    /// <summary>PTX that allocates tensor memory: a data-centre Blackwell has it, a DGX Spark does not.</summary>
    internal const string TensorMemory = """
        .version 8.8
        .target sm_121a
        .address_size 64

        .visible .entry tensor_memory_roundtrip()
        {
            .reg .b32 %r<3>;
            .shared .align 4 .b32 slot;
            mov.u32 %r1, slot;
            tcgen05.alloc.cta_group::1.sync.aligned.shared::cta.b32 [%r1], 32;
            ld.shared.b32 %r2, [slot];
            tcgen05.dealloc.cta_group::1.sync.aligned.b32 %r2, 32;
            ret;
        }
        """;
}
