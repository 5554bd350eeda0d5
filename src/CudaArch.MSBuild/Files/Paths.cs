namespace CudaArch.MSBuild.Files;

/// <summary>How this system compares paths.</summary>
internal static class Paths
{
    /// <summary>Windows does not tell case apart.</summary>
    public static StringComparison Comparison { get; } = Path.DirectorySeparatorChar == '\\' ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    /// <summary>The comparer that goes with <see cref="Comparison"/>.</summary>
    public static StringComparer Comparer { get; } = Path.DirectorySeparatorChar == '\\' ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
}
