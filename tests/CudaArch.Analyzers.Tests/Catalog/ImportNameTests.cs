using CudaArch.Analyzers.Catalog;

namespace CudaArch.Analyzers.Tests.Catalog;

public sealed class ImportNameTests
{
    [Theory]
    [InlineData("cublasLt", "cublasLt", null)]
    [InlineData("libcublasLt.so.13", "cublasLt", "13")]
    [InlineData("libcublasLt.so.12.8.4.1", "cublasLt", "12.8.4.1")]
    [InlineData("cublasLt64_13.dll", "cublasLt", "13")]
    [InlineData("cublas64_92", "cublas", "9.2")]
    [InlineData("cublas64_100.dll", "cublas", "10.0")]
    [InlineData("C:\\cuda\\bin\\cudnn64_9.dll", "cudnn", "9")]
    [InlineData("nvinfer_10.dll", "nvinfer", "10")]
    [InlineData("nvinfer_plugin_10.dll", "nvinfer_plugin", "10")]
    [InlineData("nvinfer.dll", "nvinfer", null)]
    [InlineData("libnvinfer.so.11", "nvinfer", "11")]
    [InlineData("cusparseLt_13.dll", "cusparseLt", null)]
    [InlineData("libcusparseLt.so.0", "cusparseLt", "0")]
    [InlineData("nvJitLink_120_0.dll", "nvJitLink", null)]
    [InlineData("nvfatbin_130_0", "nvfatbin", null)]
    [InlineData("kernels_2", "kernels_2", null)]
    [InlineData("libcuda.so.1", "cuda", "1")]
    public void A_name_has_a_library_and_perhaps_a_version(string name, string bare, string? version)
    {
        Assert.Equal(bare, ImportName.Bare(name));
        Assert.Equal(version, ImportName.VersionOf(name)?.ToString());
    }
}
