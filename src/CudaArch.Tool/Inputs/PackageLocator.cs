using System.Collections.Concurrent;
using System.Xml;

namespace CudaArch.Tool.Inputs;

/// <summary>Which package a file belongs to.</summary>
/// <param name="Id">As the package spells it.</param>
/// <param name="Version">Its version.</param>
internal sealed record PackageIdentity(string Id, string? Version);

/// <summary>Finds the unpacked NuGet package that a file lies in: the nearest folder above it with a <c>.nuspec</c>.</summary>
internal sealed class PackageLocator
{
    /// <summary>A package's files lie at most this many folders below its root; NuGet's own layouts need four.</summary>
    private const int DeepestFolder = 8;

    private readonly ConcurrentDictionary<string, PackageIdentity?> _byFolder = new(StringComparer.Ordinal);

    /// <summary>The package of a file; null when it lies in none.</summary>
    public PackageIdentity? Find(string path)
    {
        string? folder = Path.GetDirectoryName(Path.GetFullPath(path));
        for (int depth = 0; folder is not null && depth < DeepestFolder; depth++)
        {
            if (_byFolder.GetOrAdd(folder, Read) is { } package)
            {
                return package;
            }

            folder = Path.GetDirectoryName(folder);
        }

        return null;
    }

    private static PackageIdentity? Read(string folder)
    {
        try
        {
            string? nuspec = Directory.EnumerateFiles(folder, "*.nuspec").FirstOrDefault();
            return nuspec is null ? null : ReadNuspec(nuspec);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or XmlException)
        {
            // Without a readable nuspec the file has no known origin; it is verified all the same.
            return null;
        }
    }

    private static PackageIdentity? ReadNuspec(string path)
    {
        using var reader = XmlReader.Create(path, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, IgnoreComments = true, IgnoreWhitespace = true });
        string? id = null, version = null;
        bool inMetadata = false;
        while (reader.Read() && (id is null || version is null))
        {
            if (reader.NodeType == XmlNodeType.EndElement && reader.LocalName == "metadata")
            {
                break;
            }

            if (reader.NodeType != XmlNodeType.Element)
            {
                continue;
            }

            inMetadata |= reader.LocalName == "metadata";
            if (inMetadata && reader.Depth == 2 && reader.LocalName is "id" or "version" && !reader.IsEmptyElement)
            {
                bool isId = reader.LocalName == "id";
                reader.Read();
                if (isId)
                {
                    id = reader.Value.Trim();
                }
                else
                {
                    version = reader.Value.Trim();
                }
            }
        }

        return string.IsNullOrEmpty(id) ? null : new PackageIdentity(id, version);
    }
}
