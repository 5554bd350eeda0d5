using CudaArch.DeviceCode.Hosts;
using CudaArch.MSBuild.Triage;
using Microsoft.Build.Framework;

namespace CudaArch.MSBuild.Files;

/// <summary>Turns items of the build into files to verify: each once, with the best account of its origin.</summary>
/// <param name="packages">Where packages lie.</param>
/// <param name="filter">Which hosts count.</param>
/// <param name="projectFolder">The folder of the project.</param>
internal sealed class NativeFileList(PackageFolders packages, RuntimeIdentifierFilter filter, string projectFolder)
{
    // Set by CudaArch.targets.
    private const string ItemMetadata = "CudaArchItem";
    private const string PackageIdMetadata = "NuGetPackageId";
    private const string AskedFor = "CudaArchNativeFile";

    /// <summary>Collects files. Of several items for one file, NuGet's own, which name the package, say most of its origin.</summary>
    public IReadOnlyList<NativeFile> Collect(IEnumerable<ITaskItem> items)
    {
        var byPath = new Dictionary<string, int>(Paths.Comparer);
        var files = new List<NativeFile>();
        foreach (ITaskItem item in items.OrderBy(item => item.GetMetadata(PackageIdMetadata).Length == 0))
        {
            string path = item.GetMetadata("FullPath");
            if (path.Length == 0 || NativeFileName.IsPiece(path))
            {
                continue;
            }

            NativeFile file = Describe(item, path);
            if (!file.IsAskedFor && !filter.Includes(file.RuntimeIdentifier))
            {
                continue;
            }

            if (!byPath.TryGetValue(path, out int known))
            {
                byPath.Add(path, files.Count);
                files.Add(file);
            }
            else if (file.IsAskedFor)
            {
                files[known] = files[known] with { IsAskedFor = true };
            }
        }

        return files;
    }

    private NativeFile Describe(ITaskItem item, string path)
    {
        PackagePlace? place = packages.Find(path);
        string id = item.GetMetadata(PackageIdMetadata);
        string itemType = item.GetMetadata(ItemMetadata);
        string target = FirstOf(item.GetMetadata("TargetPath"), item.GetMetadata("RelativePath"), item.GetMetadata("Link"));
        string inPackage = FirstOf(item.GetMetadata("PathInPackage"), place?.Path);
        return new NativeFile
        {
            Path = path,
            DisplayName = inPackage.Length > 0 ? inPackage : InProject(path) ?? (target.Length > 0 ? target.Replace('\\', '/') : path),
            PackageId = NullIfEmpty(FirstOf(id, place?.Id)),
            PackageVersion = NullIfEmpty(FirstOf(item.GetMetadata("NuGetPackageVersion"), place?.Version)),
            RuntimeIdentifier = NullIfEmpty(item.GetMetadata("RuntimeIdentifier"))
                ?? RuntimeIdentifier.FindInPath(inPackage) ?? RuntimeIdentifier.FindInPath(target) ?? RuntimeIdentifier.FindInPath(InProject(path) ?? ""),
            Item = NullIfEmpty(itemType),
            IsAskedFor = itemType == AskedFor,
        };
    }

    // A file outside the project is known by the name under which it is shipped.
    private string? InProject(string path)
    {
        string root = projectFolder.TrimEnd('/', '\\') + Path.DirectorySeparatorChar;
        return path.StartsWith(root, Paths.Comparison) ? path.Substring(root.Length).Replace('\\', '/') : null;
    }

    private static string FirstOf(params string?[] values) => values.FirstOrDefault(value => !string.IsNullOrEmpty(value)) ?? "";

    private static string? NullIfEmpty(string value) => value.Length == 0 ? null : value;
}
