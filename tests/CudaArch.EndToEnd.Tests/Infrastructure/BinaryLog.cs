using Microsoft.Build.Logging.StructuredLogger;

namespace CudaArch.EndToEnd.Tests.Infrastructure;

/// <summary>What a build did, from its binary log.</summary>
public sealed class BinaryLog
{
    private readonly Build _build;

    /// <summary>Reads a log.</summary>
    public BinaryLog(string path) => _build = Microsoft.Build.Logging.StructuredLogger.BinaryLog.ReadBuild(path);

    /// <summary>The tasks of this product that ran, by name, with the milliseconds that each took.</summary>
    public IReadOnlyList<(string Name, double Milliseconds)> Tasks =>
        [.. _build.FindChildrenRecursive<Microsoft.Build.Logging.StructuredLogger.Task>(task => task.Name is "FindNativeFiles" or "VerifyCudaTargets" or "CheckCudaConfiguration").Select(task => (task.Name, task.Duration.TotalMilliseconds))];

    /// <summary>The assemblies of this product from which those tasks came.</summary>
    public IEnumerable<string> TaskAssemblies =>
        _build.FindChildrenRecursive<Microsoft.Build.Logging.StructuredLogger.Task>(task => task.FromAssembly?.Contains("CudaArch", StringComparison.Ordinal) == true).Select(task => task.FromAssembly).Distinct();

    /// <summary>Whether a target was skipped because nothing had changed.</summary>
    public bool WasUpToDate(string target) => _build.FindChildrenRecursive<Target>(found => found.Name == target).Any(found => found.Skipped
        || found.FindChildrenRecursive<Message>(message => message.Text.Contains("all output files are up-to-date", StringComparison.Ordinal)).Any());
}
