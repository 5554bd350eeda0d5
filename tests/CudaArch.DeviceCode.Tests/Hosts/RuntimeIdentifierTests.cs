using CudaArch.DeviceCode.Hosts;

namespace CudaArch.DeviceCode.Tests.Hosts;

public class RuntimeIdentifierTests
{
    [Theory]
    [InlineData("/p/foo/1.0.0/runtimes/linux-arm64/native/libfoo.so", "linux-arm64")]
    [InlineData("runtimes/linux-x64/native/cuda12/libfoo.so", "linux-x64")]
    [InlineData(@"bin\runtimes\win-x64\native\foo.dll", "win-x64")]
    [InlineData("/p/runtimes/linux-x64", null)]
    [InlineData("libfoo.so", null)]
    [InlineData("runtimes/cuda/linux-x64/libfoo.so", "linux-x64")]
    [InlineData("runtimes/unix/native/libfoo.so", "unix")]
    [InlineData("runtimes/cuda/native/libfoo.so", null)]
    public void Is_read_from_the_path(string path, string? expected) => Assert.Equal(expected, RuntimeIdentifier.FindInPath(path));

    [Theory]
    [InlineData("linux-arm64", "linux-arm64", true)]
    [InlineData("linux", "linux-arm64", true)]
    [InlineData("unix", "linux-arm64", true)]
    [InlineData("unix-arm64", "linux-arm64", true)]
    [InlineData("any", "win-x64", true)]
    [InlineData("win", "win-x64", true)]
    [InlineData("unix", "win-x64", false)]
    [InlineData("linux-x64", "linux-arm64", false)]
    [InlineData("linux-arm64", "linux", false)]
    [InlineData("unix-x64", "linux-arm64", false)]
    [InlineData("ubuntu.22.04-x64", "linux-x64", true)]
    [InlineData("linux-x64", "ubuntu.22.04-x64", true)]
    [InlineData("win10-x64", "win-x64", true)]
    [InlineData("osx", "linux-x64", false)]
    [InlineData("win7", "win-x64", true)]
    [InlineData("cuda12", "linux-x64", true)]
    public void Serves(string asset, string wanted, bool expected) => Assert.Equal(expected, RuntimeIdentifier.Serves(asset, wanted));
}
