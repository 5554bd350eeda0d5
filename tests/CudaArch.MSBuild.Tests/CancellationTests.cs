using System.Collections;
using Microsoft.Build.Framework;

namespace CudaArch.MSBuild.Tests;

/// <summary>A build that is cancelled while files are verified.</summary>
public sealed class CancellationTests : IDisposable
{
    private readonly TaskFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void EndsAtOnceAndLeavesNothingHalfDone(int at)
    {
        string report = Path.Combine(_folder.Root, "out", "report.html"), coverage = Path.Combine(_folder.Root, "out", "CudaArch.Coverage.txt");
        ITaskItem[] files = [.. Enumerable.Range(0, 20).Select(i => _folder.Content($"lib{i}.so", "native/none_86.so"))];
        var engine = new RecordingEngine();
        VerifyCudaTargets task = _folder.Task(engine, files);
        task.Reports = [report];
        task.CoverageFile = coverage;

        // Opened while it is verified: then the build is cancelled.
        var opened = new CancellingItem(files[at], () => task.Cancel());
        task.Files[at] = opened;
        Assert.False(task.Execute());
        Assert.True(opened.WasAsked);
        Assert.Equal("", engine.Text);
        Assert.False(File.Exists(report));
        Assert.False(File.Exists(coverage));
        Assert.False(File.Exists(_folder.StateFile));

        // The next build does all of it.
        Assert.Equal(20, _folder.Run(configure: null, files).Text.Split('\n').Length);
    }

    [Fact]
    public async Task ALargeLibraryIsLeftInTheMiddle()
    {
        // Thousands of modules in one file.
        byte[] library = File.ReadAllBytes(Fixtures.PathOf("native/vector.fatbin"));
        string large = _folder.Write("project/large.fatbin", [.. Enumerable.Repeat(library, 4000).SelectMany(bytes => bytes)]);
        var engine = new RecordingEngine();
        VerifyCudaTargets task = _folder.Task(engine, TaskFolder.Item(large, ("CudaArchItem", "Content")));
        task.Targets = "sm_50;sm_60;sm_70;sm_75;sm_80;sm_86;sm_90;sm_100;sm_120;sm_121";
        Task<bool> running = Task.Run(task.Execute);
        await Task.Delay(50);
        task.Cancel();
        Assert.False(await running.WaitAsync(TimeSpan.FromSeconds(60)));
        Assert.Equal("", engine.Text);
        Assert.False(File.Exists(_folder.StateFile));
    }

    // An item that does something when its place is asked for.
    private sealed class CancellingItem(ITaskItem item, Action asked) : ITaskItem
    {
        public bool WasAsked { get; private set; }

        public string ItemSpec { get => item.ItemSpec; set => item.ItemSpec = value; }

        public ICollection MetadataNames => item.MetadataNames;

        public int MetadataCount => item.MetadataCount;

        public string GetMetadata(string metadataName)
        {
            if (metadataName == "FullPath")
            {
                WasAsked = true;
                asked();
            }

            return item.GetMetadata(metadataName);
        }

        public void SetMetadata(string metadataName, string metadataValue) => item.SetMetadata(metadataName, metadataValue);

        public void RemoveMetadata(string metadataName) => item.RemoveMetadata(metadataName);

        public void CopyMetadataTo(ITaskItem destinationItem) => item.CopyMetadataTo(destinationItem);

        public IDictionary CloneCustomMetadata() => item.CloneCustomMetadata();
    }
}
