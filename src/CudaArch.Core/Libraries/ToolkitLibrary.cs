using System.Globalization;
using System.Text.RegularExpressions;
using CudaArch.Architectures;
using CudaArch.Data;
using CudaArch.Ptx;

namespace CudaArch.Libraries;

/// <summary>A library or program of CUDA that programs bring along; a row of <c>toolkit-libraries.csv</c>.</summary>
public sealed class ToolkitLibrary
{
    // What the table says of versions is about these targets.
    private const int MeasuredMajor = 12;

    private readonly Regex _file;
    private readonly string _covers;

    internal ToolkitLibrary(IReadOnlyDictionary<string, string> row)
    {
        Product = row["product"];
        Kind = row["kind"] switch
        {
            "compiler" => ToolkitLibraryKind.Compiler,
            "code" => ToolkitLibraryKind.DeviceCode,
            "runtime" => ToolkitLibraryKind.Runtime,
            string other => throw new InvalidOperationException($"toolkit-libraries.csv: '{other}' is no kind of library."),
        };
        _file = new Regex(row["file"], RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        VersionSource = row["version"] switch
        {
            "" => ToolkitVersionSource.None,
            "name" => ToolkitVersionSource.Name,
            "text" => ToolkitVersionSource.Text,
            "runtime" => ToolkitVersionSource.RuntimeResource,
            "library" => ToolkitVersionSource.LibraryResource,
            string other => throw new InvalidOperationException($"toolkit-libraries.csv: '{other}' is no place of a version."),
        };
        _covers = row["covers"];
    }

    /// <summary>All rows.</summary>
    public static IReadOnlyList<ToolkitLibrary> All { get; } = [.. EmbeddedCsv.Read("toolkit-libraries.csv").Select(row => new ToolkitLibrary(row))];

    /// <summary>What NVIDIA calls it.</summary>
    public string Product { get; }

    /// <summary>What it has to do with device code.</summary>
    public ToolkitLibraryKind Kind { get; }

    /// <summary>Where its version stands.</summary>
    public ToolkitVersionSource VersionSource { get; }

    /// <summary>What stands before the version in the text that a program of the toolkit prints for <c>--version</c>.</summary>
    public static string VersionText => "Cuda compilation tools, release ";

    /// <summary>The library that a file is by its name; null when it is none of CUDA's.</summary>
    /// <param name="fileName">Without a folder.</param>
    public static ToolkitLibrary? Find(string fileName) => All.FirstOrDefault(library => library._file.IsMatch(fileName));

    /// <summary>The toolkit's version as far as a file's name tells it: a missing minor is open, a missing major too.</summary>
    public (int? Major, int? Minor) VersionOf(string fileName)
    {
        Match match = _file.Match(fileName);
        if (Number(match.Groups["digits"].Value) is { } digits)
        {
            return (digits / 10, digits % 10);
        }

        return (Number(match.Groups["major"].Value), Number(match.Groups["minor"].Value));
    }

    /// <summary>The toolkit's version by the last field of the file version of a Windows DLL; null when the field holds none.</summary>
    public (int Major, int Minor)? VersionOf(int lastField) => VersionSource switch
    {
        ToolkitVersionSource.RuntimeResource when lastField is >= 10_000 and < 100_000 => (lastField / 1000, lastField / 10 % 100),
        ToolkitVersionSource.LibraryResource when lastField is >= 1000 and < 10_000 => (lastField / 100, lastField / 10 % 10),
        _ => null,
    };

    /// <summary>The first version of a library with device code that has some for a target, in words: <c>cuBLAS of CUDA 12.8</c>, <c>NCCL 2.26.5</c>; null when that is not known.</summary>
    public string? FirstVersionFor(SmArchitecture target) =>
        Kind != ToolkitLibraryKind.DeviceCode || target.Major != MeasuredMajor ? null
        : _covers.StartsWith("CUDA ", StringComparison.Ordinal) ? $"{Product} of {_covers}"
        : $"{Product} {_covers}";

    /// <summary>The first release of the toolkit of which it has what a target needs; null when that is not known, or it does not count as the toolkit does. A missing minor is any.</summary>
    public (int Major, int? Minor)? FirstReleaseFor(SmArchitecture target)
    {
        if (Kind == ToolkitLibraryKind.Compiler)
        {
            return FirstToolkitFor(target);
        }

        string[] parts = target.Major == MeasuredMajor && _covers.StartsWith("CUDA ", StringComparison.Ordinal) ? _covers.Substring(5).Split('.') : [];
        return parts.Length > 0 && Number(parts[0]) is { } major ? (major, parts.Length > 1 ? Number(parts[1]) : null) : null;
    }

    /// <summary>The first release of the toolkit that makes code for a target, by the PTX version that it brought; null when that is older than the table of releases.</summary>
    public static (int Major, int Minor)? FirstToolkitFor(SmArchitecture target)
    {
        PtxVersion? ptx = ArchitectureCatalog.Find(target)?.FirstPtxVersionOf(target.Variant);
        if (ptx is not { } version || PtxVersions.Find(version) is not { } release)
        {
            return null;
        }

        string[] parts = release.CudaReleases.Split(' ')[0].Split('.');
        return parts.Length == 2 && Number(parts[0]) is { } major && Number(parts[1]) is { } minor ? (major, minor) : null;
    }

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}

/// <summary>What a library of CUDA has to do with device code.</summary>
public enum ToolkitLibraryKind
{
    /// <summary>It makes code for an architecture, and so must know it.</summary>
    Compiler,

    /// <summary>It holds device code.</summary>
    DeviceCode,

    /// <summary>It hands images to the driver.</summary>
    Runtime,
}

/// <summary>Where the version of a library of CUDA stands.</summary>
public enum ToolkitVersionSource
{
    /// <summary>Nowhere that is known.</summary>
    None,

    /// <summary>In the file's name.</summary>
    Name,

    /// <summary>In its content, after <see cref="ToolkitLibrary.VersionText"/>.</summary>
    Text,

    /// <summary>In the name, and in the last field of the file version of a DLL, as the runtime counts: 12080 is 12.8.</summary>
    RuntimeResource,

    /// <summary>In the name, and in the last field of the file version of a DLL, as libraries count: 1284 is 12.8.4.</summary>
    LibraryResource,
}
