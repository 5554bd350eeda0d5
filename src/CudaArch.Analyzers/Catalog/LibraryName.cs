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

    /// <summary>The major version in a name: 13 of <c>libcublasLt.so.13</c> and <c>cublasLt64_13.dll</c>; null when it has none.</summary>
    public static int? MajorVersion(string name)
    {
        int so = name.IndexOf(".so.", StringComparison.OrdinalIgnoreCase);
        int bits = name.LastIndexOf("64_", StringComparison.Ordinal);
        int start = so > 0 ? so + 4 : bits > 0 ? bits + 3 : name.Length;
        int end = start;
        while (end < name.Length && char.IsDigit(name[end]))
        {
            end++;
        }

        return int.TryParse(name.Substring(start, end - start), out int version) ? version : null;
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
