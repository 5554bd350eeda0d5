using CudaArch.DeviceCode;
using CudaArch.DeviceCode.Hosts;
using CudaArch.DeviceCode.Verification;

namespace CudaArch.Tool.Inputs;

/// <summary>A file to verify.</summary>
/// <param name="Input">The file and where it comes from.</param>
/// <param name="IsNamed">Whether the user named it; false when it was found in a folder.</param>
internal readonly record struct FoundFile(VerificationInput Input, bool IsNamed);

/// <summary>What was found in a file.</summary>
/// <param name="Result">The answer.</param>
/// <param name="IsNamed">Whether the user named it; false when it was found in a folder.</param>
internal readonly record struct FoundResult(FileVerification Result, bool IsNamed);

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

    /// <param name="runtimeIdentifiers">Files meant for other runtime identifiers are left out; empty takes all.</param>
    /// <param name="shard">The part of the files to take.</param>
    public FileWalker(IReadOnlyList<string> runtimeIdentifiers, Shard shard)
    {
        _shard = shard;
        _runtimeIdentifiers = runtimeIdentifiers;
    }

    /// <summary>
    /// The files behind paths: a file itself, the files of a folder and its subfolders by name, those that a project's restore chose. A path that leads nowhere is given back,
    /// for its reader to say so.
    /// </summary>
    /// <exception cref="UsageException">A <c>project.assets.json</c> cannot be read; thrown before the first file is given.</exception>
    public IEnumerable<FoundFile> Walk(IReadOnlyList<string> paths) =>
        Walk(paths, paths.Where(IsAssetsFile).Distinct(StringComparer.Ordinal).ToDictionary(path => path, AssetsFile.Read, StringComparer.Ordinal));

    private static bool IsAssetsFile(string path) => Path.GetFileName(path).Equals(AssetsFile.Name, StringComparison.OrdinalIgnoreCase) && !Directory.Exists(path);

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

            foreach (string file in Files(path).Where(file => _shard.Has(Path.GetRelativePath(path, file))))
            {
                VerificationInput input = Describe(file);
                if (IsWanted(input.RuntimeIdentifier))
                {
                    yield return new FoundFile(input, IsNamed: false);
                }
            }
        }
    }

    /// <summary>What is known of a file inside a package; null when it is meant for another runtime identifier.</summary>
    public VerificationInput? DescribeMember(VerificationInput member)
    {
        string? identifier = RuntimeIdentifier.FindInPath(member.Path) ?? member.RuntimeIdentifier;
        return IsWanted(identifier) ? member with { RuntimeIdentifier = identifier } : null;
    }

    private IEnumerable<FoundFile> Named(string path) => _shard.Has(path) ? [new FoundFile(Describe(path), IsNamed: true)] : [];

    // What a package is called does not depend on where the packages of a machine lie.
    private IEnumerable<FoundFile> Chosen(IReadOnlyList<VerificationInput> files) => files
        .Where(file => IsWanted(file.RuntimeIdentifier) && _shard.Has($"{file.PackageId}/{file.PackageVersion}/{Path.GetFileName(file.Path)}/{file.RuntimeIdentifier}"))
        .Select(file => new FoundFile(file, IsNamed: true));

    // A link to a folder is not followed: it may lead back up.
    private static IEnumerable<string> Files(string folder) =>
        new System.IO.Enumeration.FileSystemEnumerable<string>(folder, (ref System.IO.Enumeration.FileSystemEntry entry) => entry.ToSpecifiedFullPath(), Everything)
        {
            ShouldIncludePredicate = (ref System.IO.Enumeration.FileSystemEntry entry) => !entry.IsDirectory,
            ShouldRecursePredicate = (ref System.IO.Enumeration.FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) == 0,
        }.Order(StringComparer.Ordinal);

    private bool IsWanted(string? identifier) =>
        identifier is null || _runtimeIdentifiers.Count == 0 || _runtimeIdentifiers.Any(wanted => RuntimeIdentifier.Serves(identifier, wanted));

    private VerificationInput Describe(string path)
    {
        PackageIdentity? package = _packages.Find(path);
        return new VerificationInput(path)
        {
            PackageId = package?.Id,
            PackageVersion = package?.Version,
            RuntimeIdentifier = RuntimeIdentifier.FindInPath(path),
        };
    }
}
