using System.Globalization;
using System.Text.RegularExpressions;
using CudaArch.Architectures;
using CudaArch.Data;
using CudaArch.Ptx;

namespace CudaArch.Libraries;

/// <summary>A library or program of the CUDA toolkit that must know the architecture it makes code for; a row of <c>toolkit-libraries.csv</c>.</summary>
public sealed class ToolkitLibrary
{
    private readonly Regex _file;

    internal ToolkitLibrary(IReadOnlyDictionary<string, string> row)
    {
        Product = row["product"];
        _file = new Regex(row["file"], RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        VersionIsInText = row["version"] == "text";
    }

    /// <summary>All rows.</summary>
    public static IReadOnlyList<ToolkitLibrary> All { get; } = [.. EmbeddedCsv.Read("toolkit-libraries.csv").Select(row => new ToolkitLibrary(row))];

    /// <summary>What NVIDIA calls it.</summary>
    public string Product { get; }

    /// <summary>Whether the version stands in the file's content, after <see cref="VersionText"/>, and not in its name.</summary>
    public bool VersionIsInText { get; }

    /// <summary>What stands before the version in the text that a program of the toolkit prints for <c>--version</c>.</summary>
    public static string VersionText => "Cuda compilation tools, release ";

    /// <summary>The library that a file is by its name; null when it is none of the toolkit's.</summary>
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
