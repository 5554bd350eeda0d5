using CudaArch.Analyzers.EmbeddedSource;
using CudaArch.Analyzers.OptionStrings;
using CudaArch.Analyzers.Tests.Robustness;
using CudaArch.Analyzers.Tests.Testing;
using CudaArch.CodeFixes.Guards;
using CudaArch.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;

namespace CudaArch.Analyzers.Tests.EmbeddedSource;

/// <summary>CUDA1005 at the test that lets a target through to a text, and not CUDA1003 or CUDA1004 at the text.</summary>
public sealed class TestBeforeTextTests
{
    private const string Rest = """

        class Device { public Version ComputeCapability => null!; public int ComputeCapabilityMajor => 0; public int ComputeCapabilityMinor => 0; }
        enum CUjit_target { Compute_90 = 90, Compute_100 = 100, Compute_100A = 65636, Compute_121 = 121 }
        static class Native
        {
            [DllImport("nvrtc")] public static extern int nvrtcCompileProgram(nint program, int count, string[] options);
            [DllImport("nvcuda")] public static extern int cuModuleLoadData(out nint module, string image);
            [DllImport("kernels")] public static extern int tcgen05_mma();
        }
        """;

    [Theory]
    [InlineData("string M(int major, int minor) { if ({|CUDA1005:major >= 10|}) return \"sm_100a\"; return \"sm_121\"; }")]
    [InlineData("string M(int major, int minor) { if ({|CUDA1005:major < 10|}) return \"sm_121\"; return \"sm_100a\"; }")]
    [InlineData("string M(int major, int minor) => {|CUDA1005:major >= 10|} ? \"--gpu-architecture=sm_100a\" : \"--gpu-architecture=sm_121\";")]
    [InlineData("string M(int major, int minor) => major switch { {|CUDA1005:>= 10|} => \"sm_100a\", _ => \"sm_121\" };")]
    [InlineData("string M(int major, int minor) => (major, minor) switch { {|CUDA1005:(>= 10, _)|} => \"sm_100a\", _ => \"sm_121\" };")]
    [InlineData("string M(int major, int minor) { switch (major) { case {|CUDA1005:>= 10|}: return \"sm_100a\"; default: return \"sm_121\"; } }")]
    [InlineData("void M(int major, int minor) { if ({|CUDA1005:major >= 10|}) Native.nvrtcCompileProgram(0, 1, new[] { \"--gpu-architecture=sm_100a\" }); }")]
    [InlineData("string M(Device device) { string arch = \"sm_121\"; if ({|CUDA1005:device.ComputeCapabilityMajor >= 10|}) arch = \"sm_100a\"; return arch; }")]
    [InlineData("string M(Device device) { if ({|CUDA1005:device.ComputeCapability >= new Version(10, 0)|}) return \"-arch=sm_100a\"; return \"\"; }")]
    [InlineData("string M(int computeCapability) { if ({|CUDA1005:computeCapability >= 100|}) return \"sm_100a\"; return \"sm_121\"; }")]
    [InlineData("string M(int major, int minor) { if ({|CUDA1005:major is >= 10|}) return \"sm_100a\"; return \"sm_121\"; }")]
    [InlineData("string M(int major, int minor, bool fast) { if (fast && {|CUDA1005:major > 9|}) return \"-gencode arch=compute_100f,code=sm_100f\"; return \"\"; }")]
    [InlineData("const string Hopper = \"-arch=sm_90a\"; string M(int major, int minor) { if ({|CUDA1005:major >= 9|}) return Hopper; return \"\"; }")]
    [InlineData("string M(int major, int minor) { if ({|CUDA1005:major >= 10|}) return B(); return \"\"; } string B() => \"--gpu-architecture=sm_100a\";")]
    [InlineData("string M(int major, int minor) { if (major >= 12) return \"sm_120\"; if (major >= 10) return \"sm_100a\"; return \"sm_80\"; }")]
    [InlineData("string M(int major, int minor) { if (major >= 9) return \"-arch={|CUDA1003:sm_100a|}\"; return \"compute_80\"; }")]
    [InlineData("string M(int major, int minor) { if (major is 10 or 11) return \"sm_100f\"; return \"sm_121\"; }")]
    [InlineData("string M(int major, int minor) { if (major >= 9) return \"compute_90\"; return \"compute_80\"; }")]
    public Task Before_an_option(string members) => Check<OptionStringAnalyzer>(members);

    [Theory]
    [InlineData("CUjit_target M(int major, int minor) { if ({|CUDA1005:major >= 10|}) return CUjit_target.Compute_100A; return CUjit_target.Compute_121; }")]
    [InlineData("CUjit_target M(int major, int minor) => major switch { {|CUDA1005:>= 10|} => CUjit_target.Compute_100A, _ => CUjit_target.Compute_121 };")]
    [InlineData("CUjit_target M(int major, int minor) => {|CUDA1005:major >= 9|} ? CUjit_target.Compute_90 : (CUjit_target)80;")]
    [InlineData("CUjit_target M(int major, int minor) => major == 10 ? CUjit_target.Compute_100A : CUjit_target.Compute_121;")]
    public Task Before_a_JIT_target(string members) => Check<JitTargetAnalyzer>(members);

    [Theory]
    [InlineData("void M(int major, int minor) { if ({|CUDA1005:major >= 10|}) Native.cuModuleLoadData(out _, \".version 8.6\\n.target sm_100a\\n.address_size 64\\n\"); }")]
    [InlineData("void M(int major, int minor) { var ptx = {|CUDA1005:major >= 9|} ? \".version 8.0\\n.target sm_90a\\n.address_size 64\\n\" : \".version 7.0\\n.target sm_80\\n.address_size 64\\n\"; Native.cuModuleLoadData(out _, ptx); }")]
    [InlineData("void M(int major, int minor) { if (major >= 10) Native.cuModuleLoadData(out _, \".version {|CUDA1004:7.0|}\\n.target sm_121\\n.address_size 64\\n\"); }")]
    public Task Before_PTX(string members) => Check<PtxLiteralAnalyzer>(members);

    [Theory]
    [InlineData("string M(int major, int minor) { if ({|CUDA1005:major >= 10|}) return \"extern \\\"C\\\" __global__ void k() { asm volatile(\\\"tcgen05.wait::ld.sync.aligned;\\\"); }\"; return \"\"; }")]
    public Task Before_CUDA_Cpp(string members) => Check<CudaCppLiteralAnalyzer>(members);

    [Theory]
    [InlineData("if ({|CUDA1005:major >= 10|}) return \"sm_100a\"; return \"sm_121\";", "if (major == 10 && minor == 0) return \"sm_100a\"; return \"sm_121\";")]
    [InlineData("if ({|CUDA1005:major is >= 10|}) return \"sm_100f\"; return \"sm_121\";", "if (major == 10) return \"sm_100f\"; return \"sm_121\";")]
    [InlineData("if ({|CUDA1005:smVersion >= 100|}) return \"sm_100f\"; return \"sm_121\";", "if (smVersion is 100 or 103 or 107) return \"sm_100f\"; return \"sm_121\";")]
    [InlineData("if ({|CUDA1005:d.ComputeCapability >= new Version(10, 0)|}) return \"sm_100a\"; return \"\";", "if (d.ComputeCapability.Major == 10 && d.ComputeCapability.Minor == 0) return \"sm_100a\"; return \"\";")]
    [InlineData("return major switch { {|CUDA1005:>= 10|} => \"sm_100f\", _ => \"sm_121\" };", "return major switch { 10 => \"sm_100f\", _ => \"sm_121\" };")]
    [InlineData("return (major, minor) switch { {|CUDA1005:(>= 10, _)|} => \"sm_100a\", _ => \"sm_121\" };", "return (major, minor) switch { (10, 0) => \"sm_100a\", _ => \"sm_121\" };")]
    [InlineData("return d.ComputeCapability switch { {|CUDA1005:{ Major: >= 10 }|} => \"sm_100a\", _ => \"sm_121\" };", "return d.ComputeCapability switch { { Major: 10, Minor: 0 } => \"sm_100a\", _ => \"sm_121\" };")]
    [InlineData("switch (major) { case {|CUDA1005:>= 10|}: return \"sm_100f\"; default: return \"sm_121\"; }", "switch (major) { case 10: return \"sm_100f\"; default: return \"sm_121\"; }")]
    public Task An_exact_test_is_written(string body, string fixedBody) => Verify.Fix<OptionStringAnalyzer, CapabilityTestCodeFixProvider>(
        Wrap("string M(Device d, int major, int minor, int smVersion) { " + body + " }"), Wrap("string M(Device d, int major, int minor, int smVersion) { " + fixedBody + " }"));

    [Fact]
    public Task The_message_names_target_text_and_owners()
    {
        var test = new CudaTest<OptionStringAnalyzer>(Wrap("string M(int major, int minor) { if ({|#0:major >= 10|}) return \"sm_100a\"; return \"sm_121\"; }"));
        test.ExpectedDiagnostics.Add(new DiagnosticResult(RuleIds.CapabilityTest, DiagnosticSeverity.Warning).WithLocation(0).WithOptions(DiagnosticOptions.IgnoreAdditionalLocations)
            .WithMessage("'major >= 10' lets sm_121 through to 'sm_100a', which asks for a cubin for sm_100a; it runs on sm_100 only"));
        return test.RunAsync();
    }

    [Fact]
    public async Task One_test_before_several_kinds_of_things_is_one_report()
    {
        string source = Wrap("string M(int major, int minor) { if (major >= 10) { Native.tcgen05_mma(); Native.cuModuleLoadData(out _, \".version 8.6\\n.target sm_100a\\n\"); return \"-arch=sm_100a\"; } return \"\"; }");
        IEnumerable<Diagnostic> reports = await AnalyzerRun.Of(AnalyzerRun.Framework, source);
        Assert.Single(reports, report => report.Id.StartsWith("CUDA", StringComparison.Ordinal) && report.Id != RuleIds.MalformedConfiguration);
    }

    private static Task Check<TAnalyzer>(string members)
        where TAnalyzer : Microsoft.CodeAnalysis.Diagnostics.DiagnosticAnalyzer, new() => Verify.Analyzer<TAnalyzer>(Wrap(members));

    private static string Wrap(string members) => "using System;\nusing System.Runtime.InteropServices;\nclass C\n{\n" + members + "\n}" + Rest;
}
