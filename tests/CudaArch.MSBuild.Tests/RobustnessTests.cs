using CsCheck;

namespace CudaArch.MSBuild.Tests;

/// <summary>Nothing throws out of the task.</summary>
public sealed class RobustnessTests : IDisposable
{
    private readonly TaskFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AStateFileThatCannotBeWritten()
    {
        string blocked = _folder.Write("blocked", []);
        (bool succeeded, string text) = _folder.Run(task => task.StateFile = Path.Combine(blocked, "state"), _folder.Content("libx.so", "native/native_121.so"));
        Assert.Equal("", text);
        Assert.True(succeeded);
    }

    [Fact]
    public void FilesBesideTheVerdictThatCannotBeWritten()
    {
        string blocked = _folder.Write("blocked", []);
        (bool succeeded, string text) = _folder.Run(
            task =>
            {
                task.CoverageFile = Path.Combine(blocked, "CudaArch.Coverage.txt");
                task.UseCache = true;
                task.CacheDirectory = Path.Combine(blocked, "cache");
                task.ClaimsFolder = Path.Combine(blocked, "claims");
            },
            _folder.Content("libx.so", "native/none_86.so"));
        Assert.StartsWith("App.csproj : warning CUDA2001: 'libx.so'", text);
        Assert.True(succeeded);
    }

    [Fact]
    public void WhatIsWrittenIsThereAsAWhole()
    {
        string report = Path.Combine(_folder.Root, "out", "report.md");
        for (int i = 0; i < 2; i++)
        {
            _folder.Run(task => task.Reports = [report], _folder.Content($"libx{i}.so", "native/none_86.so"));
            Assert.Contains($"libx{i}.so", File.ReadAllText(report));
            Assert.Equal([report], Directory.GetFiles(Path.GetDirectoryName(report)!));
        }

        // A folder in its place: nothing is left of the attempt.
        File.Delete(report);
        Directory.CreateDirectory(report);
        Assert.Contains("cannot be written", _folder.Run(task => task.Reports = [report], _folder.Content("libx.so", "native/none_86.so")).Text);
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(report)!));
    }

    [Fact]
    public void AFileThatAnotherProgramHolds()
    {
        Microsoft.Build.Framework.ITaskItem item = _folder.Content("libheld.so", "native/none_86.so");
        using (new FileStream(item.GetMetadata("FullPath"), FileMode.Open, FileAccess.ReadWrite, FileShare.None))
        {
            (bool succeeded, string text) = _folder.Run(configure: null, item);
            Assert.True(succeeded);
            Assert.StartsWith("App.csproj : warning CUDA2004: 'libheld.so' (Content item) cannot be read: another program holds it.", text);
        }

        Assert.Contains("CUDA2001", _folder.Run(configure: null, item).Text);
    }

    [Fact]
    public void AFileThatVanishesWhileTheBuildRuns()
    {
        Microsoft.Build.Framework.ITaskItem item = _folder.Content("libgone.so", "native/none_86.so");
        File.Delete(item.GetMetadata("FullPath"));
        (bool succeeded, string text) = _folder.Run(configure: null, item);
        Assert.True(succeeded);
        Assert.StartsWith("App.csproj : warning CUDA2004: 'libgone.so' (Content item) cannot be read: there is no such file.", text);
    }

    [Fact]
    public void AFileThatMayNotBeRead()
    {
        var input = new DeviceCode.Verification.VerificationInput("libsecret.so") { OpenStream = () => throw new UnauthorizedAccessException("Access to the path is denied.") };
        DeviceCode.Verification.FileVerification file = DeviceCode.Verification.Verifier.Verify(input, [new(12, 1)]);
        Assert.Equal("'libsecret.so' cannot be read: access to it is denied. Its device code was not checked. Build or copy it again, or suppress CUDA2004.", Assert.Single(file.Findings).Message);
    }

    [Fact]
    public void DamageAnywhereInALibrary()
    {
        byte[] library = File.ReadAllBytes(Fixtures.PathOf("native/partial.so"));
        Gen.Select(Gen.Int[0, library.Length - 1], Gen.Byte, Gen.Int[1, library.Length]).Sample(
            (at, value, length) =>
            {
                byte[] damaged = [.. library.Take(length)];
                damaged[at % length] = value;
                var engine = new RecordingEngine();
                Assert.True(_folder.Task(engine, _folder.Content("libx.so", damaged)).Execute(), engine.Text);
                Assert.All(engine.Lines, line => Assert.Matches("^App.csproj : warning CUDA200[1-4]: ", line));
            },
            iter: 200, threads: 1);
    }
}
