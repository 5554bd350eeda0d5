using System.Xml;

namespace CudaArch.DeviceCode;

/// <summary>Which package a file belongs to.</summary>
/// <param name="Id">As the package spells it.</param>
/// <param name="Version">Its version; null when it states none.</param>
public sealed record PackageIdentity(string Id, string? Version)
{
    // Real manifests have a few KB.
    private const int MaxManifestSize = 1 << 20;

    /// <summary>Reads the identity from a NuGet package's <c>.nuspec</c>; null when it states no id.</summary>
    /// <param name="nuspec">The manifest; not closed.</param>
    /// <exception cref="XmlException">The manifest is no well-formed XML.</exception>
    public static PackageIdentity? ReadNuspec(Stream nuspec)
    {
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreWhitespace = true,
            MaxCharactersInDocument = MaxManifestSize,
        };
        using var reader = XmlReader.Create(nuspec, settings);
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

        return string.IsNullOrEmpty(id) ? null : new PackageIdentity(id!, version);
    }

    /// <summary>Reads the identity from the <c>METADATA</c> of a Python wheel: header lines up to a blank one. Null when they state no name.</summary>
    /// <param name="metadata">The file; not closed.</param>
    internal static PackageIdentity? ReadWheelMetadata(Stream metadata)
    {
        using var reader = new StreamReader(metadata);
        string? id = null, version = null;
        int left = MaxManifestSize;
        var line = new System.Text.StringBuilder();
        while (left > 0 && (id is null || version is null))
        {
            line.Clear();
            int c;
            while ((c = reader.Read()) >= 0 && c != '\n' && --left > 0)
            {
                line.Append((char)c);
            }

            string text = line.ToString().TrimEnd('\r');
            if (text.Length == 0)
            {
                break;
            }

            id ??= Value(text, "Name:");
            version ??= Value(text, "Version:");
        }

        return string.IsNullOrEmpty(id) ? null : new PackageIdentity(id!, version);
    }

    private static string? Value(string line, string field) => line.StartsWith(field, StringComparison.OrdinalIgnoreCase) ? line.Substring(field.Length).Trim() : null;
}
