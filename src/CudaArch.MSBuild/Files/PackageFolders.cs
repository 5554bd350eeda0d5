using System.Xml;

namespace CudaArch.MSBuild.Files;

/// <summary>
/// Tells which package a path belongs to. Items that a package's own build files add (LLamaSharp, whisper.net) carry no metadata that says so; their place in
/// a packages folder does: <c>ROOT/id/version/…</c>.
/// </summary>
internal sealed class PackageFolders
{
    private static readonly char[] PathSeparators = ['/', '\\'];
    private readonly string[] _roots;
    private readonly Dictionary<string, string> _ids = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Takes the packages folders, separated by semicolons.</summary>
    public PackageFolders(string? folders) =>
        _roots = [.. (folders ?? "").Split([';'], StringSplitOptions.RemoveEmptyEntries).Select(folder => Normalize(folder.Trim()).TrimEnd('/') + "/")];

    /// <summary>The package of a path; null when it lies in no packages folder.</summary>
    public PackagePlace? Find(string path)
    {
        string normalized = Normalize(path);
        foreach (string root in _roots)
        {
            if (root.Length < 2 || !normalized.StartsWith(root, Paths.Comparison))
            {
                continue;
            }

            string[] parts = normalized.Substring(root.Length).Split(PathSeparators, 3);
            if (parts.Length == 3 && parts[0].Length > 0 && parts[1].Length > 0)
            {
                return new PackagePlace(IdAsWritten(root, parts[0], parts[1]), parts[1], parts[2]);
            }
        }

        return null;
    }

    // Folders are in lower case; the package's own spelling stands in its nuspec.
    private string IdAsWritten(string root, string folder, string version)
    {
        string nuspec = $"{root}{folder}/{version}/{folder}.nuspec";
        if (!_ids.TryGetValue(nuspec, out string? id))
        {
            id = ReadId(nuspec);
            id = folder.Equals(id, StringComparison.OrdinalIgnoreCase) ? id! : folder;
            _ids.Add(nuspec, id);
        }

        return id;
    }

    private static string? ReadId(string nuspec)
    {
        try
        {
            using var reader = XmlReader.Create(nuspec, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            while (reader.Read())
            {
                if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "id" && reader.Depth == 2)
                {
                    return reader.ReadElementContentAsString().Trim();
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or XmlException)
        {
            // The folder's name will do.
        }

        return null;
    }

    private static string Normalize(string path) => path.Replace('\\', '/');
}

/// <summary>A place in a package.</summary>
/// <param name="Id">The package's id.</param>
/// <param name="Version">The package's version.</param>
/// <param name="Path">The path inside the package, with forward slashes.</param>
internal readonly record struct PackagePlace(string Id, string Version, string Path);
