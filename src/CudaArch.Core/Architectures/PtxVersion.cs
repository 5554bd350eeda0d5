using System.Globalization;

namespace CudaArch.Architectures;

/// <summary>A version of the PTX instruction set, as in <c>.version 8.8</c>.</summary>
public readonly struct PtxVersion : IEquatable<PtxVersion>, IComparable<PtxVersion>
{
    /// <summary>Creates a version; both parts are small non-negative numbers.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A part is outside 0 to 999.</exception>
    public PtxVersion(int major, int minor)
    {
        if (major is < 0 or > 999 || minor is < 0 or > 999)
        {
            throw new ArgumentOutOfRangeException(nameof(major), $"{major}.{minor} is not a PTX version.");
        }

        Major = major;
        Minor = minor;
    }

    /// <summary>The part before the point.</summary>
    public int Major { get; }

    /// <summary>The part after the point.</summary>
    public int Minor { get; }

    /// <summary>Reads <c>8.8</c>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out PtxVersion version)
    {
        version = default;
        int point = text.IndexOf('.');
        if (point < 1 || !TryNumber(text.Slice(0, point), out int major) || !TryNumber(text.Slice(point + 1), out int minor))
        {
            return false;
        }

        version = new PtxVersion(major, minor);
        return true;
    }

    /// <summary>Reads <c>8.8</c>.</summary>
    /// <exception cref="FormatException">The text is not two numbers with a point between them.</exception>
    public static PtxVersion Parse(string text) =>
        TryParse(text.AsSpan(), out PtxVersion version) ? version : throw new FormatException($"'{text}' is not a PTX version; write it like 8.8.");

    /// <inheritdoc/>
    public int CompareTo(PtxVersion other) => Major != other.Major ? Major.CompareTo(other.Major) : Minor.CompareTo(other.Minor);

    /// <inheritdoc/>
    public bool Equals(PtxVersion other) => Major == other.Major && Minor == other.Minor;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PtxVersion other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => (Major * 1000) + Minor;

    /// <summary>The version as it is written: <c>8.8</c>.</summary>
    public override string ToString() => Major.ToString(CultureInfo.InvariantCulture) + "." + Minor.ToString(CultureInfo.InvariantCulture);

    /// <summary>Equality of both parts.</summary>
    public static bool operator ==(PtxVersion left, PtxVersion right) => left.Equals(right);

    /// <summary>Inequality of a part.</summary>
    public static bool operator !=(PtxVersion left, PtxVersion right) => !left.Equals(right);

    /// <summary>Earlier than.</summary>
    public static bool operator <(PtxVersion left, PtxVersion right) => left.CompareTo(right) < 0;

    /// <summary>Later than.</summary>
    public static bool operator >(PtxVersion left, PtxVersion right) => left.CompareTo(right) > 0;

    /// <summary>Not later than.</summary>
    public static bool operator <=(PtxVersion left, PtxVersion right) => left.CompareTo(right) <= 0;

    /// <summary>Not earlier than.</summary>
    public static bool operator >=(PtxVersion left, PtxVersion right) => left.CompareTo(right) >= 0;

    private static bool TryNumber(ReadOnlySpan<char> text, out int number)
    {
        number = 0;
        if (text.Length is < 1 or > 3)
        {
            return false;
        }

        foreach (char digit in text)
        {
            if (digit is < '0' or > '9')
            {
                return false;
            }

            number = (10 * number) + (digit - '0');
        }

        return true;
    }
}
