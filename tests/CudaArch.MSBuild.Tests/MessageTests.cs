using Microsoft.Build.Framework;

namespace CudaArch.MSBuild.Tests;

/// <summary>What the task says, word for word.</summary>
public sealed class MessageTests : IDisposable
{
    private readonly TaskFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task EveryRuleOnce()
    {
        byte[] cutOff = [.. File.ReadAllBytes(Fixtures.PathOf("native/native_121.so")).Take(9000)];
        (bool succeeded, string text) = _folder.Run(
            configure: null,
            _folder.Package("Acme.Kernels", "2.1.0", "runtimes/linux-arm64/native/libgaps.so", "native/arm64_none_87.so"),
            _folder.Package("Acme.Kernels", "2.1.0", "runtimes/linux-x64/native/libjit.so", "native/jit_80.so"),
            _folder.Package("Acme.Kernels", "2.1.0", "runtimes/linux-x64/native/libfine.so", "native/native_121.so"),
            _folder.Content("native/libpartial.so", "native/partial.so"),
            _folder.Content("native/libcut.so", cutOff));

        Assert.True(succeeded);
        await Verifier.Verify(text);
    }

    [Fact]
    public async Task BadInput()
    {
        string folder = Path.Combine(_folder.Root, "project", "native", "libfolder.so");
        Directory.CreateDirectory(folder);
        ITaskItem[] items =
        [
            TaskFolder.Item(Path.Combine(_folder.Root, "project", "libmissing.so"), ("CudaArchItem", "CudaArchNativeFile")),
            TaskFolder.Item(folder, ("CudaArchItem", "CudaArchNativeFile")),
            _folder.Content("libempty.so", []),
            _folder.Content("libpointer.so", "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393\nsize 31192\n"u8.ToArray()),
            _folder.Content("libpointerlike.so", "version https://git-lfs.example"u8.ToArray()),
            _folder.Content("libhead.so", [0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1]),
        ];
        (bool succeeded, string text) = _folder.Run(configure: null, items);

        Assert.True(succeeded);
        await Verifier.Verify(text);
    }

    [Fact]
    public async Task UnknownTarget()
    {
        (bool succeeded, string text) = _folder.Run(task => task.Targets = "sm_121;sm_12x", _folder.Content("libfine.so", "native/native_121.so"));

        Assert.False(succeeded);
        await Verifier.Verify(text);
    }
}
