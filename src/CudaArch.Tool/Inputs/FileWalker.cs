using CudaArch.DeviceCode.Hosts;
using CudaArch.DeviceCode.Verification;

namespace CudaArch.Tool.Inputs;

/// <summary>A file to verify.</summary>
/// <param name="Input">The file and where it comes from.</param>
/// <param name="IsNamed">Whether the user named it; false when it was found in a folder.</param>
/// <param name="IsWanted">Whether it is asked about; false when it is meant for another runtime identifier and only tells what its package has.</param>
internal readonly record struct FoundFile(VerificationInput Input, bool IsNamed, bool IsWanted);

/// <summary>What was found in a file.</summary>
/// <param name="Result">The answer.</param>
/// <param name="IsNamed">Whether the user named it; false when it was found in a folder.</param>
/// <param name="IsWanted">Whether it is asked about.</param>
internal readonly record struct FoundResult(FileVerification Result, bool IsNamed, bool IsWanted);

/// <summary>Turns the paths of a command line into files.</summary>
internal sealed class FileWalker
{
    private static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = true,
        IgnoreInaccessible = true,
        AttributesToSkip = FileAttributes.None,
        ReturnSpecialDirectories = false,
    };

    private readonly IReadOnlyList<string> _runtimeIdentifiers;
    private readonly Shard _shard;
    private readonly PackageLocator _packages = new();
    private readonly List<VerificationInput> _elsewhere = [];

    /// <param name="runtimeIdentifiers">Files meant for other runtime identifiers are left out; empty takes all.</param>
    /// <param name="shard">The part of the files to take.</param>
    public FileWalker(IReadOnlyList<string> runtimeIdentifiers, Shard shard)
    {
        _shard = shard;
        _runtimeIdentifiers = runtimeIdentifiers;
    }

    /// <summary>The files that belong to other parts of the work. Complete when all files of a walk were taken.</summary>
    public IReadOnlyList<VerificationInput> Elsewhere => _elsewhere;

    /// <summary>
    /// The files behind paths: a file itself, the files of a folder and its subfolders by name, those that a project's restore chose. A path that leads nowhere is given back,
    /// for its reader to say so. Of unpacked packages also the files for other runtime identifiers than those wanted.
    /// </summary>
    /// <exception cref="UsageException">A <c>project.assets.json</c> cannot be read; thrown before the first file is given.</exception>
    public IEnumerable<FoundFile> Walk(IReadOnlyList<string> paths) =>
        Walk(paths, paths.Where(IsAssetsFile).Distinct(StringComparer.Ordinal).ToDictionary(path => path, AssetsFile.Read, StringComparer.Ordinal));

    /// <summary>Whether a path is a project's <c>project.assets.json</c>, by its name.</summary>
    public static bool IsAssetsFile(string path) => Path.GetFileName(path).Equals(AssetsFile.Name, StringComparison.OrdinalIgnoreCase) && !Directory.Exists(path);

    private IEnumerable<FoundFile> Walk(IReadOnlyList<string> paths, Dictionary<string, IReadOnlyList<VerificationInput>> assets)
    {
        foreach (string path in paths)
        {
            if (!Directory.Exists(path))
            {
                foreach (FoundFile file in assets.TryGetValue(path, out IReadOnlyList<VerificationInput>? chosen) ? Chosen(chosen) : Named(path))
                {
                    yield return file;
                }

                continue;
            }

            string folder = Path.GetFullPath(path);
            foreach (string file in Files(path))
            {
                VerificationInput input = Describe(file, folder);
                bool isWanted = IsWanted(input);
                if ((isWanted || input.PackageId is not null) && !IsKeptBesideItsFiles(file) && IsMine(input, Path.GetRelativePath(path, file)))
                {
                    yield return new FoundFile(input, IsNamed: false, isWanted);
                }
            }
        }
    }

    /// <summary>Whether a file serves a wanted runtime identifier, or is tied to none.</summary>
    public bool IsWanted(VerificationInput file) => IsWanted(file.RuntimeIdentifier);

    /// <summary>What is known of a file inside a package.</summary>
    public static VerificationInput DescribeMember(VerificationInput member) =>
        member with { RuntimeIdentifier = RuntimeIdentifier.FindInPath(member.Path) ?? member.RuntimeIdentifier };

    // NuGet keeps the package itself beside its unpacked files, which are looked at.
    private bool IsKeptBesideItsFiles(string file) =>
        file.EndsWith(".nupkg", StringComparison.OrdinalIgnoreCase) && _packages.Find(file) is { } package && package.Folder == Path.GetDirectoryName(Path.GetFullPath(file));

    // A package is one part of the work: what is said of it as a whole needs all of it.
    private bool IsMine(VerificationInput input, string name)
    {
        bool isMine = _shard.Has(input.PackageId is null || input.PackageIsPartial ? name : $"{input.PackageId}/{input.PackageVersion}");
        if (!isMine)
        {
            _elsewhere.Add(input);
        }

        return isMine;
    }

    private IEnumerable<FoundFile> Named(string path)
    {
        VerificationInput input = Describe(path, folder: null);
        return IsMine(input, path) ? [new FoundFile(input, IsNamed: true, IsWanted: true)] : [];
    }

    // What a package is called does not depend on where the packages of a machine lie.
    private IEnumerable<FoundFile> Chosen(IReadOnlyList<VerificationInput> files) =>
        files.Where(file => IsMine(file, "")).Select(file => new FoundFile(file, IsNamed: true, IsWanted(file)));

    // Pipes, sockets and devices have no bytes of their own; to open one can take for ever. A link that leads nowhere is for its reader to tell.
    private static bool HasBytes(ref System.IO.Enumeration.FileSystemEntry entry)
    {
        if ((entry.Attributes & FileAttributes.ReparsePoint) == 0)
        {
            return entry.Length > 0;
        }

        try
        {
            return File.ResolveLinkTarget(entry.ToFullPath(), returnFinalTarget: true) is not { Exists: true } target || target is FileInfo { Length: > 0 };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    // A link to a folder is not followed: it may lead back up.
    private static IEnumerable<string> Files(string folder) =>
        new System.IO.Enumeration.FileSystemEnumerable<string>(folder, (ref System.IO.Enumeration.FileSystemEntry entry) => entry.ToSpecifiedFullPath(), Everything)
        {
            ShouldIncludePredicate = (ref System.IO.Enumeration.FileSystemEntry entry) => !entry.IsDirectory && HasBytes(ref entry),
            ShouldRecursePredicate = (ref System.IO.Enumeration.FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) == 0,
        }.Order(StringComparer.Ordinal);

    private bool IsWanted(string? identifier) =>
        identifier is null || _runtimeIdentifiers.Count == 0 || _runtimeIdentifiers.Any(wanted => RuntimeIdentifier.Serves(identifier, wanted));

    // folder: the folder that was named, or nothing when the file was.
    private VerificationInput Describe(string path, string? folder)
    {
        LocatedPackage? package = _packages.Find(path);
        return new VerificationInput(path)
        {
            PackageId = package?.Identity.Id,
            PackageVersion = package?.Identity.Version,
            PackageIsPartial = package is not null && (folder is null || Path.GetRelativePath(folder, package.Folder).Split('/', '\\')[0] == ".."),
            RuntimeIdentifier = RuntimeIdentifier.FindInPath(path),
        };
    }
}
