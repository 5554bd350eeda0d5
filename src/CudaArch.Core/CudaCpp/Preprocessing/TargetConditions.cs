using System.Globalization;
using CudaArch.Architectures;
using CudaArch.CudaCpp.Text;

namespace CudaArch.CudaCpp.Preprocessing;

/// <summary>The conditions and macros of <c>&lt;nv/target&gt;</c>: which branch of <c>NV_IF_TARGET</c> and its relatives is compiled.</summary>
internal static class TargetConditions
{
    /// <summary>Whether a name is one of the macros that choose a branch.</summary>
    public static bool Chooses(string name) => name is "NV_IF_TARGET" or "NV_IF_ELSE_TARGET" or "NV_DISPATCH_TARGET";

    /// <summary>The argument that the macro expands to, by its index; -1 when it expands to nothing.</summary>
    public static int ChosenArgument(string macro, IReadOnlyList<List<CppToken>> arguments, SmArchitecture? target)
    {
        if (macro == "NV_DISPATCH_TARGET")
        {
            for (int i = 0; i + 1 < arguments.Count; i += 2)
            {
                if (Holds(arguments[i], target))
                {
                    return i + 1;
                }
            }

            return -1;
        }

        return arguments.Count > 0 && Holds(arguments[0], target) ? 1 : 2;
    }

    private static bool Holds(List<CppToken> condition, SmArchitecture? target) => condition is [{ Kind: CppTokenKind.Name, Text: var name }] && Holds(name, target);

    /// <summary>Whether a condition holds; no target is the host.</summary>
    public static bool Holds(string name, SmArchitecture? target)
    {
        // The published names are macros for names with two underscores before them.
        string condition = name.TrimStart('_');
        switch (condition)
        {
            case "NV_ANY_TARGET":
                return true;
            case "NV_IS_DEVICE":
                return target is not null;
            case "NV_IS_HOST":
                return target is null;
        }

        if (target is not { } device)
        {
            return false;
        }

        if (Number(condition, "NV_PROVIDES_SM_", out int number, out string suffix) && suffix.Length == 0)
        {
            return device.Number >= number;
        }

        if (Number(condition, "NV_IS_EXACTLY_SM_", out number, out suffix) && suffix.Length == 0)
        {
            return device.Number == number;
        }

        return Number(condition, "NV_HAS_FEATURE_SM_", out number, out suffix) && device.Number == number
            && (suffix == "a" ? device.Variant == ArchitectureVariant.ArchitectureSpecific : suffix == "f" && device.Variant != ArchitectureVariant.Baseline);
    }

    private static bool Number(string name, string prefix, out int number, out string suffix)
    {
        number = 0;
        suffix = "";
        if (!name.StartsWith(prefix, StringComparison.Ordinal))
        {
            return false;
        }

        string digits = name.Substring(prefix.Length).TrimEnd('a', 'f');
        suffix = name.Substring(prefix.Length + digits.Length);
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }
}
