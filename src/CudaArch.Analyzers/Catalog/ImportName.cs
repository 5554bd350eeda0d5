using System.Globalization;
using System.Text.RegularExpressions;
using CudaArch.Libraries;

namespace CudaArch.Analyzers.Catalog;

/// <summary>Names of native libraries as programs spell them.</summary>
internal static class ImportName
{
    private static readonly string[] Extensions = [".so", ".dll", ".dylib"];

    // nvinfer_10.dll has the version of TensorRT.
    private static readonly Regex OwnVersion = new(@"^(?<name>nvinfer(_[a-z]+)*|nvonnxparser)_(?<version>\d+)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    // nvJitLink_120_0.dll and cusparseLt_13.dll have that of the toolkit.
    private static readonly Regex ToolkitVersion = new(@"^(?<name>nvJitLink|nvfatbin|cusparseLt)_\d+(_0)?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private static readonly Regex Leading = new(@"^(?<number>\d+)", RegexOptions.CultureInvariant);

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

        int bits = name.LastIndexOf("64_", StringComparison.Ordinal);
        if (bits > 0)
        {
            return name.Substring(0, bits);
        }

        Match version = OwnVersion.Match(name) is { Success: true } own ? own : ToolkitVersion.Match(name);
        return version.Success ? version.Groups["name"].Value : name;
    }

    /// <summary>The version in a name: 13 of <c>cublasLt64_13.dll</c>, 12.8.4 of <c>libcublasLt.so.12.8.4</c>, 10 of <c>nvinfer_10.dll</c>; null when it has none.</summary>
    public static LibraryVersion? VersionOf(string name)
    {
        int so = name.IndexOf(".so.", StringComparison.OrdinalIgnoreCase);
        if (so > 0)
        {
            return LibraryVersion.TryParse(name.Substring(so + 4), out LibraryVersion version) ? version : null;
        }

        name = FileOf(name);
        int bits = name.LastIndexOf("64_", StringComparison.Ordinal);
        Group number = bits > 0 ? Leading.Match(name.Substring(bits + 3)).Groups["number"] : OwnVersion.Match(name).Groups["version"];
        if (!number.Success || !int.TryParse(number.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int digits))
        {
            return null;
        }

        // Before CUDA 11 the name held the minor version as well: cublas64_92, cublas64_100.
        return digits >= 50 ? LibraryVersion.TryParse($"{digits / 10}.{digits % 10}", out LibraryVersion old) ? old : null : LibraryVersion.OfMajor(digits);
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
