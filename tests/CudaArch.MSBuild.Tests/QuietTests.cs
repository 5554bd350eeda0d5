namespace CudaArch.MSBuild.Tests;

/// <summary>What the task has nothing to say about.</summary>
public sealed class QuietTests : IDisposable
{
    private readonly TaskFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("native/native_121.so")]
    [InlineData("native/family_120f.so")]
    [InlineData("native/no_device_code.so")]
    public void CoveredOrWithoutDeviceCode(string fixture) => AssertQuiet("libx.so", File.ReadAllBytes(Fixtures.PathOf(fixture)));

    [Fact]
    public void ManagedAssemblies() => AssertQuiet("Managed.dll", File.ReadAllBytes(typeof(VerifyCudaTargets).Assembly.Location));

    [Theory]
    [InlineData("model.bin.fragment3")]
    [InlineData("libtorch_cuda.so.sha")]
    public void PiecesOfLibraries(string name) => AssertQuiet(name, File.ReadAllBytes(Fixtures.PathOf("native/none_86.so")));

    [Theory]
    [InlineData("notes.txt", "libx.so is built by CMake")]
    [InlineData("libx.so", "/* GNU ld script */\nINPUT ( libx.so.1 )\n")]
    [InlineData("cube.obj", "v 0 0 0\nv 1 0 0\n")]
    [InlineData("empty.txt", "")]
    public void Texts(string name, string text) => AssertQuiet(name, System.Text.Encoding.UTF8.GetBytes(text));

    [Fact]
    public void ThirtyTwoBitLibraries()
    {
        byte[] elf = File.ReadAllBytes(Fixtures.PathOf("native/no_device_code.so"));
        elf[4] = 1;
        AssertQuiet("libx.so", elf);
    }

    [Theory]
    [InlineData("runtimes/osx-arm64/native/libx.so")]
    [InlineData("runtimes/linux-arm/native/libx.so")]
    public void HostsThatTheProjectIsNotBuiltFor(string path) => AssertQuiet(path, File.ReadAllBytes(Fixtures.PathOf("native/none_86.so")));

    private void AssertQuiet(string path, byte[] content)
    {
        (bool succeeded, string text) = _folder.Run(configure: null, _folder.Content(path, content));
        Assert.Equal("", text);
        Assert.True(succeeded);
        Assert.True(File.Exists(_folder.StateFile));
    }
}
