using System.Collections.Immutable;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CudaArch.Analyzers.Tests.Robustness;

/// <summary>A wrong test of the device behind which several rules find something is reported once, in the same words whichever rule comes to it first.</summary>
public sealed class OneReportATestTests
{
    private const string Rest = """

        class Device { public int ComputeCapabilityMajor => 0; }
        static class Native
        {
            [DllImport("kernels")] public static extern int tcgen05_mma();
            [DllImport("nvrtc")] public static extern int nvrtcCompileProgram(IntPtr program, int count, string[] options);
            [DllImport("nvcuda")] public static extern int cuModuleLoadData(out IntPtr module, string image);
        }
        """;

    [Theory]
    [InlineData("Native.tcgen05_mma(); Native.nvrtcCompileProgram(default, 1, new[] { \"-arch=sm_100a\" });", "'sm_100a', which asks for")]
    [InlineData("Native.nvrtcCompileProgram(default, 1, new[] { \"-arch=sm_100a\" }); Native.cuModuleLoadData(out _, \".version 8.6\\n.target sm_100a\\n.visible .entry k() { ret; }\");", "PTX that does not run there")]
    [InlineData("Native.tcgen05_mma(); Native.cuModuleLoadData(out _, \".version 8.6\\n.target sm_100a\\n.visible .entry k() { ret; }\");", "PTX that does not run there")]
    public async Task The_order_of_the_analyzers_does_not_matter(string guarded, string words)
    {
        Compilation compilation = AnalyzerRun.Compile(
            AnalyzerRun.Framework, "using System;\nusing System.Runtime.InteropServices;\nclass C { void M(Device d) { if (d.ComputeCapabilityMajor >= 10) { " + guarded + " } } }" + Rest);
        foreach (ImmutableArray<DiagnosticAnalyzer> analyzers in new[] { AnalyzerRun.Analyzers, [.. AnalyzerRun.Analyzers.Reverse()] })
        {
            // A compilation of its own, so that nothing is known from the run before.
            var options = new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: false, logAnalyzerExecutionTime: false);
            ImmutableArray<Diagnostic> reports = await compilation.Clone().WithAnalyzers(analyzers, options).GetAnalyzerDiagnosticsAsync();

            Diagnostic report = Assert.Single(reports);
            Assert.Equal("CUDA1005", report.Id);
            Assert.Contains(words, report.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        }
    }
}
