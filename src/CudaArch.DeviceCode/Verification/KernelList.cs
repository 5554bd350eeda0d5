namespace CudaArch.DeviceCode.Verification;

/// <summary>Names kernels in a message: the first few as a person writes them, the rest by their number.</summary>
public static class KernelList
{
    private const int LongestName = 60;

    /// <summary>Names kernels: <c>vector_add, scale&lt;float&gt; and 12 more</c>. Empty when there is none.</summary>
    /// <param name="kernels">Mangled names, in the order in which they are to be named.</param>
    /// <param name="most">How many to name, at least one.</param>
    public static string Describe(IReadOnlyList<string> kernels, int most)
    {
        string[] names = [.. kernels.Select(Display).Distinct(StringComparer.Ordinal)];
        most = Math.Max(most, 1);

        // "and 1 more" is longer than most names.
        int named = names.Length == most + 1 ? names.Length : Math.Min(names.Length, most);
        string text = string.Join(", ", names.Take(named));

        // Kernels are counted, not names: long ones are cut, and overloads share theirs.
        return named < names.Length ? $"{text} and {kernels.Count - named} more" : text;
    }

    private static string Display(string kernel)
    {
        string name = Printable.Text(KernelName.Display(kernel));
        return name.Length <= LongestName ? name : name.Substring(0, LongestName - 1) + "…";
    }
}
