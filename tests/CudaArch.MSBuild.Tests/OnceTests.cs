using Microsoft.Build.Framework;

namespace CudaArch.MSBuild.Tests;

/// <summary>A file is reported once: per list, per build of several target frameworks, and not again by a publish after the build.</summary>
public sealed class OnceTests : IDisposable
{
    private readonly TaskFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AFileThatSeveralItemsShip()
    {
        ITaskItem package = _folder.Package("Acme.Kernels", "2.1.0", "content/libx.so", "native/none_86.so");
        (_, string text) = _folder.Run(configure: null, TaskFolder.Item(package.ItemSpec, ("CudaArchItem", "Content")), package);

        Assert.Single(text.Split('\n'));
        Assert.Contains("(Acme.Kernels 2.1.0)", text);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TargetFrameworksThatAreBuiltOnSeveralNodes(bool gapsAreErrors)
    {
        ITaskItem file = _folder.Content("libx.so", "native/none_86.so");
        RecordingEngine first = new(), second = new();
        VerifyCudaTargets Task(RecordingEngine engine, string framework)
        {
            VerifyCudaTargets task = _folder.Task(engine, file);
            task.GapsAreErrors = gapsAreErrors;
            task.ClaimsFolder = Path.Combine(_folder.Root, "project", "obj", "CudaArch");
            task.StateFile = Path.Combine(_folder.Root, "project", "obj", framework, "state");
            return task;
        }

        Task(first, "net8.0").Execute();
        VerifyCudaTargets later = Task(second, "net10.0");
        Assert.True(later.Execute());
        Assert.Single(first.Lines);
        Assert.Empty(second.Lines);

        // A framework that left an error to another must speak when it is built alone.
        Assert.Equal(!gapsAreErrors, File.Exists(later.StateFile));
        first.EndBuild();
        second.EndBuild();
        var next = new RecordingEngine();
        Task(next, "net10.0").Execute();
        next.EndBuild();
        Assert.Single(next.Lines);
    }

    [Fact]
    public void APublishAfterTheBuild()
    {
        ITaskItem file = _folder.Content("libx.so", "native/none_86.so");
        _folder.Run(configure: null, file);
        string publish = Path.Combine(_folder.Root, "publish.state");

        void Publish(VerifyCudaTargets task)
        {
            task.EarlierStateFile = _folder.StateFile;
            task.StateFile = publish;
        }

        Assert.Equal("", _folder.Run(Publish, file).Text);

        // In another state of the file, or under other settings, what the build said does not count.
        File.SetLastWriteTimeUtc(file.ItemSpec, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.Contains("CUDA2001", _folder.Run(Publish, file).Text);
        _folder.Run(configure: null, file);
        Assert.Contains("error CUDA2001", _folder.Run(task =>
        {
            Publish(task);
            task.GapsAreErrors = true;
        }, file).Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("CudaArch verified files 1")]
    [InlineData("CudaArch verified files 0\nsm_121\n1 2\tx")]
    [InlineData("\0\0\0")]
    public void ADamagedStateFileIsIgnored(string content)
    {
        ITaskItem file = _folder.Content("libx.so", "native/none_86.so");
        string earlier = _folder.Write("earlier", System.Text.Encoding.UTF8.GetBytes(content));
        Assert.Contains("CUDA2001", _folder.Run(task => task.EarlierStateFile = earlier, file).Text);
    }
}
