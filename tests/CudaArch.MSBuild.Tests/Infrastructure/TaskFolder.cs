using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace CudaArch.MSBuild.Tests.Infrastructure;

/// <summary>A project folder for one test, and the task as the build files call it.</summary>
internal sealed class TaskFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("cudaarch-task-").FullName;

    public string Packages => Path.Combine(Root, "packages");

    public string StateFile => Path.Combine(Root, "project", "obj", "CudaArch.Build.verified");

    /// <summary>A file of the project, a copy of a fixture.</summary>
    public ITaskItem Content(string path, string fixture) => Content(path, File.ReadAllBytes(Fixtures.PathOf(fixture)));

    public ITaskItem Content(string path, byte[] bytes) => Item(Write(Path.Combine("project", path), bytes), ("CudaArchItem", "Content"));

    /// <summary>A file of a package, as NuGet's items describe it.</summary>
    public ITaskItem Package(string id, string version, string path, string fixture)
    {
        string file = Write(Path.Combine("packages", id.ToLowerInvariant(), version, path), File.ReadAllBytes(Fixtures.PathOf(fixture)));
        return Item(file, ("NuGetPackageId", id), ("NuGetPackageVersion", version), ("PathInPackage", path));
    }

    public static ITaskItem Item(string path, params (string Name, string Value)[] metadata)
    {
        var item = new TaskItem(path);
        foreach ((string name, string value) in metadata)
        {
            item.SetMetadata(name, value);
        }

        return item;
    }

    public string Write(string path, byte[] bytes)
    {
        string full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllBytes(full, bytes);
        return full;
    }

    public VerifyCudaTargets Task(RecordingEngine engine, params ITaskItem[] files) => new()
    {
        BuildEngine = engine,
        Files = files,
        Targets = "sm_121",
        RuntimeIdentifiers = "linux-arm64;linux-x64;win-x64",
        ProjectFile = Path.Combine(Root, "project", "App.csproj"),
        PackageFolders = Packages,
        StateFile = StateFile,
    };

    /// <summary>Runs the task and gives back what it said.</summary>
    public (bool Succeeded, string Text) Run(Action<VerifyCudaTargets>? configure, params ITaskItem[] files)
    {
        var engine = new RecordingEngine();
        VerifyCudaTargets task = Task(engine, files);
        configure?.Invoke(task);
        bool succeeded = task.Execute();
        engine.EndBuild();
        return (succeeded, engine.Text.Replace(Root, "ROOT"));
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
