using System.Globalization;
using CudaArch.Architectures;

namespace CudaArch.CompileOptions;

/// <summary>
/// The values of <c>CUjit_target</c>, which the JIT option <c>CU_JIT_TARGET</c> takes: 10 * major + minor, plus a base for a suffix
/// (cuda.h 13.5: <c>CU_COMPUTE_ACCELERATED_TARGET_BASE</c>, <c>CU_COMPUTE_FAMILY_TARGET_BASE</c>). The driver makes a cubin for the value.
/// </summary>
public static class JitTarget
{
    /// <summary>Added for <c>a</c>, since CUDA 12.0.</summary>
    public const int AcceleratedBase = 0x10000;

    /// <summary>Added for <c>f</c>, since CUDA 12.9.</summary>
    public const int FamilyBase = 0x20000;

    /// <summary>The JIT option that takes such a value (<c>CU_JIT_TARGET</c>).</summary>
    public const int Option = 9;

    /// <summary>The value that stands for an architecture.</summary>
    public static int ValueOf(SmArchitecture architecture) => architecture.Number + architecture.Variant switch
    {
        ArchitectureVariant.ArchitectureSpecific => AcceleratedBase,
        ArchitectureVariant.FamilySpecific => FamilyBase,
        _ => 0,
    };

    /// <summary>The architecture that a value stands for; false when it is none of the known ones.</summary>
    public static bool TryGetArchitecture(long value, out SmArchitecture architecture)
    {
        architecture = default;
        ArchitectureVariant variant = (value & ~0xFFFFL) switch
        {
            0 => ArchitectureVariant.Baseline,
            AcceleratedBase => ArchitectureVariant.ArchitectureSpecific,
            FamilyBase => ArchitectureVariant.FamilySpecific,
            _ => (ArchitectureVariant)(-1),
        };
        int number = (int)(value & 0xFFFF);
        if ((int)variant < 0 || number is < 20 or > 999)
        {
            return false;
        }

        architecture = new SmArchitecture(number / 10, number % 10, variant);
        return true;
    }

    /// <summary>Reads an enum member's name: <c>CU_TARGET_COMPUTE_100A</c>, managedCuda's <c>Compute_100A</c>, <c>Compute100a</c>.</summary>
    public static bool TryParseMember(string name, out SmArchitecture architecture)
    {
        architecture = default;
        int at = name.LastIndexOf("COMPUTE", StringComparison.OrdinalIgnoreCase);
        if (at < 0 || (at > 0 && name[at - 1] != '_'))
        {
            return false;
        }

        int number = at + "COMPUTE".Length;
        if (number < name.Length && name[number] == '_')
        {
            number++;
        }

        string rest = name.Substring(number);
        return rest.Length is >= 2 and <= 4 && rest.IndexOf('.') < 0 && SmArchitecture.TryParse(rest.AsSpan(), out architecture);
    }

    /// <summary>The member's name for another architecture, in the spelling of a given one: <c>Compute_121A</c> for <c>Compute_100A</c>.</summary>
    /// <exception cref="ArgumentException"><paramref name="name"/> is not the name of such a member.</exception>
    public static string Respell(string name, SmArchitecture other)
    {
        if (!TryParseMember(name, out SmArchitecture named))
        {
            throw new ArgumentException($"'{name}' does not name a JIT target.", nameof(name));
        }

        SmArchitecture wanted = ArchitectureName.Retarget(named, other);
        string old = named.ShortName;
        string suffix = named.Suffix.Length > 0 && char.IsUpper(name[name.Length - 1]) ? wanted.Suffix.ToUpperInvariant() : wanted.Suffix;
        return name.Substring(0, name.Length - old.Length) + wanted.Number.ToString(CultureInfo.InvariantCulture) + suffix;
    }
}
