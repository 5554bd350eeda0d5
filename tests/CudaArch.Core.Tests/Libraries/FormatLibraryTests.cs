using CudaArch.Architectures;
using CudaArch.Features;
using CudaArch.Libraries;

namespace CudaArch.Core.Tests.Libraries;

public sealed class FormatLibraryTests
{
    [Fact]
    public void Every_row_is_about_features_that_exist_and_has_a_source()
    {
        Assert.NotEmpty(FormatLibrary.All);
        Assert.All(FormatLibrary.All, row =>
        {
            Assert.NotEmpty(row.Source);
            Assert.All(row.Features, id => Assert.StartsWith("format.", FeatureCatalog.Find(id)?.Id, StringComparison.Ordinal));
        });
    }

    /// <summary>FP8 is older than what the table begins with.</summary>
    [Fact]
    public void Every_narrow_format_of_a_library_has_a_row()
    {
        SmArchitecture device = ArchitectureCatalog.DefaultTarget;
        Assert.All(FeatureCatalog.All.Where(feature => feature.Id.StartsWith("format.", StringComparison.Ordinal) && !feature.Id.EndsWith(".fp8", StringComparison.Ordinal)),
            feature => Assert.NotNull(FormatLibrary.Find(feature, device)));
    }

    [Theory]
    [InlineData("format.cublaslt.fp4", "sm_100", "12.8")]
    [InlineData("format.cublaslt.fp4", "sm_120f", "12.8")]
    [InlineData("format.cublaslt.fp4", "sm_121a", "12.9")]
    [InlineData("format.cudnn.block_scale", "sm_121", "9.13")]
    [InlineData("format.cusparselt.block_scale", "sm_120", "0.7.1")]
    [InlineData("format.cusparselt.block_scale", "sm_121", "0.8")]
    [InlineData("format.tensorrt.fp4", "sm_121", "10.8")]
    public void The_version_that_a_device_needs_is_found(string feature, string device, string version)
    {
        Assert.True(SmArchitecture.TryParse(device.AsSpan(), out SmArchitecture architecture));
        Assert.Equal(version, FormatLibrary.Find(FeatureCatalog.Find(feature)!, architecture)!.FirstVersion.ToString());
    }

    [Fact]
    public void What_needs_no_version_has_no_row() => Assert.Null(FormatLibrary.Find(FeatureCatalog.Find("tcgen05")!, ArchitectureCatalog.DefaultTarget));
}
