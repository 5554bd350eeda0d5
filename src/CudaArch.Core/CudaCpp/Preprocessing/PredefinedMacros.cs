using System.Globalization;
using CudaArch.Architectures;

namespace CudaArch.CudaCpp.Preprocessing;

/// <summary>The macros that a compiler defines for a target, as measured with NVRTC and nvcc 13.5.</summary>
internal static class PredefinedMacros
{
    /// <summary>NVRTC up to 13.5 does not define <c>__CUDA_ARCH_FEAT_SMxx_ALL</c> for this one, although nvcc does.</summary>
    private const int WithoutFeatureMacroInNvrtc = 121;

    /// <summary>Names and values for device code.</summary>
    public static IEnumerable<(string Name, string Value)> For(SmArchitecture target, CudaCompiler compiler)
    {
        string number = target.MacroValue.ToString(CultureInfo.InvariantCulture);
        bool isSpecific = target.Variant == ArchitectureVariant.ArchitectureSpecific;
        yield return ("__CUDA_ARCH__", number);
        if (target.Variant != ArchitectureVariant.Baseline && ArchitectureCatalog.Find(target)?.Family is not null)
        {
            yield return ("__CUDA_ARCH_FAMILY_SPECIFIC__", number);
        }

        if (isSpecific)
        {
            yield return ("__CUDA_ARCH_SPECIFIC__", number);
            if (compiler == CudaCompiler.Nvcc || target.Number != WithoutFeatureMacroInNvrtc)
            {
                yield return ($"__CUDA_ARCH_FEAT_SM{target.Number}_ALL", "1");
            }
        }

        foreach ((string name, string value) in ForBothPasses(target, compiler))
        {
            yield return (name, value);
        }
    }

    /// <summary>Names and values that nvcc defines for the host as well.</summary>
    public static IEnumerable<(string Name, string Value)> ForBothPasses(SmArchitecture target, CudaCompiler compiler)
    {
        string number = target.MacroValue.ToString(CultureInfo.InvariantCulture);
        yield return ("__CUDA_ARCH_LIST__", number);
        if (compiler == CudaCompiler.Nvrtc)
        {
            yield return ("__CUDACC_RTC__", "1");
            yield return ("__CUDA_MINIMUM_ARCH__", number);
        }
        else
        {
            yield return ("__NVCC__", "1");
            yield return ("__GNUC__", "13");
            yield return ("__linux__", "1");
        }

        yield return ("__CUDACC__", "1");
        yield return ("__CUDACC_VER_MAJOR__", "13");
        yield return ("__CUDACC_VER_MINOR__", "5");
        yield return ("__CUDACC_VER_BUILD__", "37");
        yield return ("__cplusplus", "201703L");
        yield return ("__STDC_HOSTED__", "1");
        yield return ("__DATE__", "\"\"");
        yield return ("__TIME__", "\"\"");
        yield return ("__FILE__", "\"\"");
    }
}
