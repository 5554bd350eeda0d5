using CudaArch.Analyzers.FeatureUse;
using CudaArch.Analyzers.Tests.Testing;

namespace CudaArch.Analyzers.Tests.FeatureUse;

/// <summary>CUDA1006 where the size is set in a struct or a property of a binding.</summary>
public sealed class SharedMemoryAssignmentTests
{
    [Theory]
    [InlineData("void M() { var launch = new CUlaunchConfig(); launch.sharedMemBytes = {|CUDA1006:227 * 1024|}; }")]
    [InlineData("CUlaunchConfig M() => new() { sharedMemBytes = {|CUDA1006:200_000|} };")]
    [InlineData("void M(ref cudaLaunchConfig_t launch) { uint size = 1024; size *= 200; launch.dynamicSmemBytes = {|CUDA1006:size|}; }")]
    [InlineData("const int Tile = 256; void M(CudaKernel kernel) { kernel.MaxDynamicSharedSizeBytes = {|CUDA1006:Tile * Tile * 2|}; kernel.DynamicSharedMemory = {|CUDA1006:Tile * 512u|}; }")]
    [InlineData("void M(CUkernel kernel) => kernel.SetMaxDynamicSharedSizeBytes({|CUDA1006:232448|}, 0);")]
    [InlineData("void M(ref CUlaunchConfig launch, int major, int minor) { if (major == 9) launch.sharedMemBytes = 227 * 1024; }")]
    [InlineData("void M(ref CUlaunchConfig launch, int major, int minor) { if ({|CUDA1005:major >= 9|}) launch.sharedMemBytes = 227 * 1024; }")]
    [InlineData("void M(ref CUlaunchConfig launch, uint size) { launch.sharedMemBytes = size; launch.sharedMemBytes = 101376; launch.gridDimX = 200000; }")]
    [InlineData("void M(ref Other other) => other.sharedMemBytes = 227 * 1024;")]
    [InlineData("void M(CudaKernel kernel) { if (kernel.MaxDynamicSharedSizeBytes > 227 * 1024) return; }")]
    public Task A_size_that_is_set(string members) => Verify.Analyzer<FeatureUseAnalyzer>($$"""
        using System.Runtime.InteropServices;
        class C
        {
            {{members}}
            [DllImport("nvcuda")] static extern int cuLaunchKernelEx(ref CUlaunchConfig config, nint function, nint parameters, nint extra);
        }
        struct CUlaunchConfig { public uint gridDimX; public uint sharedMemBytes; }
        struct cudaLaunchConfig_t { public ulong dynamicSmemBytes; }
        struct Other { public int sharedMemBytes; }
        class CudaKernel { public int MaxDynamicSharedSizeBytes { get; set; } public uint DynamicSharedMemory { get; set; } }
        struct CUkernel { public void SetMaxDynamicSharedSizeBytes(int size, int device) { } }
        """);
}
