namespace CudaArch.MSBuild.Tests;

/// <summary>A text that the driver does not compile for the target is CUDA2007, an error where gaps are errors.</summary>
public sealed class PtxTextTests : IDisposable
{
    private readonly TaskFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AnImageNeedsWhatTheTargetLacks()
    {
        (bool succeeded, string text) = _folder.Run(configure: null, _folder.Content("kernels/memory.ptx", "ptx/nvcc_tmem_alloc_100.ptx"));
        Assert.True(succeeded);
        Assert.Contains("warning CUDA2007", text);
        Assert.Contains("line 28, kernel tmem_roundtrip: 'tcgen05.alloc.", text);
        Assert.DoesNotContain("CUDA2001", text);
    }

    [Fact]
    public void ItFailsTheBuildInContinuousIntegration()
    {
        (bool succeeded, string text) = _folder.Run(task => task.GapsAreErrors = true, _folder.Content("kernels/memory.ptx", "ptx/nvcc_tmem_alloc_100.ptx"));
        Assert.False(succeeded);
        Assert.Contains("error CUDA2007", text);
    }
}
