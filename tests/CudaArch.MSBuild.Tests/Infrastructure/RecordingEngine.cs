using System.Collections;
using Microsoft.Build.Framework;

namespace CudaArch.MSBuild.Tests.Infrastructure;

/// <summary>A build that writes down what a task says.</summary>
internal sealed class RecordingEngine : IBuildEngine4
{
    private readonly Dictionary<object, object> _registered;

    public RecordingEngine(RecordingEngine? sameNode = null) => _registered = sameNode?._registered ?? [];

    /// <summary>Warnings and errors, one a line, without the project.</summary>
    public string Text => string.Join('\n', Lines);

    public List<string> Lines { get; } = [];

    public List<string> Messages { get; } = [];

    public bool ContinueOnError => false;

    public int LineNumberOfTaskNode => 0;

    public int ColumnNumberOfTaskNode => 0;

    public string ProjectFileOfTaskNode => "CudaArch.targets";

    public bool IsRunningMultipleNodes => false;

    public void LogErrorEvent(BuildErrorEventArgs e) => Lines.Add($"{Path.GetFileName(e.File)} : error {e.Code}: {e.Message}");

    public void LogWarningEvent(BuildWarningEventArgs e) => Lines.Add($"{Path.GetFileName(e.File)} : warning {e.Code}: {e.Message}");

    public void LogMessageEvent(BuildMessageEventArgs e) => Messages.Add(e.Message ?? "");

    public void LogCustomEvent(CustomBuildEventArgs e) => Messages.Add(e.Message ?? "");

    public object? GetRegisteredTaskObject(object key, RegisteredTaskObjectLifetime lifetime) => _registered.GetValueOrDefault(key);

    public void RegisterTaskObject(object key, object obj, RegisteredTaskObjectLifetime lifetime, bool allowEarlyCollection) => _registered.Add(key, obj);

    public object? UnregisterTaskObject(object key, RegisteredTaskObjectLifetime lifetime) => _registered.Remove(key, out object? value) ? value : null;

    /// <summary>Ends the build, as MSBuild does: what is registered for its lifetime is disposed.</summary>
    public void EndBuild()
    {
        foreach (IDisposable registered in _registered.Values.OfType<IDisposable>())
        {
            registered.Dispose();
        }

        _registered.Clear();
    }

    public bool BuildProjectFile(string projectFileName, string[] targetNames, IDictionary globalProperties, IDictionary targetOutputs) => throw Unused();

    public bool BuildProjectFile(string projectFileName, string[] targetNames, IDictionary globalProperties, IDictionary targetOutputs, string toolsVersion) => throw Unused();

    public bool BuildProjectFilesInParallel(
        string[] projectFileNames, string[] targetNames, IDictionary[] globalProperties, IDictionary[] targetOutputsPerProject, string[] toolsVersion, bool useResultsCache, bool unloadProjectsOnCompletion) => throw Unused();

    public BuildEngineResult BuildProjectFilesInParallel(
        string[] projectFileNames, string[] targetNames, IDictionary[] globalProperties, IList<string>[] removeGlobalProperties, string[] toolsVersion, bool returnTargetOutputs) => throw Unused();

    public void Yield()
    {
    }

    public void Reacquire()
    {
    }

    private static InvalidOperationException Unused() => new("The task builds no projects.");
}
