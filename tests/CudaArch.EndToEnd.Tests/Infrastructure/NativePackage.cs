using System.IO.Compression;

namespace CudaArch.EndToEnd.Tests.Infrastructure;

/// <summary>Makes packages with native files, in the shapes in which such packages really come.</summary>
public sealed class NativePackage
{
    private readonly List<(string Path, byte[] Content)> _files = [];
    private readonly List<(string Id, string Version)> _dependencies = [];

    /// <summary>Starts a package.</summary>
    public NativePackage(string id, string version = "1.0.0")
    {
        Id = id;
        Version = version;
    }

    /// <summary>The package's id.</summary>
    public string Id { get; }

    /// <summary>The package's version.</summary>
    public string Version { get; }

    /// <summary>Adds a fixture of <c>tests/fixtures</c>.</summary>
    public NativePackage With(string path, string fixture) => With(path, File.ReadAllBytes(Fixtures.PathOf(fixture)));

    /// <summary>Adds bytes.</summary>
    public NativePackage With(string path, byte[] content)
    {
        _files.Add((path, content));
        return this;
    }

    /// <summary>Adds a text.</summary>
    public NativePackage WithText(string path, string content) => With(path, System.Text.Encoding.UTF8.GetBytes(content));

    /// <summary>Adds a dependency on another package.</summary>
    public NativePackage DependingOn(NativePackage other)
    {
        _dependencies.Add((other.Id, other.Version));
        return this;
    }

    /// <summary>Writes the package into the feed.</summary>
    public NativePackage Publish()
    {
        using ZipArchive zip = ZipFile.Open(Path.Combine(Workshop.Feed, $"{Id}.{Version}.nupkg"), ZipArchiveMode.Create);
        string dependencies = string.Concat(_dependencies.Select(dependency => $"<dependency id=\"{dependency.Id}\" version=\"{dependency.Version}\" />"));
        Add(zip, Id + ".nuspec", System.Text.Encoding.UTF8.GetBytes($"""
            <?xml version="1.0" encoding="utf-8"?>
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
              <metadata>
                <id>{Id}</id>
                <version>{Version}</version>
                <authors>test</authors>
                <description>test</description>
                <dependencies><group targetFramework=".NETStandard2.0">{dependencies}</group></dependencies>
              </metadata>
            </package>
            """));

        // Without this a package with native files only does not count as usable by every framework.
        Add(zip, "lib/netstandard2.0/_._", []);
        foreach ((string path, byte[] content) in _files)
        {
            Add(zip, path, content);
        }

        return this;
    }

    private static void Add(ZipArchive zip, string path, byte[] content)
    {
        using Stream entry = zip.CreateEntry(path, CompressionLevel.Fastest).Open();
        entry.Write(content);
    }
}
