using CudaArch.Analyzers.EmbeddedSource;
using CudaArch.Analyzers.Tests.Testing;
using Microsoft.CodeAnalysis.Testing;

namespace CudaArch.Analyzers.Tests.EmbeddedSource;

public sealed class CudaCppLiteralAnalyzerTests
{
    private static string InMethod(string statements, string members = "") => $$"""
        using System;
        using System.Text;

        static class Assert { public static void Contains(string a, string b) { } }
        static class Nvrtc { public static void Compile(string source, params string[] options) { } public static void Compile(ReadOnlySpan<byte> source) { } }

        class C
        {
            {{members}}

            void M(int major, int minor, string text, string arch)
            {
                {{statements}}
            }
        }
        """;

    [Theory]
    [InlineData("""Nvrtc.Compile("__global__ void k() { asm(\"{|CUDA1004:tcgen05.wait::ld.sync.aligned|};\"); }");""")]
    [InlineData("""Nvrtc.Compile("__global__ void k()\n{\n\tasm volatile(\"setp.eq.u32 p, 1, 1; \" \"@p {|CUDA1004:wgmma.fence.sync.aligned|};\");\n}");""")]
    [InlineData("Nvrtc.Compile(@\"__global__ void k() { asm(\"\"{|CUDA1004:setmaxnreg.dec.sync.aligned.u32|} 40;\"\"); }\");")]
    [InlineData("""Nvrtc.Compile("__global__ void k() { asm(\"{|CUDA1004:tcgen05.wait::ld.sync.aligned|};\"); }"u8);""")]
    [InlineData("""Nvrtc.Compile("__device__ void f() { asm(\"{|CUDA1004:tcgen05.wait::ld.sync.aligned|};\"); }\n" + "__global__ void k() { f(); }");""")]
    [InlineData("""Nvrtc.Compile($"__global__ void k(float* x) {{ x[{major}] = 1; asm(\"{|CUDA1004:tcgen05.wait::ld.sync.aligned|};\"); }}");""")]
    [InlineData("""var b = new StringBuilder(); b.AppendLine("__global__ void k()"); b.AppendLine("{"); b.AppendLine("asm(\"{|CUDA1004:tcgen05.wait::ld.sync.aligned|};\");"); b.AppendLine("}"); Nvrtc.Compile(b.ToString());""")]
    [InlineData("""Nvrtc.Compile("__global__ void k() {\n#if __CUDA_ARCH__ >= 1000\nasm(\"{|CUDA1004:tcgen05.wait::ld.sync.aligned|};\");\n#endif\n}");""")]
    [InlineData("""Nvrtc.Compile("#include <cuda/ptx>\n__global__ void k() { {|CUDA1004:cuda::ptx::tcgen05_wait_ld|}(); }");""")]
    [InlineData("""Nvrtc.Compile("__global__ void k(float* x) { {|CUDA1004:__shared__|} float t[40000]; t[0] = x[0]; x[1] = t[1]; }");""")]
    // A tab of the text is an escape of the literal; the report stands at the opcode all the same.
    [InlineData("""Nvrtc.Compile("__global__ void k() { asm(\"{\\n\\t{|CUDA1004:redux.sync.max.f32|} %0, %1, 0xffffffff;\\n}\" : \"=f\"(a) : \"f\"(b)); }");""")]
    public Task What_the_target_lacks_is_reported_inside_the_literal(string statements) => Verify.Analyzer<CudaCppLiteralAnalyzer>(InMethod(statements));

    [Theory]
    [InlineData("""Nvrtc.Compile("__global__ void k() {\n#if __CUDA_ARCH__ < 1200\nasm(\"tcgen05.wait::ld.sync.aligned;\");\n#endif\n}");""")]
    [InlineData("""Nvrtc.Compile("// asm(\"tcgen05.wait::ld.sync.aligned;\");\n__global__ void k() { }");""")]
    [InlineData("""Nvrtc.Compile("__device__ void f() { asm(\"tcgen05.wait::ld.sync.aligned;\"); } __global__ void k() { }");""")]
    [InlineData("""_ = text.Contains("__global__ void k() { asm(\"tcgen05.wait::ld.sync.aligned;\"); }");""")]
    [InlineData("""Assert.Contains("__global__ void k() { asm(\"tcgen05.wait::ld.sync.aligned;\"); }", text);""")]
    [InlineData("""Console.WriteLine("__global__ void k() { asm(\"tcgen05.wait::ld.sync.aligned;\"); }");""")]
    [InlineData("""Nvrtc.Compile("A __global__ function may use tcgen05.wait::ld.sync.aligned;");""")]
    public Task What_is_not_compiled_is_quiet(string statements) => Verify.Analyzer<CudaCppLiteralAnalyzer>(InMethod(statements));

    [Theory]
    // The options beside the text say under which name it is compiled.
    [InlineData("""Nvrtc.Compile("__global__ void k() { asm(\"setmaxnreg.dec.sync.aligned.u32 40;\"); }", "--gpu-architecture=sm_121a");""")]
    [InlineData("""Nvrtc.Compile("__global__ void k() { asm(\"setmaxnreg.dec.sync.aligned.u32 40;\"); }", "-arch=compute_120f");""")]
    [InlineData("""string[] options = { "--gpu-architecture=sm_121f" }; Nvrtc.Compile("__global__ void k() { asm(\"setmaxnreg.dec.sync.aligned.u32 40;\"); }", options);""")]
    [InlineData("""Nvrtc.Compile("__global__ void k() { asm(\"setmaxnreg.dec.sync.aligned.u32 40;\"); }", $"--gpu-architecture=sm_{major}{minor}a");""")]
    [InlineData("""Nvrtc.Compile("__global__ void k() { asm(\"setmaxnreg.dec.sync.aligned.u32 40;\"); }", $"--gpu-architecture=sm_{arch}");""")]
    [InlineData("""Nvrtc.Compile("__global__ void k() { asm(\"{|CUDA1004:setmaxnreg.dec.sync.aligned.u32|} 40;\"); }", $"--gpu-architecture=sm_{major}{minor}");""")]
    [InlineData("""Nvrtc.Compile("__global__ void k() { asm(\"{|CUDA1004:setmaxnreg.dec.sync.aligned.u32|} 40;\"); }", "--gpu-architecture=sm_121");""")]
    [InlineData("""Nvrtc.Compile("__global__ void k() { asm(\"{|CUDA1004:tcgen05.wait::ld.sync.aligned|};\"); }", "--gpu-architecture=sm_121a");""")]
    // A suffix can break text.
    [InlineData("""Nvrtc.Compile("__global__ void k() {\n#ifdef __CUDA_ARCH_SPECIFIC__\nasm(\"{|CUDA1004:tcgen05.wait::ld.sync.aligned|};\");\n#endif\n}", "--gpu-architecture=sm_121a");""")]
    [InlineData("""Nvrtc.Compile("__global__ void k() {\n#ifdef __CUDA_ARCH_SPECIFIC__\nasm(\"tcgen05.wait::ld.sync.aligned;\");\n#endif\n}", "--gpu-architecture=sm_121");""")]
    public Task Options_beside_the_text_count(string statements) => Verify.Analyzer<CudaCppLiteralAnalyzer>(InMethod(statements));

    [Fact]
    public Task Messages() => Verify.Analyzer<CudaCppLiteralAnalyzer>(
        InMethod("""
            Nvrtc.Compile("__global__ void k() { asm(\"{|#0:tcgen05.wait::ld.sync.aligned|};\"); }");
            Nvrtc.Compile("__global__ void k() { asm(\"{|#1:setmaxnreg.dec.sync.aligned.u32|} 40;\"); }");
            Nvrtc.Compile("{|#2:#|}error \"no\"\n__global__ void k() { }");
            Nvrtc.Compile("__global__ void k(float* x) { {|#3:__shared__|} float t[16384]; t[0] = x[0]; x[1] = t[1]; }");
            """),
        null,
        Expect(0, "'tcgen05.wait::ld.sync.aligned' needs fifth-generation tensor core instructions and tensor memory (tcgen05), which sm_121 lacks (sm_100a/f, sm_103a/f, sm_107a/f, sm_110a/f); use warp-level mma.sync with accumulators in registers"),
        Expect(1, "'setmaxnreg.dec.sync.aligned.u32' needs register reallocation between warps (setmaxnreg), which sm_121 has only under the target sm_121f; compile with --gpu-architecture=sm_121f"),
        Expect(2, "#error stops the text on sm_121 (\"no\")"),
        Expect(3, "A kernel declares 65536 bytes of static shared memory, of which sm_121 takes more than 49152 only under the target sm_121a; compile with --gpu-architecture=sm_121a"));

    private static DiagnosticResult Expect(int place, string message) => new DiagnosticResult("CUDA1004", Microsoft.CodeAnalysis.DiagnosticSeverity.Warning).WithLocation(place).WithMessage(message);
}
