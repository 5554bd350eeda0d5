using System.Collections.Immutable;
using CudaArch.Analyzers.Catalog;
using CudaArch.Libraries;

namespace CudaArch.Analyzers.Configuration;

/// <summary>The versions of native libraries that a user states: <c>cublasLt=12.8;cudnn=9.10.2</c>.</summary>
internal sealed class LibraryVersionList
{
    private static readonly char[] Separators = [';', ',', ' ', '\t', '\r', '\n'];

    private readonly ImmutableDictionary<string, LibraryVersion> _versions;

    private LibraryVersionList(ImmutableDictionary<string, LibraryVersion> versions, ImmutableArray<string> unknown)
    {
        _versions = versions;
        Unknown = unknown;
    }

    /// <summary>The parts of the text that are no library with a version, as written.</summary>
    public ImmutableArray<string> Unknown { get; }

    /// <summary>Reads a list, separated by semicolons, commas or blanks. Of two versions of a library the last counts.</summary>
    public static LibraryVersionList Parse(string? text)
    {
        ImmutableDictionary<string, LibraryVersion>.Builder versions = ImmutableDictionary.CreateBuilder<string, LibraryVersion>(StringComparer.OrdinalIgnoreCase);
        var unknown = ImmutableArray.CreateBuilder<string>();
        foreach (string part in (text ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries))
        {
            int sign = part.IndexOf('=');
            if (sign > 0 && LibraryVersion.TryParse(part.Substring(sign + 1), out LibraryVersion version))
            {
                versions[ImportName.Bare(part.Substring(0, sign))] = version;
            }
            else
            {
                unknown.Add(part);
            }
        }

        return new(versions.ToImmutable(), unknown.ToImmutable());
    }

    /// <summary>The version of a library, by its bare name; null when none is stated.</summary>
    public LibraryVersion? Find(string library) => _versions.TryGetValue(library, out LibraryVersion version) ? version : null;
}
