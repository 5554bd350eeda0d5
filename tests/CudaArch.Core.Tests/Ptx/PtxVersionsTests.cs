using CudaArch.Architectures;
using CudaArch.Ptx;

namespace CudaArch.Core.Tests.Ptx;

public class PtxVersionsTests
{
    [Theory]
    [InlineData("580", "9.0")]
    [InlineData("580.95.05", "9.0")]
    [InlineData("575.51", "8.8")]
    [InlineData("13.0", "9.0")]
    [InlineData("13", "9.0")]
    [InlineData("12.6", "8.5")]
    [InlineData("12.8", "8.7")]
    [InlineData("11.0", "7.0")]
    [InlineData("99.0", "9.5")]
    public void A_driver_is_named_by_its_branch_or_its_CUDA_version(string driver, string ptx)
    {
        Assert.True(PtxVersions.TryParseDriver(driver, out PtxVersion version));
        Assert.Equal(PtxVersion.Parse(ptx), version);
    }

    [Theory]
    [InlineData("")]
    [InlineData("10.2")]
    [InlineData("390")]
    [InlineData("new")]
    [InlineData("-13.0")]
    [InlineData("13.x")]
    [InlineData("1.2.3.4")]
    public void Anything_else_is_refused(string driver) => Assert.False(PtxVersions.TryParseDriver(driver, out _));
}
