namespace CudaArch.MSBuild.Tests;

/// <summary>What an earlier build found is used again, in the words of the project that asks; and a driver that users have decides what is compiled for them.</summary>
public sealed class CacheTests : IDisposable
{
    private readonly TaskFolder _folder = new();

    private string Cache => Path.Combine(_folder.Root, "cache");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ASecondBuildFindsWhatTheFirstHasKept()
    {
        // The process itself remembers a file by what it is called.
        Assert.Equal("", Known("first.so", used: true));
        Assert.Equal("1 of them were known", Known("second.so", used: true));
        Assert.Equal("", Known("third.so", used: false));

        string Known(string name, bool used)
        {
            var engine = new RecordingEngine();
            string path = _folder.Write("project/libgaps.so", File.ReadAllBytes(Fixtures.PathOf("native/none_86.so")));
            File.SetLastWriteTimeUtc(path, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
            File.SetCreationTimeUtc(path, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
            VerifyCudaTargets task = _folder.Task(engine, TaskFolder.Item(path, ("CudaArchItem", "Content"), ("PathInPackage", name)));
            task.UseCache = used;
            task.CacheDirectory = Cache;
            Assert.True(task.Execute());
            engine.EndBuild();
            Assert.Contains($"warning CUDA2001: '{name}' (Content item) cannot run on sm_121", engine.Text);
            return engine.Messages.Where(message => message.Contains("were known from '" + Cache)).Select(message => message[..message.IndexOf(" from", StringComparison.Ordinal)]).SingleOrDefault("");
        }
    }

    [Fact]
    public void AFolderThatIsNoneIsNoHindrance()
    {
        (bool succeeded, string text) = _folder.Run(
            task =>
            {
                task.UseCache = true;
                task.CacheDirectory = "relative\0";
            },
            _folder.Content("libgaps.so", "native/none_86.so"));
        Assert.True(succeeded);
        Assert.Contains("warning CUDA2001", text);
    }

    [Fact]
    public void TextThatIsNewerThanTheDriverIsNotCompiled()
    {
        (bool succeeded, string text) = _folder.Run(task => task.Driver = "13.0", _folder.Content("libjit.so", "native/jit_80.so"));
        Assert.True(succeeded);
        Assert.Contains("warning CUDA2007: The driver does not compile the compute_80 PTX of 'libjit.so' (Content item) for sm_121: line ", text);
        Assert.Contains("driver", text[text.IndexOf("line ", StringComparison.Ordinal)..]);
        Assert.DoesNotContain("CUDA2007", _folder.Run(task => task.Driver = "13.5", _folder.Content("libjit.so", "native/jit_80.so")).Text);
    }

    [Theory]
    [InlineData("newest")]
    [InlineData("1")]
    public void ADriverThatIsNoneIsAnError(string driver)
    {
        (bool succeeded, string text) = _folder.Run(task => task.Driver = driver, _folder.Content("libjit.so", "native/jit_80.so"));
        Assert.False(succeeded);
        Assert.Equal(
            $"App.csproj : error CUDA2009: CudaArchDriver: '{driver}' is no driver that is known. Write its version, such as 580 or 580.95.05, or the CUDA version that nvidia-smi shows for it, such as 13.0.", text);
    }
}
