using System.Globalization;

namespace CudaArch.Architectures;

/// <summary>
/// An architecture name such as <c>sm_121</c>, <c>sm_121a</c> or <c>compute_120f</c>: a compute capability and a feature set.
/// Whether it is real (<c>sm_</c>) or virtual (<c>compute_</c>) depends on what it names, a cubin or PTX, and is not part of the value.
/// </summary>
public readonly struct SmArchitecture : IEquatable<SmArchitecture>, IComparable<SmArchitecture>
{
    /// <summary>Creates an architecture. It need not be one that exists: see <see cref="ArchitectureCatalog"/>.</summary>
    /// <param name="major">Major compute capability, 1 to 99.</param>
    /// <param name="minor">Minor compute capability, 0 to 9.</param>
    /// <param name="variant">The feature set.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public SmArchitecture(int major, int minor, ArchitectureVariant variant = ArchitectureVariant.Baseline)
    {
        if (major is < 1 or > 99)
        {
            throw new ArgumentOutOfRangeException(nameof(major), major, "A major compute capability is 1 to 99.");
        }

        if (minor is < 0 or > 9)
        {
            throw new ArgumentOutOfRangeException(nameof(minor), minor, "A minor compute capability is 0 to 9.");
        }

        Major = major;
        Minor = minor;
        Variant = variant;
    }

    /// <summary>Major compute capability: 12 of <c>sm_121</c>.</summary>
    public int Major { get; }

    /// <summary>Minor compute capability: 1 of <c>sm_121</c>.</summary>
    public int Minor { get; }

    /// <summary>The feature set that the suffix asks for.</summary>
    public ArchitectureVariant Variant { get; }

    /// <summary>The number in the name: 121 of <c>sm_121a</c>.</summary>
    public int Number => (10 * Major) + Minor;

    /// <summary>The suffix: empty, <c>f</c> or <c>a</c>.</summary>
    public string Suffix => Variant switch
    {
        ArchitectureVariant.FamilySpecific => "f",
        ArchitectureVariant.ArchitectureSpecific => "a",
        _ => "",
    };

    /// <summary>The name of a real architecture, as of a cubin: <c>sm_121a</c>.</summary>
    public string RealName => "sm_" + ShortName;

    /// <summary>The name of a virtual architecture, as of PTX: <c>compute_121a</c>.</summary>
    public string VirtualName => "compute_" + ShortName;

    /// <summary>The name without a prefix: <c>121a</c>.</summary>
    public string ShortName => Number.ToString(CultureInfo.InvariantCulture) + Suffix;

    /// <summary>The compute capability: <c>12.1</c>.</summary>
    public string ComputeCapability => Major.ToString(CultureInfo.InvariantCulture) + "." + Minor.ToString(CultureInfo.InvariantCulture);

    /// <summary>The architecture as an integer that fits <c>CUDA_ARCH</c>-like macros: 1210 of <c>sm_121</c>.</summary>
    public int MacroValue => 10 * Number;

    /// <summary>The same compute capability with another feature set.</summary>
    public SmArchitecture With(ArchitectureVariant variant) => new(Major, Minor, variant);

    /// <summary>Reads <c>sm_121</c>, <c>sm_121a</c>, <c>compute_90a</c>, <c>lto_121</c>, <c>121</c>, <c>121a</c>, <c>12.1</c> or <c>12.1a</c>; letters in any case.</summary>
    /// <returns>False when the text is not such a name. Whether the architecture exists is another question.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out SmArchitecture architecture)
    {
        architecture = default;
        foreach (string prefix in Prefixes)
        {
            if (text.StartsWith(prefix.AsSpan(), StringComparison.OrdinalIgnoreCase))
            {
                text = text.Slice(prefix.Length);
                break;
            }
        }

        var variant = ArchitectureVariant.Baseline;
        if (text.Length > 0 && text[text.Length - 1] is 'a' or 'A' or 'f' or 'F')
        {
            variant = text[text.Length - 1] is 'a' or 'A' ? ArchitectureVariant.ArchitectureSpecific : ArchitectureVariant.FamilySpecific;
            text = text.Slice(0, text.Length - 1);
        }

        // What is left: two or three digits, the last of them the minor; a point may stand before it.
        if (text.Length is < 2 or > 4 || text[text.Length - 1] is < '0' or > '9')
        {
            return false;
        }

        int minor = text[text.Length - 1] - '0';
        text = text.Slice(0, text.Length - 1);
        if (text[text.Length - 1] == '.')
        {
            text = text.Slice(0, text.Length - 1);
        }

        if (text.Length is < 1 or > 2)
        {
            return false;
        }

        int major = 0;
        foreach (char digit in text)
        {
            if (digit is < '0' or > '9')
            {
                return false;
            }

            major = (10 * major) + (digit - '0');
        }

        if (major == 0 || text[0] == '0')
        {
            return false;
        }

        architecture = new SmArchitecture(major, minor, variant);
        return true;
    }

    /// <summary>Reads a name as <see cref="TryParse"/> does.</summary>
    /// <exception cref="FormatException">The text is not the name of an architecture.</exception>
    public static SmArchitecture Parse(string text) =>
        TryParse(text.AsSpan(), out SmArchitecture architecture)
            ? architecture
            : throw new FormatException($"'{text}' is not the name of a CUDA architecture; write it like sm_121, sm_121a, compute_120f or 12.1.");

    /// <summary>Orders by compute capability, then baseline before family-specific before architecture-specific.</summary>
    public int CompareTo(SmArchitecture other) => Number != other.Number ? Number.CompareTo(other.Number) : Variant.CompareTo(other.Variant);

    /// <inheritdoc/>
    public bool Equals(SmArchitecture other) => Number == other.Number && Variant == other.Variant;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is SmArchitecture other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => (Number * 4) + (int)Variant;

    /// <summary>The name of the real architecture: <c>sm_121a</c>.</summary>
    public override string ToString() => RealName;

    /// <summary>Whether two architectures are the same, suffix included.</summary>
    public static bool operator ==(SmArchitecture left, SmArchitecture right) => left.Equals(right);

    /// <summary>Whether two architectures differ in number or suffix.</summary>
    public static bool operator !=(SmArchitecture left, SmArchitecture right) => !left.Equals(right);

    /// <summary>Order of <see cref="CompareTo"/>.</summary>
    public static bool operator <(SmArchitecture left, SmArchitecture right) => left.CompareTo(right) < 0;

    /// <summary>Order of <see cref="CompareTo"/>.</summary>
    public static bool operator >(SmArchitecture left, SmArchitecture right) => left.CompareTo(right) > 0;

    /// <summary>Order of <see cref="CompareTo"/>.</summary>
    public static bool operator <=(SmArchitecture left, SmArchitecture right) => left.CompareTo(right) <= 0;

    /// <summary>Order of <see cref="CompareTo"/>.</summary>
    public static bool operator >=(SmArchitecture left, SmArchitecture right) => left.CompareTo(right) >= 0;

    private static readonly string[] Prefixes = ["sm_", "compute_", "lto_"];
}
