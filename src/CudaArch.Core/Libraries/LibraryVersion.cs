using System.Globalization;

namespace CudaArch.Libraries;

/// <summary>The version of a native library as far as it is known: <c>13</c>, <c>12.8</c>, <c>9.10.2</c>. A part that is missing may be any number.</summary>
public readonly struct LibraryVersion
{
    private const int MostParts = 4;

    private readonly int[]? _parts;

    private LibraryVersion(int[] parts) => _parts = parts;

    /// <summary>The first part.</summary>
    public int Major => _parts is { Length: > 0 } ? _parts[0] : 0;

    /// <summary>Makes a version of a major number alone.</summary>
    public static LibraryVersion OfMajor(int major) => new([major]);

    /// <summary>Reads one to four numbers with dots between them.</summary>
    public static bool TryParse(string text, out LibraryVersion version)
    {
        version = default;
        string[] fields = text.Split('.');
        int[] parts = new int[fields.Length];
        for (int i = 0; i < fields.Length; i++)
        {
            if (!int.TryParse(fields[i], NumberStyles.None, CultureInfo.InvariantCulture, out parts[i]))
            {
                return false;
            }
        }

        version = new LibraryVersion(parts);
        return parts.Length <= MostParts;
    }

    /// <summary>Whether it is lower, whatever the parts are that are not known here. Parts that are missing in the other are zero.</summary>
    public bool IsBelow(LibraryVersion other)
    {
        int[] mine = _parts ?? [], others = other._parts ?? [];
        for (int i = 0; i < mine.Length; i++)
        {
            int wanted = i < others.Length ? others[i] : 0;
            if (mine[i] != wanted)
            {
                return mine[i] < wanted;
            }
        }

        return false;
    }

    /// <summary>The numbers with dots between them.</summary>
    public override string ToString() => string.Join(".", (_parts ?? []).Select(part => part.ToString(CultureInfo.InvariantCulture)));
}
