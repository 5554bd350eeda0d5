using System.Globalization;
using CudaArch.Architectures;
using CudaArch.Data;

namespace CudaArch.CudaCpp.Headers;

/// <summary>What including a header of the CUDA toolkit means for the text that follows.</summary>
internal static class KnownHeaders
{
    private static readonly (string Header, string Macro, string Value, int From)[] Macros = [.. EmbeddedCsv.Read("header-macros.csv")
        .Select(row => (row["header"], row["macro"], row["value"], int.Parse(row["from"], CultureInfo.InvariantCulture)))];

    /// <summary>The macros that a header defines.</summary>
    public static IEnumerable<(string Name, string Value)> MacrosOf(string header, SmArchitecture target)
    {
        foreach ((string name, string macro, string value, int from) in Macros)
        {
            bool matches = name.EndsWith("/", StringComparison.Ordinal) ? header.StartsWith(name, StringComparison.Ordinal) : header == name;
            if (matches && target.Number >= from)
            {
                yield return (macro, value);
            }
        }
    }

    /// <summary>Whether a header brings <c>NV_IF_TARGET</c>: its own, and those of the CUDA C++ core libraries, which all include it.</summary>
    public static bool BringsTargetMacros(string header) =>
        header == "nv/target" || header.StartsWith("cuda/", StringComparison.Ordinal) || header.StartsWith("cub/", StringComparison.Ordinal)
        || header.StartsWith("thrust/", StringComparison.Ordinal) || header is "cuda_fp8.h" or "cuda_fp6.h" or "cuda_fp4.h" or "cuda_fp16.h" or "cuda_bf16.h";

    /// <summary>Whether the compiler is taken to find a header: those of the toolkit and of C++.</summary>
    public static bool Exists(string header) =>
        BringsTargetMacros(header) || (!header.Contains(".hpp") && (header.StartsWith("cuda", StringComparison.Ordinal) || header.StartsWith("cooperative_groups", StringComparison.Ordinal)))
        || header is "mma.h" or "math_constants.h" or "curand_kernel.h" or "device_launch_parameters.h";
}
