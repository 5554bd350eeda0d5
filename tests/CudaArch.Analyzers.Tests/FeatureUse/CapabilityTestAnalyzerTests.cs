using CudaArch.Analyzers.FeatureUse;
using CudaArch.Analyzers.Tests.Robustness;
using CudaArch.Analyzers.Tests.Testing;
using CudaArch.CodeFixes.Guards;
using CudaArch.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;

namespace CudaArch.Analyzers.Tests.FeatureUse;

/// <summary>CUDA1005: by both analyzers that report it.</summary>
public sealed class CapabilityTestAnalyzerTests
{
    private const string Rest = """

        class Device { public Version ComputeCapability => null!; public int ComputeCapabilityMajor => 0; public int ComputeCapabilityMinor => 0; }
        enum CublasLtMatmulMatrixScale { Scalar32F, Vec16UE4M3 }
        static class Native
        {
            [DllImport("kernels")] public static extern int tcgen05_mma();
            [DllImport("kernels")] public static extern int wgmma_mma();
            [DllImport("kernels")] public static extern int gemm_sm100a();
            [DllImport("nvcuda")] public static extern int cuDeviceGetAttribute(out int value, int attribute, int device);
            [DllImport("nvcuda")] public static extern int cuFuncSetAttribute(nint function, int attribute, int value);
        }
        """;

    /// <summary>Tests that let the default target through to what fails there: the test is reported, and not what stands behind it.</summary>
    [Theory]
    [InlineData("void M(int major, int minor) { if ({|CUDA1005:major >= 10|}) { Native.tcgen05_mma(); Native.tcgen05_mma(); } }")]
    [InlineData("void M(Device d) { if ({|CUDA1005:d.ComputeCapabilityMajor < 10|}) return; Native.tcgen05_mma(); }")]
    [InlineData("void M(Device d, bool ready) { if (ready && {|CUDA1005:d.ComputeCapability >= new Version(10, 0)|}) Native.tcgen05_mma(); }")]
    [InlineData("int M(int major, int minor) => {|CUDA1005:major > 9|} ? Native.tcgen05_mma() : 0;")]
    [InlineData("void M(int major, int minor) { if ({|CUDA1005:major >= 9|}) Native.wgmma_mma(); }")]
    [InlineData("void M(int major, int minor) { if ({|CUDA1005:major >= 9|}) Native.cuFuncSetAttribute(0, 8, 227 * 1024); }")]
    [InlineData("void M(int major, int minor) { if ({|CUDA1005:major >= 10|}) { A(); B(); } } void A() => Native.tcgen05_mma(); void B() => Native.tcgen05_mma();")]
    [InlineData("static bool Has(int major) => major >= 10; void M(Device d) { if ({|CUDA1005:Has(d.ComputeCapabilityMajor)|}) Native.tcgen05_mma(); }")]
    [InlineData("void M(int major, int minor) { if (major >= 9) {|CUDA1001:Native.tcgen05_mma|}(); }")]
    [InlineData("void M(int major, int minor) { if (major < 7) throw new Exception(); {|CUDA1001:Native.tcgen05_mma|}(); }")]
    [InlineData("void M(int major, int minor) { if (major == 12) {|CUDA1001:Native.tcgen05_mma|}(); }")]
    [InlineData("void M(int major, int minor) { if (minor > 0) {|CUDA1001:Native.gemm_sm100a|}(); }")]
    [InlineData("void M(int major, int minor) { if (major is 10 or 11) Native.tcgen05_mma(); }")]
    [InlineData("void M(int major, int minor) { if (major >= 10) Console.WriteLine(\"graphs\"); }")]
    public Task A_test_that_lets_the_target_through_is_reported(string members) => Check<FeatureUseAnalyzer>(members);

    /// <summary>Tests that keep the default target from what works there.</summary>
    [Theory]
    [InlineData("object M(int major, int minor) { if ({|CUDA1005:major == 10|}) return CublasLtMatmulMatrixScale.Vec16UE4M3; return CublasLtMatmulMatrixScale.Scalar32F; }")]
    [InlineData("object M(int major, int minor) { if ({|CUDA1005:(major, minor) == (10, 0)|}) return CublasLtMatmulMatrixScale.Vec16UE4M3; return 0; }")]
    [InlineData("object M(int major, int minor) { if (major >= 10) return CublasLtMatmulMatrixScale.Vec16UE4M3; return 0; }")]
    [InlineData("object M(int major, int minor) { if (major == 10) return CublasLtMatmulMatrixScale.Vec16UE4M3; if (major == 12) return CublasLtMatmulMatrixScale.Scalar32F; return 0; }")]
    [InlineData("object M(int major, int minor) { if (major == 10) return CublasLtMatmulMatrixScale.Vec16UE4M3; return CublasLtMatmulMatrixScale.Vec16UE4M3; }")]
    public Task A_test_that_shuts_the_target_out_is_reported(string members) => Check<FeatureUseAnalyzer>(members);

    /// <summary>Tests of the numbers one by one.</summary>
    [Theory]
    [InlineData("bool HasFp8OnGpu(int major, int minor) => {|CUDA1005:major >= 8 && minor >= 9|};", null)]
    [InlineData("bool M(Device d) => {|CUDA1005:d.ComputeCapability.Major >= 8 && d.ComputeCapability.Minor >= 6|};", null)]
    [InlineData("void CheckDevice(int major, int minor) { if ({|CUDA1005:major < 7 || minor < 5|}) throw new Exception(); }", null)]
    [InlineData("bool M(Device d) => {|CUDA1005:d.ComputeCapabilityMajor >= 8 && d.ComputeCapabilityMinor >= 9|};", "sm_90")]
    [InlineData("bool M(Device d) { var (major, minor) = (d.ComputeCapabilityMajor, d.ComputeCapabilityMinor); return {|CUDA1005:major >= 8 && minor >= 9|}; }", null)]
    [InlineData("bool M(int device) { Native.cuDeviceGetAttribute(out int major, 75, device); Native.cuDeviceGetAttribute(out int minor, 76, device); return {|CUDA1005:major >= 8 && minor >= 9|}; }", null)]
    [InlineData("bool M(Device d) => (d.ComputeCapabilityMajor, d.ComputeCapabilityMinor) is {|CUDA1005:(>= 8, >= 9)|};", null)]
    [InlineData("bool M(Device d) => d.ComputeCapability is {|CUDA1005:{ Major: >= 8, Minor: >= 9 }|};", null)]
    [InlineData("bool M(Device d) => d is { ComputeCapability: {|CUDA1005:{ Major: >= 8, Minor: >= 9 }|} };", null)]
    [InlineData("bool M(Device d) => d.ComputeCapability is not {|CUDA1005:{ Major: >= 8, Minor: >= 9 }|};", null)]
    [InlineData("string M((int Major, int Minor) capability) => capability switch { {|CUDA1005:(>= 8, >= 9)|} => \"fp8\", _ => \"fp16\" };", null)]
    [InlineData("string M(Capability capability) { switch (capability) { case {|CUDA1005:(>= 8, >= 9)|}: return \"fp8\"; default: return \"fp16\"; } } record struct Capability(int Major, int Minor);", null)]
    [InlineData("string M((int Major, int Minor) capability) => capability switch { (>= 9, _) => \"fp8\", (>= 8, >= 9) => \"fp8\", _ => \"fp16\" };", null)]
    [InlineData("string M((int Major, int Minor) capability) => capability switch { (>= 8, >= 9) => \"ada\", (>= 9, _) => \"hopper\", _ => \"fp16\" };", null)]
    [InlineData("bool M(Device d) => d.ComputeCapability is { Major: 8, Minor: >= 9 };", null)]
    [InlineData("bool M(Version toolkitVersion) => toolkitVersion is { Major: >= 8, Minor: >= 9 };", null)]
    [InlineData("bool HasFp8OnGpu(int major, int minor) => major >= 9 || (major >= 8 && minor >= 9);", null)]
    [InlineData("int Of(Device d) { int major = d.ComputeCapabilityMajor, minor = d.ComputeCapabilityMinor; if (major >= 8 && minor >= 9) return 1; else if (major >= 9) return 2; return 0; }", null)]
    [InlineData("int Of(Device d) { int major = d.ComputeCapabilityMajor, minor = d.ComputeCapabilityMinor; if ({|CUDA1005:major >= 8 && minor >= 9|}) return 1; else if (major >= 8) return 2; return 0; }", null)]
    [InlineData("bool OfGpu(int major, int minor) => major >= 12 && minor >= 1;", null)]
    [InlineData("bool OfGpu(int major, int minor) => major >= 8 && minor >= 1;", null)]
    [InlineData("bool OfGpu(int major, int minor) => major == 8 && minor >= 9;", null)]
    [InlineData("bool OfGpu(int major, int minor) => major > 8 || (major == 8 && minor >= 9);", null)]
    [InlineData("bool OfGpu(int major, int minor) => major >= 8 && minor >= 9;", "sm_89")]
    [InlineData("bool M(Version osVersion) => osVersion.Major >= 10 && osVersion.Minor >= 15;", null)]
    [InlineData("bool M(string system) { int major = int.Parse(system), minor = major; return major >= 10 && minor >= 13; }", null)]
    [InlineData("bool M(Version driverVersion) => driverVersion.Major >= 8 && driverVersion.Minor >= 9;", null)]
    [InlineData("bool HasVulkan(int major, int minor) => major >= 1 && minor >= 2;", null)]
    [InlineData("bool M(int major, int minor) => major >= 8 && minor >= 9;", null)]
    [InlineData("bool M(int v) { int major = v / 1000, minor = v % 1000 / 100; /* cuDNN of this device */ return major >= 8 && minor >= 9; }", null)]
    [InlineData("bool M() { var v = Environment.OSVersion.Version; int major = v.Major, minor = v.Minor; /* cuda */ return major >= 10 && minor >= 3; }", null)]
    [InlineData("bool M(int cudaMajor, int cudaMinor) => cudaMajor >= 8 && cudaMinor >= 9;", null)]
    public Task A_test_of_the_numbers_one_by_one_is_reported(string members, string? targets) => Check<CapabilityTestAnalyzer>(members, targets);

    /// <summary>A test that comes out wrongly for the target, which then gets what it would have got.</summary>
    [Theory]
    [InlineData("static int OfGpu(int major, int minor) => (major, minor) switch { (>= 8, >= 9) => 512, (>= 8, >= 0) => 512, _ => 64 };")]
    [InlineData("static int OfGpu(int major, int minor) => major >= 8 && minor >= 9 ? 512 : major >= 8 ? 512 : 256;")]
    [InlineData("static int OfGpu(int major, int minor) { if (major >= 8 && minor >= 9) return 512; if (major >= 7) { return 512; } return 64; }")]
    [InlineData("static int OfGpu(int major, int minor) { int size = 512; if (major < 8 || minor < 9) size = 512; return size; }")]
    [InlineData("static string OfGpu(int major, int minor) { string name; switch ((major, minor)) { case (>= 8, >= 9): name = \"new\"; break; case (>= 8, _): name = \"ne\" + \"w\"; break; default: name = \"old\"; break; } return name; }")]
    [InlineData("readonly int size; C(Device d) { size = d.ComputeCapabilityMajor >= 8 && d.ComputeCapabilityMinor >= 9 ? 2 : 2; }")]
    [InlineData("static void OfGpu(int major, int minor) { if (major >= 8 && minor >= 9) Console.WriteLine(major); else if (major >= 8) { Console.WriteLine(major); } }")]
    [InlineData("static Func<int> OfGpu(int major, int minor) => () => major >= 8 && minor >= 9 ? Environment.ProcessorCount : Environment.ProcessorCount;")]
    public Task A_test_without_consequence_is_quiet(string members) => Check<CapabilityTestAnalyzer>(members);

    [Theory]
    [InlineData("static int OfGpu(int major, int minor) => (major, minor) switch { {|CUDA1005:(>= 8, >= 9)|} => 512, (>= 8, >= 0) => 256, _ => 64 };")]
    [InlineData("static int OfGpu(int major, int minor) => {|CUDA1005:major >= 8 && minor >= 9|} ? 512 : major >= 8 ? 256 : 512;")]
    [InlineData("static int OfGpu(int major, int minor) { int size = 512; if ({|CUDA1005:major < 8 || minor < 9|}) size = 256; return size; }")]
    [InlineData("static int OfGpu(int major, int minor, int[] sizes) { int size = 512; if ({|CUDA1005:major < 8 || minor < 9|}) size = 256; return sizes[size]; }")]
    [InlineData("static void OfGpu(int major, int minor, int[] sizes) { sizes[0] = {|CUDA1005:major >= 8 && minor >= 9|} ? 1 : 2; }")]
    [InlineData("static void OfGpu(int major, int minor, int[] sizes) { sizes[0] += {|CUDA1005:major >= 8 && minor >= 9|} ? 1 : 2; }")]
    [InlineData("static void OfGpu(int major, int minor) { if ({|CUDA1005:major >= 8 && minor >= 9|}) Console.WriteLine(major); else if (major >= 8) Console.WriteLine(minor); }")]
    [InlineData("static int OfGpu(int major, int minor) { if ({|CUDA1005:major >= 8 && minor >= 9|}) { Console.Write(1); return 512; } if (major >= 7) { return 512; } return 64; }")]
    [InlineData("static void OfGpu(int major, int minor) { while (true) { if ({|CUDA1005:major >= 8 && minor >= 9|}) { break; } else if (major >= 8) { continue; } Console.Write(1); } }")]
    [InlineData("static Func<int> OfGpu(int major, int minor) => () => {|CUDA1005:major >= 8 && minor >= 9|} ? 1 : 2;")]
    [InlineData("static int OfGpu(int major, int minor, int a, int b) => {|CUDA1005:major >= 8 && minor >= 9|} ? a : b;")]
    public Task A_test_with_a_consequence_is_reported(string members) => Check<CapabilityTestAnalyzer>(members);

    [Fact]
    public Task The_messages_name_target_and_remedy()
    {
        var test = new CudaTest<FeatureUseAnalyzer>(Wrap("void M(int major, int minor) { if ({|#0:major >= 9|}) Native.wgmma_mma(); }"));
        test.ExpectedDiagnostics.Add(Expected(
            "'major >= 9' lets sm_121 through to 'wgmma_mma', which needs warpgroup matrix multiply (wgmma), which sm_121 lacks; it exists on sm_90a; use warp-level mma.sync"));
        return test.RunAsync();
    }

    [Fact]
    public Task The_message_of_a_test_number_by_number_says_what_to_write()
    {
        var test = new CudaTest<CapabilityTestAnalyzer>(Wrap("bool OfGpu(int major, int minor) => {|#0:major >= 8 && minor >= 9|};"), "sm_90,sm_121");
        test.ExpectedDiagnostics.Add(Expected(
            "'major >= 8 && minor >= 9' compares the numbers each on its own: sm_90 and sm_121 are newer than 8.9 and do not count as such; write 'major > 8 || (major == 8 && minor >= 9)'"));
        return test.RunAsync();
    }

    [Theory]
    [InlineData("if ({|CUDA1005:major >= 10|}) Native.tcgen05_mma();", "if (major is 10 or 11) Native.tcgen05_mma();")]
    [InlineData("if ({|CUDA1005:major < 10|}) return; Native.tcgen05_mma();", "if (major is not (10 or 11)) return; Native.tcgen05_mma();")]
    [InlineData("if (d != null && {|CUDA1005:9 < major|}) Native.tcgen05_mma();", "if (d != null && (major is 10 or 11)) Native.tcgen05_mma();")]
    [InlineData("if ({|CUDA1005:d.ComputeCapability >= new Version(10, 0)|}) Native.tcgen05_mma();", "if (d.ComputeCapability.Major is 10 or 11) Native.tcgen05_mma();")]
    public Task An_exact_test_is_written(string body, string fixedBody) => Verify.Fix<FeatureUseAnalyzer, CapabilityTestCodeFixProvider>(
        Wrap("void M(Device d, int major, int minor) { " + body + " }"), Wrap("void M(Device d, int major, int minor) { " + fixedBody + " }"));

    [Theory]
    [InlineData("{|CUDA1005:major >= 8 && minor >= 9|}", "major > 8 || (major == 8 && minor >= 9)")]
    [InlineData("!({|CUDA1005:major < 7 || minor < 5|})", "!(major < 7 || (major == 7 && minor < 5))")]
    [InlineData("{|CUDA1005:major >= 8 && minor >= 9|} && d != null", "(major > 8 || (major == 8 && minor >= 9)) && d != null")]
    [InlineData("(major, minor) is {|CUDA1005:(>= 8, >= 9)|}", "(major, minor) is (> 8, _) or (8, >= 9)")]
    [InlineData("(major, minor) is not {|CUDA1005:(>= 8, >= 9)|}", "(major, minor) is not ((> 8, _) or (8, >= 9))")]
    [InlineData("d.ComputeCapability is {|CUDA1005:{ Major: >= 8, Minor: >= 9 }|}", "d.ComputeCapability is { Major: > 8 } or { Major: 8, Minor: >= 9 }")]
    public Task A_test_of_both_numbers_is_written(string test, string fixedTest) => Verify.Fix<CapabilityTestAnalyzer, CapabilityTestCodeFixProvider>(
        Wrap($"bool OfGpu(Device d, int major, int minor) => {test};"), Wrap($"bool OfGpu(Device d, int major, int minor) => {fixedTest};"));

    [Theory]
    [InlineData("class C { bool M(int major, int minor) => major >= && minor >= 9; bool N(int major) => major >= 8 && minor >= X; }")]
    [InlineData("class C { const int A = B + 1; const int B = A; bool M(int major, int minor) => major >= A && minor >= B; }")]
    public async Task Broken_code_is_survived(string source)
    {
        await AnalyzerRun.Of(AnalyzerRun.Framework, source);
        await AnalyzerRun.Of([], source);
    }

    private static DiagnosticResult Expected(string message) => new DiagnosticResult(RuleIds.CapabilityTest, DiagnosticSeverity.Warning).WithLocation(0).WithOptions(DiagnosticOptions.IgnoreAdditionalLocations).WithMessage(message);

    private static Task Check<TAnalyzer>(string members, string? targets = null)
        where TAnalyzer : Microsoft.CodeAnalysis.Diagnostics.DiagnosticAnalyzer, new() => Verify.Analyzer<TAnalyzer>(Wrap(members), targets);

    private static string Wrap(string members) => "using System;\nusing System.Runtime.InteropServices;\nclass C\n{\n" + members + "\n}" + Rest;
}
