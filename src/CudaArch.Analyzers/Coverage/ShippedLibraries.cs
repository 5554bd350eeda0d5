using System.Collections.Immutable;
using CudaArch.Analyzers.Catalog;
using CudaArch.Bridge;
using CudaArch.Libraries;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace CudaArch.Analyzers.Coverage;

/// <summary>The versions of the native libraries that the build found, as far as the names of their files tell them: <c>libcublasLt.so.12.8.4</c>.</summary>
internal sealed class ShippedLibraries
{
    private readonly Dictionary<string, (LibraryVersion Version, string Name)> _files = new(StringComparer.OrdinalIgnoreCase);

    private ShippedLibraries()
    {
    }

    /// <summary>Reads the additional file <c>CudaArch.Coverage.txt</c>; without it there are none.</summary>
    public static ShippedLibraries Read(ImmutableArray<AdditionalText> files, CancellationToken cancellation)
    {
        var libraries = new ShippedLibraries();
        foreach (AdditionalText file in files)
        {
            if (Path.GetFileName(file.Path) != LibraryCoverage.FileName || file.GetText(cancellation) is not { } text)
            {
                continue;
            }

            foreach (TextLine line in text.Lines)
            {
                if (LibraryCoverage.TryParse(line.ToString(), out LibraryCoverage coverage))
                {
                    libraries.Add(coverage.File);
                }
            }
        }

        return libraries;
    }

    /// <summary>The version of a library, by its bare name, and its file; null when none is known. Of several files the newest counts: which one is loaded is not known here.</summary>
    public (LibraryVersion Version, string Name)? Find(string library) => _files.TryGetValue(library, out (LibraryVersion, string) file) ? file : null;

    // runtimes/linux-x64/native/libcublasLt.so.12.8.4 (Contoso.Cuda 1.0.0)
    private void Add(string shown)
    {
        int package = shown.IndexOf(" (", StringComparison.Ordinal);
        string path = package < 0 ? shown : shown.Substring(0, package);
        string name = path.Substring(path.LastIndexOfAny(['/', '\\']) + 1);
        if (ImportName.VersionOf(name) is { } version
            && (!_files.TryGetValue(ImportName.Bare(name), out (LibraryVersion Version, string Name) known) || known.Version.IsBelow(version)))
        {
            _files[ImportName.Bare(name)] = (version, name);
        }
    }
}
