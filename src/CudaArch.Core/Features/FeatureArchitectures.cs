using CudaArch.Architectures;

namespace CudaArch.Features;

/// <summary>Words for the architectures that have a feature.</summary>
internal static class FeatureArchitectures
{
    /// <summary>The known architectures that have it: <c>sm_100a/f, sm_110a/f</c>, <c>sm_90 and later</c>, <c>every architecture</c>, <c>no architecture</c>.</summary>
    public static string Describe(FeatureAvailability availability)
    {
        // 10.1 is an older name of 11.0 and would only lengthen the list.
        SmArchitecture[] numbers = [.. ArchitectureCatalog.All.Select(info => info.Architecture).Where(a => a.Number != 101)];
        int tail = numbers.Length;
        while (tail > 0 && availability.Includes(numbers[tail - 1]))
        {
            tail--;
        }

        if (tail == 0)
        {
            return "every architecture";
        }

        List<string> parts = [.. numbers.Take(tail).Select(number => Describe(availability, number)).Where(part => part.Length > 0)];
        int rest = numbers.Length - tail;
        if (rest == 1)
        {
            parts.Add(numbers[tail].RealName);
        }
        else if (rest > 1)
        {
            parts.Add(numbers[tail].RealName + " and later");
        }

        return parts.Count == 0 ? "no architecture" : string.Join(", ", parts);
    }

    private static string Describe(FeatureAvailability availability, SmArchitecture number)
    {
        if (availability.Includes(number))
        {
            return number.RealName;
        }

        string suffixes = string.Join(
            "/",
            new[] { ArchitectureVariant.ArchitectureSpecific, ArchitectureVariant.FamilySpecific }
                .Select(number.With)
                .Where(target => ArchitectureCatalog.IsKnown(target) && availability.Includes(target))
                .Select(target => target.Suffix));
        return suffixes.Length == 0 ? "" : number.RealName + suffixes;
    }
}
