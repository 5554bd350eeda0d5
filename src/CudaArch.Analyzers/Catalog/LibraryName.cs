namespace CudaArch.Analyzers.Catalog;

/// <summary>Names of native libraries as programs spell them.</summary>
internal static class LibraryName
{
    private static readonly string[] Extensions = [".so", ".dll", ".dylib"];

    /// <summary>Whether two spellings mean one library: <c>cublasLt</c>, <c>libcublasLt.so.13</c>, <c>cublasLt64_13.dll</c>.</summary>
    public static bool Same(string left, string right) => string.Equals(Bare(left), Bare(right), StringComparison.OrdinalIgnoreCase);

    /// <summary>The name without folder, prefix, bitness, version and extension.</summary>
    public static string Bare(string name)
    {
        name = FileOf(name);
        if (name.StartsWith("lib", StringComparison.OrdinalIgnoreCase))
        {
            name = name.Substring(3);
        }

        int version = name.LastIndexOf("64_", StringComparison.Ordinal);
        return version > 0 ? name.Substring(0, version) : name;
    }

    private static string FileOf(string name)
    {
        name = name.Substring(name.LastIndexOfAny(['/', '\\']) + 1);
        foreach (string extension in Extensions)
        {
            int at = name.IndexOf(extension, StringComparison.OrdinalIgnoreCase);
            if (at > 0)
            {
                name = name.Substring(0, at);
            }
        }

        return name;
    }
}
