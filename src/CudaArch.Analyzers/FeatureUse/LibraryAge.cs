using CudaArch.Analyzers.Catalog;
using CudaArch.Analyzers.Configuration;
using CudaArch.Analyzers.Coverage;
using CudaArch.Architectures;
using CudaArch.Libraries;
using Microsoft.CodeAnalysis;

namespace CudaArch.Analyzers.FeatureUse;

/// <summary>
/// Whether the library behind a use is too old for a narrow format. Its version is what the user states (<c>CudaArchLibraryVersions</c>), what the import's own name tells, or
/// what the name of the file tells that the build found; nothing is opened. Without any of these, no library is old.
/// </summary>
internal sealed class LibraryAge(CudaArchOptions options, ShippedLibraries shipped)
{
    /// <summary>What the library is called, and the row that says what is needed; null when the version is not known or will do.</summary>
    public (string Library, FormatLibrary Wanted)? TooOld(SymbolUse use, SmArchitecture device)
    {
        if (!NarrowFormats.IsFormat(use.Needs) || FormatLibrary.Find(use.Needs.Feature!, device) is not { } wanted)
        {
            return null;
        }

        // A function of that name in somebody's own library tells nothing of the one behind it.
        bool isImport = use.Library.Length > 0;
        if (isImport && !ImportName.Same(use.Library, wanted.Library))
        {
            return null;
        }

        (LibraryVersion Version, string Name)? known = VersionOf(isImport ? use.Library : "", wanted.Library, use.Place.SyntaxTree);
        return known is { } library && library.Version.IsBelow(wanted.FirstVersion) ? (library.Name, wanted) : null;
    }

    private (LibraryVersion Version, string Name)? VersionOf(string import, string library, SyntaxTree tree)
    {
        LibraryVersion? named = import.Length == 0 ? null : ImportName.VersionOf(import);
        LibraryVersion? stated = options.LibrariesFor(tree).Find(library);

        // A name with another major version loads that, whatever is stated of the usual one.
        if (stated is { } version && (named is null || named.Value.Major == version.Major))
        {
            return (version, $"{library} {version}");
        }

        if (shipped.Find(library) is { } file && (named is null || named.Value.Major == file.Version.Major))
        {
            return (file.Version, $"'{file.Name}'");
        }

        return named is { } own ? (own, $"'{import}'") : null;
    }
}
