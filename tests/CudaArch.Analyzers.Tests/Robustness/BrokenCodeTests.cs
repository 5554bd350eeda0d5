using System.Collections.Immutable;
using System.Text;
using CudaArch.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CudaArch.Analyzers.Tests.Robustness;

/// <summary>Code that does not build, and text of unusual size: no analyzer throws or gets lost.</summary>
public sealed class BrokenCodeTests
{
    /// <summary>Something for every rule, in one source.</summary>
    private const string Idioms = """"
        using System;
        using System.Collections.Generic;
        using System.Diagnostics;
        using System.Runtime.InteropServices;
        using System.Text;
        using CudaArch.Annotations;

        enum CUjit_target { CU_TARGET_COMPUTE_100A = 65636 }
        enum CublasLtMatmulMatrixScale { Scalar32F, Vec16UE4M3, OuterVec32F }

        static unsafe class Native
        {
            [DllImport("nvrtc")] public static extern int nvrtcCompileProgram(IntPtr program, int count, string[] options);
            [DllImport("nvcuda")] public static extern int cuDeviceGetAttribute(out int value, int attribute, int device);
            [DllImport("nvcuda")] public static extern int cuFuncSetAttribute(IntPtr function, int attribute, int value);
            [DllImport("kernels")] public static extern int tcgen05_mma();
            [RequiresCudaFeature("wgmma"), RequiresCudaArchitecture("sm_9O")] public static void Multiply() { }
            [DllImport("nvcuda")] public static extern int cuModuleLoadDataEx(out IntPtr module, byte[] image, uint count, int[] options, IntPtr[] values);
        }

        class Device { public int ComputeCapabilityMajor => 12; public Version ComputeCapability { get; } = new(12, 1); }

        class C
        {
            const string Arch = "sm_100a", Option = "--gpu-architecture=" + Arch;
            static readonly string[] All = { "-O3", Option, $"-gencode=arch=compute_90a,code={Arch}" };
            const string Ptx = """
                .version 8.6
                .target sm_100a
                .visible .entry k() { tcgen05.fence::before_thread_sync; ret; }
                """;
            const string Kernel = @"
        #if __CUDA_ARCH__ >= 800
        extern ""C"" __global__ void k(float* x) { asm volatile(""tcgen05.wait::ld.sync.aligned;""); x[0] = 1; }
        #endif
        ";

            unsafe void M(Device device, int major, int minor, bool flag)
            {
                Native.cuDeviceGetAttribute(out int capability, 75, 0);
                if (capability >= 10 && device.ComputeCapability >= new Version(10, 0)) { Native.nvrtcCompileProgram(default, 1, All); }
                string arch = (major, minor) switch { (9, 0) => "sm_90a", (>= 12, _) => $"sm_{major}{minor}a", _ => "sm_100a" };
                var options = new List<string> { "-arch=" + arch, flag ? "-arch=sm_90" : "-code=sm_100" };
                var text = new StringBuilder().AppendLine(".version 7.0").AppendLine($".target sm_{major}{minor}").Append(Ptx);
                text.Append(".address_size 64"); string more = ".version 8.0\n"; more += ".target sm_90a\n";
                Native.cuModuleLoadDataEx(out _, Encoding.UTF8.GetBytes(Ptx), 1, new[] { 9 }, new[] { (IntPtr)65636 });
                Process.Start("nvcc", $"-cubin -arch={arch} k.cu"); ReadOnlySpan<byte> u = ".version 8.6\n.target sm_100a\n"u8;
                Action a = () => { try { Use(CUjit_target.CU_TARGET_COMPUTE_100A, Kernel); } catch (Exception e) when (e.Message == Ptx) { throw; } finally { Use(more); } }; a();
            }

            void Multiply(Device gpu, int ccMajor, int ccMinor)
            {
                if (ccMajor >= 8 && ccMinor >= 9 && gpu.ComputeCapability is { Major: >= 8, Minor: >= 9 }) Use(gpu);
                Use(CublasLtMatmulMatrixScale.OuterVec32F);
                Native.tcgen05_mma();
                Native.Multiply();
                Native.cuFuncSetAttribute(default, 8, 300 * 1024);
                Use(ccMajor == 10 ? CublasLtMatmulMatrixScale.Vec16UE4M3 : CublasLtMatmulMatrixScale.Scalar32F);
            }

            void Use(params object[] values) { }
        }

        namespace CudaArch.Annotations
        {
            class RequiresCudaFeatureAttribute(string feature) : Attribute { public string Feature => feature; }
            class RequiresCudaArchitectureAttribute(string architecture) : Attribute { public string Architecture => architecture; }
        }
        """";

    /// <summary>A gap that the build has found, and a catalog with a line that is none.</summary>
    private static readonly AnalyzerOptions Options =
        new([new MemoryText("CudaArch.Coverage.txt", "kernels\tsm_121\tNone\t\tlibkernels.so"), new MemoryText("CudaArch.Symbols.txt", "entry:my_kernel;tcgen06;nowhere")]);

    [Fact]
    public async Task The_source_of_these_tests_has_faults_of_every_kind()
    {
        ImmutableArray<Diagnostic> reports = await Run(AnalyzerRun.Framework, Idioms);

        foreach (DiagnosticDescriptor rule in AnalyzerRun.Analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).Where(rule => rule.Id != RuleIds.NotJudged))
        {
            Assert.Contains(reports, report => report.Descriptor.Equals(rule));
        }

        Assert.Contains(reports, report => report.Id == "CUDA1005" && report.GetMessage(null).Contains("'sm_100a'", StringComparison.Ordinal));
        Assert.Contains(reports, report => report.Id == "CUDA1003" && report.GetMessage(null).Contains("65636", StringComparison.Ordinal));
        Assert.Contains(reports, report => report.Id == "CUDA1004" && report.GetMessage(null).Contains("tcgen05.fence", StringComparison.Ordinal));
        Assert.Contains(reports, report => report.Id == "CUDA1004" && report.GetMessage(null).Contains("tcgen05.wait", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_source_may_end_anywhere()
    {
        for (int length = 0; length < Idioms.Length; length += 97)
        {
            await Run(AnalyzerRun.Framework, Idioms[..length]);
        }
    }

    [Fact]
    public async Task A_source_may_lack_any_part()
    {
        var random = new Random(20_261_124);
        for (int i = 0; i < 60; i++)
        {
            int start = random.Next(Idioms.Length - 1);
            await Run(AnalyzerRun.Framework, Idioms.Remove(start, random.Next(1, Math.Min(40, Idioms.Length - start))));
        }
    }

    [Fact]
    public Task A_compilation_may_have_no_references() => Run([], Idioms);

    [Fact]
    public Task A_compilation_may_have_two_of_everything() => Run(AnalyzerRun.Framework, Idioms, Idioms, "class Empty { const string A = B; }");

    [Theory]
    [InlineData("class C { const string A = B + \"-arch=sm_100a\"; const string B = A; string O => $\"-arch={A}{B}\"; }")]
    [InlineData("class C { string A => $\"-arch={B()}\"; string B() => A + \"-arch=sm_100a\"; }")]
    [InlineData("class C { static string[] A = { B[0], \"-arch=sm_100a\" }; static string[] B = A; }")]
    [InlineData("class C { string P(string a) => P(\".version 8.6\\n.target sm_100a\\n\" + P(a)); }")]
    [InlineData("class C { int major => minor; int minor => major; void M() { if (major >= minor) { var s = \"-arch=sm_100a\"; s += s; } } }")]
    [InlineData("class C : C { const int A = A + 1; string S = \"__global__ void k() { asm(\\\"\" + S + \"\\\"); }\"; }")]
    public Task Definitions_may_go_in_circles(string source) => Run(AnalyzerRun.Framework, source + " class Cuda { const string Library = \"nvcuda\"; }");

    [Fact]
    public async Task A_literal_may_be_huge()
    {
        var ptx = new StringBuilder("class C { const string Library = \"nvcuda\"; const string Ptx = @\".version 8.6\n.target sm_100a\n.visible .entry k() {\n");
        for (int i = 0; i < 200_000; i++)
        {
            ptx.Append("  add.u32 %r1, %r2, %r3; tcgen05.wait::ld.sync.aligned;\n");
        }

        ptx.Append("}\n\"; }");
        ImmutableArray<Diagnostic> reports = await Run(AnalyzerRun.Framework, ptx.ToString());
        Assert.Single(reports, report => report.Id == "CUDA1004");
    }

    [Fact]
    public async Task A_text_may_have_many_pieces()
    {
        var source = new StringBuilder("class C { const string Library = \"nvcuda\"; string S = \".version 8.6\\n.target sm_100a\\n\"");
        for (int i = 0; i < 3000; i++)
        {
            source.Append(" + \"  add.u32 %r1, %r2, %r3;\\n\"");
        }

        ImmutableArray<Diagnostic> reports = await Run(AnalyzerRun.Framework, source.Append("; }").ToString());
        Assert.Single(reports, report => report.Id == "CUDA1004");
    }

    private static Task<ImmutableArray<Diagnostic>> Run(IEnumerable<MetadataReference> references, params string[] sources) =>
        AnalyzerRun.Of(AnalyzerRun.Compile(references, sources), Options);
}
