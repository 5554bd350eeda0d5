using System.Globalization;
using CudaArch.Data;

namespace CudaArch.Annotations;

/// <summary>
/// Which device has which feature and runs which code: the rules of the analyzer for a device, whose suffix does not matter. A test compares the answers for every
/// feature, architecture and device.
/// </summary>
internal static class DeviceRules
{
    private static readonly Lazy<Dictionary<string, string>> Features = new(() =>
        EmbeddedCsv.Read("features.csv").ToDictionary(row => row["id"], row => row["availability"], StringComparer.Ordinal));

    /// <summary>Whether a device has a feature; false for an unknown feature, and for no device (0.0).</summary>
    public static bool Has(string feature, int major, int minor) =>
        major > 0 && Features.Value.TryGetValue(feature, out string? availability)
        && availability.Split(';').Any(clause => Includes(clause.Trim(), (10 * major) + minor));

    /// <summary>Whether code built for an architecture runs on a device.</summary>
    public static bool Runs(string architecture, int major, int minor) => major > 0 && Includes(architecture, (10 * major) + minor, plainAndLater: true);

    private static readonly Lazy<Dictionary<int, Version>> FirstPtxVersions = new(() =>
        EmbeddedCsv.Read("architectures.csv").ToDictionary(row => int.Parse(row["number"], CultureInfo.InvariantCulture), row => Version.Parse(row["ptx"])));

    // The forms of FeatureAvailability. Of the PTX versions behind @ only the last one matters: a device that needs a later one never had the feature.
    private static bool Includes(string clause, int device)
    {
        int at = clause.IndexOf('@');
        string set = at < 0 ? clause : clause.Substring(0, at);
        int dots = clause.IndexOf("..", StringComparison.Ordinal);
        if (dots >= 0 && (!FirstPtxVersions.Value.TryGetValue(device, out Version? first) || first > Version.Parse(clause.Substring(dots + 2))))
        {
            return false;
        }

        if (set is "all" or "none")
        {
            return set == "all";
        }

        if (set.StartsWith(">=", StringComparison.Ordinal))
        {
            return TryParse(set.Substring(2), out int lowest, out _) && lowest <= device;
        }

        int dash = set.IndexOf('-');
        return dash > 0
            ? TryParse(set.Substring(0, dash), out int low, out _) && TryParse(set.Substring(dash + 1), out int high, out _) && low <= device && device <= high
            : Includes(set, device, plainAndLater: false);
    }

    private static bool Includes(string architecture, int device, bool plainAndLater)
    {
        if (!TryParse(architecture, out int number, out char suffix))
        {
            return false;
        }

        return suffix switch
        {
            'a' => Renamed(number) == Renamed(device),
            'f' => number >= 100 && Renamed(number) / 10 == Renamed(device) / 10 && Renamed(number) <= Renamed(device),
            _ => plainAndLater ? number <= device : number == device,
        };
    }

    // 10.1 is the name that CUDA 12 had for 11.0.
    private static int Renamed(int number) => number == 101 ? 110 : number;

    // sm_100f, compute_90, 100a, 12.1
    private static bool TryParse(string text, out int number, out char suffix)
    {
        string digits = text.Substring(text.LastIndexOf('_') + 1).Replace(".", "");
        suffix = digits.Length > 0 && char.ToLowerInvariant(digits[digits.Length - 1]) is var last and ('a' or 'f') ? last : '\0';
        digits = suffix == '\0' ? digits : digits.Substring(0, digits.Length - 1);
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number) && digits.Length is 2 or 3;
    }
}
