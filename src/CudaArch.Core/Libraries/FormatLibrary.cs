using CudaArch.Architectures;
using CudaArch.Data;
using CudaArch.Features;

namespace CudaArch.Libraries;

/// <summary>From which version on a library works with a narrow format; a row of <c>library-formats.csv</c>.</summary>
public sealed class FormatLibrary
{
    private readonly HashSet<string> _features;
    private readonly SmArchitecture? _device;

    internal FormatLibrary(IReadOnlyDictionary<string, string> row)
    {
        Library = row["library"];
        Product = row["product"];
        _features = new HashSet<string>(row["features"].Split(' '), StringComparer.Ordinal);
        string device = row["device"];
        _device = device.Length == 0 ? null : SmArchitecture.TryParse(("sm_" + device.Replace(".", "")).AsSpan(), out SmArchitecture capability) ? capability : throw Malformed(device);
        FirstVersion = LibraryVersion.TryParse(row["version"], out LibraryVersion version) ? version : throw Malformed(row["version"]);
        Source = row["source"];
    }

    /// <summary>All rows.</summary>
    public static IReadOnlyList<FormatLibrary> All { get; } = [.. EmbeddedCsv.Read("library-formats.csv").Select(row => new FormatLibrary(row))];

    /// <summary>The library as an import names it, without prefix, bitness, version and extension.</summary>
    public string Library { get; }

    /// <summary>What its maker calls it, and counts its versions by.</summary>
    public string Product { get; }

    /// <summary>The first version that works.</summary>
    public LibraryVersion FirstVersion { get; }

    /// <summary>Where that comes from.</summary>
    public string Source { get; }

    /// <summary>The ids of the features that the row is about.</summary>
    public IEnumerable<string> Features => _features;

    /// <summary>What a feature needs of its library on a device: the row with the highest version; null when no row is about it.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="device">The device; its suffix does not matter.</param>
    public static FormatLibrary? Find(CudaFeature feature, SmArchitecture device)
    {
        FormatLibrary? found = null;
        foreach (FormatLibrary row in All)
        {
            if (row._features.Contains(feature.Id) && (row._device is not { } only || (only.Major == device.Major && only.Minor == device.Minor))
                && (found is null || found.FirstVersion.IsBelow(row.FirstVersion)))
            {
                found = row;
            }
        }

        return found;
    }

    private static InvalidOperationException Malformed(string text) => new($"library-formats.csv: \"{text}\" cannot be read.");
}
