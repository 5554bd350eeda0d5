namespace CudaArch.MSBuild.Tests;

/// <summary>The file that tells the analyzers what libraries are worth.</summary>
public sealed class CoverageFileTests : IDisposable
{
    private readonly TaskFolder _folder = new();

    private string CoverageFile => Path.Combine(_folder.Root, "project", "obj", "CudaArch.Coverage.txt");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ALineALibraryAndTarget()
    {
        (_, string text) = _folder.Run(
            task => (task.CoverageFile, task.StateFile, task.Targets) = (CoverageFile, null, "sm_121;sm_86"),
            _folder.Package("Acme.Kernels", "2.1.0", "runtimes/linux-arm64/native/libgaps.so", "native/arm64_none_87.so"),
            _folder.Content("native/libpartial.so.1", "native/partial.so"),
            _folder.Content("plain.dll", "native/native_121.dll"),
            _folder.Content("libplain.so", "native/no_device_code.so"));

        // Without a state file nothing is reported.
        Assert.Equal("", text);
        await Verifier.Verify(await File.ReadAllTextAsync(CoverageFile));
    }

    [Fact]
    public void WhatIsTheSameIsNotWrittenAgain()
    {
        void Write() => _folder.Run(task => task.CoverageFile = CoverageFile, _folder.Content("libx.so", "native/none_86.so"));
        Write();
        var time = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        File.SetLastWriteTimeUtc(CoverageFile, time);
        Write();
        Assert.Equal(time, File.GetLastWriteTimeUtc(CoverageFile));
    }
}
