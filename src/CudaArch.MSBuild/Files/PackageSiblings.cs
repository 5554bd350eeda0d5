using System.Text.RegularExpressions;
using CudaArch.DeviceCode.Hosts;
using CudaArch.MSBuild.Triage;

namespace CudaArch.MSBuild.Files;

/// <summary>
/// Native files of the restored packages that bring nothing for the project's hosts, and so are not shipped: they tell whether CUDA code is missing there. The packages
/// are those of the list that NuGet leaves beside its lock file.
/// </summary>
/// <param name="packages">Where packages lie.</param>
/// <param name="filter">The hosts that the project is built for.</param>
internal sealed class PackageSiblings(PackageFolders packages, RuntimeIdentifierFilter filter)
{
    // Enough to know what a package is about.
    private const int MostFiles = 64;
    private const int Deepest = 3;

    private static readonly Regex Expected = new("\"((?:[^\"\\\\]|\\\\.)+)\\.nupkg\\.sha512\"", RegexOptions.CultureInvariant);

    /// <summary>Collects files.</summary>
    /// <param name="nuGetCacheFile"><c>obj/project.nuget.cache</c>.</param>
    /// <param name="shipped">The files that are shipped; their packages are known already.</param>
    public IReadOnlyList<NativeFile> Collect(string? nuGetCacheFile, IReadOnlyList<NativeFile> shipped)
    {
        var known = new HashSet<string>(shipped.Where(file => file.PackageId is not null).Select(file => $"{file.PackageId}/{file.PackageVersion}"), StringComparer.OrdinalIgnoreCase);
        var files = new List<NativeFile>();
        foreach (string folder in PackagesOf(nuGetCacheFile))
        {
            try
            {
                if (packages.Find(Path.Combine(folder, "x")) is { } place && !known.Contains($"{place.Id}/{place.Version}"))
                {
                    files.AddRange(FilesFor(folder, place));
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // A package that cannot be looked into brings nothing.
            }
        }

        return files;
    }

    private static IEnumerable<string> PackagesOf(string? nuGetCacheFile)
    {
        try
        {
            string text = string.IsNullOrEmpty(nuGetCacheFile) || !File.Exists(nuGetCacheFile) ? "" : File.ReadAllText(nuGetCacheFile!);
            return [.. Expected.Matches(text).Cast<Match>().Select(match => Path.GetDirectoryName(Regex.Unescape(match.Groups[1].Value))!).Where(Directory.Exists).Distinct(Paths.Comparer)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return [];
        }
    }

    private IEnumerable<NativeFile> FilesFor(string folder, PackagePlace package)
    {
        string[] hosts = [.. HostFolders(folder, 0)];
        if (hosts.Any(host => filter.Includes(Path.GetFileName(host))))
        {
            return [];
        }

        return hosts
            .Where(host => RuntimeIdentifier.TryParse(Path.GetFileName(host), out RuntimeIdentifier identifier) && identifier is { System: "linux" or "win", Machine: "x64" or "arm64" })
            .SelectMany(host => Directory.EnumerateFiles(host, "*", SearchOption.AllDirectories).Where(NativeFileName.IsLibrary).OrderBy(file => file, StringComparer.Ordinal)
                .Select(file => new NativeFile
                {
                    Path = file,
                    DisplayName = file.Substring(folder.Length + 1).Replace('\\', '/'),
                    PackageId = package.Id,
                    PackageVersion = package.Version,
                    RuntimeIdentifier = Path.GetFileName(host),
                }))
            .Take(MostFiles);
    }

    // runtimes/linux-x64, LLamaSharpRuntimes/linux-x64, runtimes/cuda/linux-x64
    private static IEnumerable<string> HostFolders(string folder, int depth)
    {
        foreach (string child in Directory.EnumerateDirectories(folder))
        {
            if (RuntimeIdentifier.TryParse(Path.GetFileName(child), out _))
            {
                yield return child;
            }
            else if (depth + 1 < Deepest && (depth > 0 || Path.GetFileName(child).IndexOf("runtime", StringComparison.OrdinalIgnoreCase) >= 0))
            {
                foreach (string host in HostFolders(child, depth + 1))
                {
                    yield return host;
                }
            }
        }
    }
}
