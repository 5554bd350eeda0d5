using CudaArch.Testing.Building;

namespace CudaArch.MSBuild.Tests;

/// <summary>What the task makes of a file's place.</summary>
public sealed class OriginTests : IDisposable
{
    private readonly TaskFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ContentOfAPackageIsKnownByItsPlace()
    {
        _folder.Write("packages/acme.backend/1.0.0/acme.backend.nuspec", "<package><metadata><id>Acme.Backend</id></metadata></package>"u8.ToArray());
        string file = _folder.Write("packages/acme.backend/1.0.0/AcmeRuntimes/linux-x64/native/libx.so", File.ReadAllBytes(Fixtures.PathOf("native/none_86.so")));
        (_, string text) = _folder.Run(configure: null, TaskFolder.Item(file, ("CudaArchItem", "Content"), ("Link", "runtimes/linux-x64/native/libx.so")));

        Assert.Contains("'AcmeRuntimes/linux-x64/native/libx.so' (Acme.Backend 1.0.0, linux-x64)", text);
    }

    [Fact]
    public void AFileFromElsewhereIsKnownByTheNameItIsShippedUnder()
    {
        string file = _folder.Write("elsewhere/build-17.so", File.ReadAllBytes(Fixtures.PathOf("native/none_86.so")));
        (_, string text) = _folder.Run(configure: null, TaskFolder.Item(file, ("CudaArchItem", "None"), ("Link", "runtimes\\linux-x64\\libx.so")));

        Assert.Contains("'runtimes/linux-x64/libx.so' (linux-x64, None item)", text);
    }

    [Theory]
    [InlineData("runtimes/ubuntu.22.04-x64/native/libx.so", "ubuntu.22.04-x64")]
    [InlineData("runtimes/cuda/linux-x64/libx.so", "linux-x64")]
    [InlineData("runtimes/linux-musl-x64/native/cuda12/libx.so", "linux-musl-x64")]
    public void TheRuntimeIdentifierIsFoundInThePath(string path, string identifier)
    {
        (_, string text) = _folder.Run(configure: null, _folder.Package("Acme", "1.0.0", path, "native/none_86.so"));
        Assert.Contains($"(Acme 1.0.0, {identifier})", text);
    }

    [Fact]
    public void EveryLibraryOfAPackageThatIsAskedForIsVerifiedOnItsOwn()
    {
        byte[] package = new ZipBuilder()
            .Add("runtimes/linux-arm64/native/libfine.so", File.ReadAllBytes(Fixtures.PathOf("native/arm64_native_121.so")))
            .Add("runtimes/linux-arm64/native/libgap.so", File.ReadAllBytes(Fixtures.PathOf("native/arm64_none_87.so")))
            .Add("runtimes/osx-arm64/native/libother.so", File.ReadAllBytes(Fixtures.PathOf("native/arm64_none_87.so")))
            .ToArray();
        string file = _folder.Write("elsewhere/Acme.zip", package);
        (_, string text) = _folder.Run(configure: null, TaskFolder.Item(file, ("CudaArchItem", "CudaArchNativeFile")));

        Assert.Contains("Acme.zip/runtimes/linux-arm64/native/libgap.so' (linux-arm64, CudaArchNativeFile item) cannot run on sm_121", text);
        Assert.DoesNotContain("libfine", text);
        Assert.DoesNotContain("libother", text);
    }
}
