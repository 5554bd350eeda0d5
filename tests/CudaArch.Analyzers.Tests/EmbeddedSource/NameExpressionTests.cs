using CudaArch.Analyzers.EmbeddedSource;
using CudaArch.Analyzers.Tests.Testing;

namespace CudaArch.Analyzers.Tests.EmbeddedSource;

/// <summary>Template kernels that only a name expression of NVRTC instantiates.</summary>
public sealed class NameExpressionTests
{
    [Theory]
    [InlineData("Nvrtc.nvrtcAddNameExpression(0, \"k<float>\");", true)]
    [InlineData("Nvrtc.nvrtcAddNameExpression(0, \"&k<float>\");", true)]
    [InlineData("foreach (var name in new[] { \"k<double>\", \"k<float>\" }) Nvrtc.nvrtcAddNameExpression(0, name);", true)]
    [InlineData("Nvrtc.nvrtcAddNameExpression(0, \"k<double>\");", false)]
    [InlineData("Nvrtc.nvrtcAddNameExpression(0, \"other<float>\");", false)]
    [InlineData("Use(\"k<float>\");", false)]
    public Task A_template_is_compiled_for_the_arguments_in_the_name(string statement, bool isReported)
    {
        string instruction = isReported ? "{|CUDA1004:tcgen05.wait::ld.sync.aligned|}" : "tcgen05.wait::ld.sync.aligned";
        return Verify.Analyzer<CudaCppLiteralAnalyzer>($$""""
            class C
            {
                const string Source = """
                    template <typename T> struct IsFloat { static constexpr bool value = false; };
                    template <> struct IsFloat<float> { static constexpr bool value = true; };
                    template <typename T> __global__ void k(T* x) { if constexpr (IsFloat<T>::value) { asm volatile("{{instruction}};"); } x[0] = 1; }
                    """;

                void M() { Nvrtc.nvrtcCreateProgram(Source); {{statement}} }
                void Use(string text) { }
            }
            static class Nvrtc { public static void nvrtcCreateProgram(string source) { } public static void nvrtcAddNameExpression(nint program, string name) { } }
            """");
    }
}
