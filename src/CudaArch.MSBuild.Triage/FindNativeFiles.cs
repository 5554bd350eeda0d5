using Microsoft.Build.Framework;

namespace CudaArch.MSBuild.Triage;

/// <summary>
/// Picks the native files out of all that a build ships, by their first bytes. Most builds ship none: they are done here, and what reads device code is not even loaded. So
/// this task uses nothing that would have to be loaded or compiled first: no regular expressions, no queries, no library.
/// </summary>
[MSBuildMultiThreadableTask]
public sealed class FindNativeFiles : ITask
{
    /// <summary>The files that the build ships, with their metadata.</summary>
    public ITaskItem[] Files { get; set; } = [];

    /// <summary>NuGet's list of restored packages, <c>obj/project.nuget.cache</c>. Without it <see cref="HasNativePackages"/> is false.</summary>
    public string? PackageList { get; set; }

    /// <summary>Those of <see cref="Files"/> that are to be verified.</summary>
    [Output]
    public ITaskItem[] NativeFiles { get; private set; } = [];

    /// <summary>Whether a restored package may hold native files, shipped or not.</summary>
    [Output]
    public bool HasNativePackages { get; private set; }

    /// <inheritdoc/>
    public IBuildEngine BuildEngine { get; set; } = null!;

    /// <inheritdoc/>
    public ITaskHost HostObject { get; set; } = null!;

    /// <inheritdoc/>
    public bool Execute()
    {
        var found = new List<ITaskItem>();
        byte[] head = new byte[FileContents.HeadSize];
        foreach (ITaskItem file in Files)
        {
            string path = file.GetMetadata("FullPath");
            if (path.Length > 0 && !NativeFileName.IsPiece(path) && RecentAnswers.IsWorthVerifying(path, file.GetMetadata("CudaArchItem") == "CudaArchNativeFile", head))
            {
                found.Add(file);
            }
        }

        NativeFiles = found.ToArray();
        HasNativePackages = found.Count > 0 || RestoredPackages.HaveNativeFolders(PackageList);
        return true;
    }
}
