namespace CudaArch.MSBuild;

/// <summary>Lists in MSBuild properties.</summary>
internal static class Lists
{
    private static readonly char[] Separators = [';', ',', ' ', '\t', '\r', '\n'];

    /// <summary>The parts of a list that is separated by semicolons, commas or blanks.</summary>
    public static string[] Split(string? list) => (list ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries);
}
