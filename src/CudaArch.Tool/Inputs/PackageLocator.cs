using System.Collections.Concurrent;
using System.Xml;
using CudaArch.DeviceCode;

namespace CudaArch.Tool.Inputs;

/// <summary>An unpacked package.</summary>
/// <param name="Identity">What it is called.</param>
/// <param name="Folder">The full path of its root.</param>
internal sealed record LocatedPackage(PackageIdentity Identity, string Folder);

/// <summary>Finds the unpacked NuGet package that a file lies in: the nearest folder above it with a <c>.nuspec</c>.</summary>
internal sealed class PackageLocator
{
    /// <summary>A package's files lie at most this many folders below its root; NuGet's own layouts need four.</summary>
    private const int DeepestFolder = 8;

    private readonly ConcurrentDictionary<string, LocatedPackage?> _byFolder = new(StringComparer.Ordinal);

    /// <summary>The package of a file; null when it lies in none.</summary>
    public LocatedPackage? Find(string path)
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

    private static LocatedPackage? Read(string folder)
    {
        try
        {
            string? nuspec = Directory.EnumerateFiles(folder, "*.nuspec").FirstOrDefault();
            if (nuspec is null)
            {
                return null;
            }

            using FileStream stream = File.OpenRead(nuspec);
            return PackageIdentity.ReadNuspec(stream) is { } identity ? new LocatedPackage(identity, folder) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or XmlException)
        {
            // Without a readable nuspec the file has no known origin; it is verified all the same.
            return null;
        }
    }
}
