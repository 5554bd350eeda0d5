using CudaArch.Analyzers.FeatureUse;
using CudaArch.Analyzers.Tests.Robustness;
using CudaArch.Analyzers.Tests.Testing;
using CudaArch.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;

namespace CudaArch.Analyzers.Tests.FeatureUse;

public sealed class FeatureUseAnalyzerTests
{
    private const string Lacks = ", which sm_121 lacks; it exists on ";
    private const string Tcgen05 =
        "needs fifth-generation tensor core instructions and tensor memory (tcgen05)" + Lacks
        + "sm_100a/f, sm_103a/f, sm_107a/f, sm_110a/f; use warp-level mma.sync with accumulators in registers";

    private const string Usings = """
        using System;
        using System.Runtime.CompilerServices;
        using System.Runtime.InteropServices;

        """;

    private static readonly string Native = """

        static unsafe partial class Native
        {
            [DllImport("flashinfer")] public static extern int trtllm_paged_attention_decode(IntPtr q);
            [DllImport("kernels")] public static extern int gemm_tcgen05(IntPtr a);
            [DllImport("kernels", EntryPoint = "gemm_tcgen05")] public static extern int Gemm(IntPtr a);
            [DllImport("kernels")] public static extern bool gemm_tcgen05_supported();
            [DllImport("kernels")] public static extern int gemm_sm120a(IntPtr a);
            [DllImport("cublasLt")] public static extern int cublasLtMatmulDescSetAttribute(IntPtr desc, int attribute, ref int value, nuint size);
            [DllImport("cublasLt", EntryPoint = "cublasLtMatmulDescSetAttribute")] public static extern int Set(IntPtr desc, Attribute attribute, int* value, nuint size);
            [DllImport("cublasLt")] public static extern int cublasLtMatrixLayoutCreate(out IntPtr layout, DataType type, ulong rows, ulong columns, long ld);
            [DllImport("nvcuda")] public static extern int cuCtxSetLimit(int limit, nuint value);
            [DllImport("nvcuda")] public static extern int cuFuncSetAttribute(IntPtr function, int attribute, int value);
            [DllImport("nvcuda")] public static extern int cuDeviceGetAttribute(out int value, int attribute, int device);
        }
        enum Attribute { AScaleMode = 31, BScaleMode = 32, Epilogue = 7 }
        enum DataType { R_16F = 2, R_8F_E4M3 = 28, R_6F_E2M3 = 31, R_4F_E2M1 = 33 }
        enum cublasLtMatmulMatrixScale_t
        {
            CUBLASLT_MATMUL_MATRIX_SCALE_SCALAR_32F, CUBLASLT_MATMUL_MATRIX_SCALE_VEC16_UE4M3, CUBLASLT_MATMUL_MATRIX_SCALE_VEC32_UE8M0,
            CUBLASLT_MATMUL_MATRIX_SCALE_OUTER_VEC_32F, CUBLASLT_MATMUL_MATRIX_SCALE_VEC128_32F, CUBLASLT_MATMUL_MATRIX_SCALE_BLK128x128_32F,
            CUBLASLT_MATMUL_MATRIX_SCALE_PER_BATCH_SCALAR_32F,
        }
        enum CublasLtMatmulMatrixScale { Scalar32F, Vec16UE4M3, Vec32UE8M0, OuterVec32F, Vec128_32F, Blk128x128_32F }
        """;

    /// <summary>Uses that fail on the default target, marked.</summary>
    [Theory]
    [InlineData("void M() => {|CUDA1001:Native.gemm_tcgen05|}(0);")]
    [InlineData("void M() => {|CUDA1001:Native.Gemm|}(0);")]
    [InlineData("void M() => {|CUDA1001:Native.trtllm_paged_attention_decode|}(0);")]
    [InlineData("Func<IntPtr, int> F = {|CUDA1001:Native.gemm_tcgen05|};")]
    [InlineData("void M() { Func<IntPtr, int> f = {|CUDA1001:Native.gemm_tcgen05|}; f(0); }")]
    [InlineData("unsafe void M() { delegate*<IntPtr, int> f = &{|CUDA1001:Native.gemm_tcgen05|}; f(0); }")]
    [InlineData("void M(IntPtr l) => NativeLibrary.GetExport(l, {|CUDA1001:\"sm100_bf16_gemm\"|});")]
    [InlineData("bool M(IntPtr l) => NativeLibrary.TryGetExport(l, {|CUDA1001:\"gemm_sm90a\"|}, out _);")]
    [InlineData("const string Name = \"umma_\" + \"mma\"; void M(IntPtr l) { var f = Marshal.GetDelegateForFunctionPointer<Action>(NativeLibrary.GetExport(l, {|CUDA1001:Name|})); }")]
    [InlineData("T Load<T>(string name) => Marshal.GetDelegateForFunctionPointer<T>(NativeLibrary.GetExport(default, name)); void M() => Load<Action>({|CUDA1001:\"fmha_cutlass_sm100\"|});")]
    [InlineData("[DllImport(\"k\")] static extern IntPtr dlsym(IntPtr h, string name); void M() => dlsym(0, {|CUDA1001:\"utccp_copy\"|});")]
    [InlineData("void M() => Native.cuCtxSetLimit({|CUDA1001:3|}, 4);")]
    [InlineData("[DllImport(\"libcublasLt.so.13\")] static extern int cublasLtGroupedMatrixLayoutCreate(out IntPtr l); void M() => {|CUDA1001:cublasLtGroupedMatrixLayoutCreate|}(out _);")]
    public Task A_use_of_what_the_target_lacks_is_reported(string members) => Check(members);

    /// <summary>The formats and scales of libraries that 12.x lacks.</summary>
    [Theory]
    [InlineData("void M() { int mode = 3; Native.cublasLtMatmulDescSetAttribute(0, 31, {|CUDA1002:ref mode|}, 4); }")]
    [InlineData("unsafe void M() { int mode = 5; Native.Set(0, Attribute.BScaleMode, {|CUDA1002:&mode|}, 4); }")]
    [InlineData("unsafe void M() { var mode = {|CUDA1002:CublasLtMatmulMatrixScale.Vec128_32F|}; Native.Set(0, Attribute.BScaleMode, (int*)&mode, 4); }")]
    [InlineData("object M() => {|CUDA1002:cublasLtMatmulMatrixScale_t.CUBLASLT_MATMUL_MATRIX_SCALE_OUTER_VEC_32F|};")]
    [InlineData("object M(bool b) => b ? {|CUDA1002:CublasLtMatmulMatrixScale.Blk128x128_32F|} : CublasLtMatmulMatrixScale.Scalar32F;")]
    [InlineData("const int CUBLASLT_MATMUL_MATRIX_SCALE_PER_BATCH_SCALAR_32F = 6; int M() => {|CUDA1002:CUBLASLT_MATMUL_MATRIX_SCALE_PER_BATCH_SCALAR_32F|};")]
    [InlineData("void M() => Native.cublasLtMatrixLayoutCreate(out _, {|CUDA1002:DataType.R_6F_E2M3|}, 1, 1, 1);")]
    [InlineData("static CublasLtMatmulMatrixScale Of(int m) => m switch { 0 => CublasLtMatmulMatrixScale.Scalar32F, 1 => CublasLtMatmulMatrixScale.Vec128_32F, _ => throw null! };"
        + "void M() { int mode = (int)Of(1); Native.cublasLtMatmulDescSetAttribute(0, 31, {|CUDA1002:ref mode|}, 4); }")]
    public Task A_format_that_the_target_lacks_is_reported(string members) => Check(members);

    /// <summary>What works on the default target, or does not use anything.</summary>
    [Theory]
    [InlineData("void M() => Native.gemm_sm120a(0);")]
    [InlineData("bool M() => Native.gemm_tcgen05_supported();")]
    [InlineData("string M() => nameof(Native.gemm_tcgen05);")]
    [InlineData("/// <see cref=\"Native.gemm_tcgen05\"/>\nvoid M() { }")]
    [InlineData("void M(IntPtr l) => NativeLibrary.GetExport(l, \"block_scale_interleave_sm100\");")]
    [InlineData("void M(IntPtr l) => NativeLibrary.GetExport(l, \"cutlass_scaled_fp4_mm\");")]
    [InlineData("void M() => Console.WriteLine(\"sm100_bf16_gemm\");")]
    [InlineData("void M() { int mode = 1; Native.cublasLtMatmulDescSetAttribute(0, 31, ref mode, 4); }")]
    [InlineData("void M() { int mode = 2; Native.cublasLtMatmulDescSetAttribute(0, 31, ref mode, 4); }")]
    [InlineData("void M() { int epilogue = 4; Native.cublasLtMatmulDescSetAttribute(0, 7, ref epilogue, 4); }")]
    [InlineData("void M(int mode) { Native.cublasLtMatmulDescSetAttribute(0, 31, ref mode, 4); }")]
    [InlineData("void M() => Native.cublasLtMatrixLayoutCreate(out _, DataType.R_4F_E2M1, 1, 1, 1);")]
    [InlineData("object M() => cublasLtMatmulMatrixScale_t.CUBLASLT_MATMUL_MATRIX_SCALE_VEC16_UE4M3;")]
    [InlineData("[DllImport(\"libcublasLt.so.12\")] static extern int cublasLtMatrixLayoutCreate(out IntPtr layout, int type); void M() => cublasLtMatrixLayoutCreate(out _, 33);")]
    [InlineData("enum cudnnDataType_t { CUDNN_DATA_FP4_E2M1 = 16 } object M() => cudnnDataType_t.CUDNN_DATA_FP4_E2M1;")]
    [InlineData("enum BuilderFlag { kFP4 = 26 } object M() => BuilderFlag.kFP4;")]
    [InlineData("enum LLAMA_FTYPE { MOSTLY_MXFP4_MOE = 38 } object M() => LLAMA_FTYPE.MOSTLY_MXFP4_MOE;")]
    [InlineData("enum CUResult { TensorMemoryLeak = 721 } enum CudaTensorMemoryLayout { RowMajor } enum Format { Float4X16 } object M() => (CUResult.TensorMemoryLeak, CudaTensorMemoryLayout.RowMajor, Format.Float4X16);")]
    [InlineData("static class Fp4 { public static byte Encode(float x) => 0; } static class Nvfp4Codec { public static void Quantize() { } } void M() { Fp4.Encode(1); Nvfp4Codec.Quantize(); }")]
    [InlineData("static void umma_mma() { } void M() => umma_mma();")]
    [InlineData("bool M(CublasLtMatmulMatrixScale s) => s == CublasLtMatmulMatrixScale.Vec128_32F || s is CublasLtMatmulMatrixScale.Blk128x128_32F;")]
    [InlineData("string M(CublasLtMatmulMatrixScale s) => s switch { CublasLtMatmulMatrixScale.Vec128_32F => \"128\", _ => \"\" };")]
    [InlineData("System.Collections.Generic.Dictionary<CublasLtMatmulMatrixScale, string> D = new() { [CublasLtMatmulMatrixScale.Vec128_32F] = \"v\", };")]
    [InlineData("System.Collections.Generic.Dictionary<CublasLtMatmulMatrixScale, string> D = new() { { CublasLtMatmulMatrixScale.Vec128_32F, \"v\" } };")]
    [InlineData("CublasLtMatmulMatrixScale[] All = { CublasLtMatmulMatrixScale.Scalar32F, CublasLtMatmulMatrixScale.Vec128_32F };")]
    [InlineData("CublasLtMatmulMatrixScale M(int i) { switch (i) { case 0: return CublasLtMatmulMatrixScale.Scalar32F; case 1: return CublasLtMatmulMatrixScale.Vec128_32F; default: throw null!; } }")]
    [InlineData("void M() => Native.cuCtxSetLimit(0, 4);")]
    [InlineData("[DllImport(\"cublas\")] static extern int cublasGemmGroupedBatchedEx(IntPtr h); void M() => cublasGemmGroupedBatchedEx(0);")]
    public Task What_works_on_the_target_is_quiet(string members) => Check(members);

    /// <summary>Code that does not run on the default target.</summary>
    [Theory]
    [InlineData("void M(int major, int minor) { if (major == 10) Native.gemm_tcgen05(0); }")]
    [InlineData("void M() { Native.cuDeviceGetAttribute(out int major, 75, 0); if (major is not 10) throw new Exception(); Native.gemm_tcgen05(0); }")]
    [InlineData("void M(int major, int minor) { if (major == 10) Helper(); } void Helper() => Native.gemm_tcgen05(0);")]
    [InlineData("void M(int major, int minor) { if (major == 10) A(); } void A() => B(); static void B() { Native.gemm_tcgen05(0); }")]
    [InlineData("void M(int major, int minor) { if (major == 10) _ = Value; } int Value => Native.gemm_tcgen05(0);")]
    [InlineData("void M(int major, int minor) { Action f = major == 10 ? Helper : Other; f(); } void Helper() => Native.gemm_tcgen05(0); void Other() { }")]
    [InlineData("interface IGemm { void Run(); } class Tcgen : IGemm { public void Run() => Native.gemm_tcgen05(0); } class Any : IGemm { public void Run() { } }"
        + "IGemm M(int major, int minor) => major == 10 ? new Tcgen() : new Any();")]
    [InlineData("void R(int n) { if (n > 0) R(n - 1); Native.gemm_tcgen05(0); } void M(int major, int minor) { if (major == 10) R(3); }")]
    public Task Guarded_code_is_quiet(string members) => Check(members);

    /// <summary>Guards that do not keep the call from the default target.</summary>
    [Theory]
    [InlineData("void M(int major, int minor) { if (major == 10) Helper(); Helper(); } void Helper() => {|CUDA1001:Native.gemm_tcgen05|}(0);")]
    [InlineData("void M(bool unknown) { if (unknown) Helper(); } void Helper() => {|CUDA1001:Native.gemm_tcgen05|}(0);")]
    [InlineData("public virtual void Helper() => {|CUDA1001:Native.gemm_tcgen05|}(0); void M(int major, int minor) { if (major == 10) Helper(); } class D : C { void X() => base.Helper(); }")]
    [InlineData("void R(int n) { if (n > 0) R(n - 1); {|CUDA1001:Native.gemm_tcgen05|}(0); }")]
    public Task Unguarded_code_is_reported(string members) => Check(members);

    [Fact]
    public Task The_message_names_feature_owners_and_remedy() => Check(
        "void M() => {|#0:Native.Gemm|}(0);", null, new DiagnosticResult(RuleIds.FeatureNotOnTarget, DiagnosticSeverity.Warning).WithLocation(0).WithMessage("'gemm_tcgen05' " + Tcgen05));

    [Fact]
    public Task All_targets_that_lack_it_are_listed() => Check(
        "void M() => {|#0:Native.Gemm|}(0);",
        "sm_90,sm_100,sm_121",
        new DiagnosticResult(RuleIds.FeatureNotOnTarget, DiagnosticSeverity.Warning).WithLocation(0)
            .WithMessage("'gemm_tcgen05' " + Tcgen05.Replace("sm_121 lacks", "sm_90 and sm_121 lack", StringComparison.Ordinal)));

    [Fact]
    public Task A_guard_for_one_of_two_targets_leaves_the_other() => Check(
        "void M(int major, int minor) { if (major == 12) {|#0:Native.gemm_tcgen05|}(0); }",
        "sm_90,sm_121",
        new DiagnosticResult(RuleIds.FeatureNotOnTarget, DiagnosticSeverity.Warning).WithLocation(0).WithMessage("'gemm_tcgen05' " + Tcgen05));

    [Theory]
    [InlineData("sm_100")]
    [InlineData("sm_103a")]
    [InlineData("sm_110")]
    public Task A_target_that_has_it_is_quiet(string target) => Check("void M() => Native.Gemm(0);", target);

    [Fact]
    public Task Narrow_formats_are_reported_for_a_target_without_them() => Check(
        "void M() { Native.cublasLtMatrixLayoutCreate(out _, {|CUDA1002:DataType.R_4F_E2M1|}, 1, 1, 1); int mode = 1; Native.cublasLtMatmulDescSetAttribute(0, 31, {|CUDA1002:ref mode|}, 4);"
        + "mode = 3; Native.cublasLtMatmulDescSetAttribute(0, 31, ref mode, 4); }",
        "sm_90");

    [Fact]
    public Task A_narrow_format_says_which_truth_applies() => Check(
        "[DllImport(\"k\")] static extern int sm100_fp8_fp4_gemm_1d1d(); [DllImport(\"cublasLt64_11.dll\")] static extern int cublasLtMatrixLayoutCreate(out IntPtr layout, int type);"
        + "void M() { {|#0:sm100_fp8_fp4_gemm_1d1d|}(); cublasLtMatrixLayoutCreate(out _, {|#1:33|}); object o = {|#2:CublasLtMatmulMatrixScale.Vec128_32F|}; }",
        null,
        Narrow(0, "'sm100_fp8_fp4_gemm_1d1d' needs a kernel built for data-centre Blackwell (sm_100 to sm_110), which sm_121 lacks; FP4 and FP6 exist there by warp-level mma.sync, "
            + "in code for sm_121a or sm_121f: use the kernel that its library builds for that"),
        Narrow(1, "'cublasLtMatrixLayoutCreate' needs FP4 matrices in cuBLASLt, for which 'cublasLt64_11.dll' is too old on sm_121; link cuBLAS 12.9 or later"),
        Narrow(2, "'Vec128_32F' needs FP32 scales of 128 elements in cuBLASLt (VEC128_32F)" + Lacks + "sm_90; use a per-tensor scale (SCALAR_32F) or on Blackwell VEC32_UE8M0"));

    [Theory]
    [InlineData("void M() => Native.cuFuncSetAttribute(0, 8, {|CUDA1006:110 * 1024|});")]
    [InlineData("const int Stages = 4; void M() { int tile = 48 * 1024; Native.cuFuncSetAttribute(0, 8, {|CUDA1006:Stages * tile|}); }")]
    [InlineData("void M(int major, int minor) { int size = major >= 9 ? 200000 : 90000; Native.cuFuncSetAttribute(0, 8, {|CUDA1006:size|}); }")]
    [InlineData("void M(int size) => Native.cuFuncSetAttribute(0, 8, size);")]
    [InlineData("void M() => Native.cuFuncSetAttribute(0, 8, 99 * 1024);")]
    [InlineData("void M() => Native.cuFuncSetAttribute(0, 9, 200000);")]
    [InlineData("void M(int major, int minor) { if (major == 9) Native.cuFuncSetAttribute(0, 8, 200000); }")]
    [InlineData("void M(int sharedMemoryPerBlockOptin) => Native.cuFuncSetAttribute(0, 8, Math.Min(200000, sharedMemoryPerBlockOptin));")]
    [InlineData("void M(int sharedMemoryPerBlockOptin) { int size = 200000; if (size > sharedMemoryPerBlockOptin) return; Native.cuFuncSetAttribute(0, 8, size); }")]
    public Task Shared_memory_above_the_limit_is_reported(string members) => Check(members);

    [Fact]
    public Task The_limit_of_every_target_is_named() => Check(
        "void M() => Native.cuFuncSetAttribute(0, 8, {|#0:227 * 1024|});",
        "sm_90,sm_80,sm_121",
        new DiagnosticResult(RuleIds.SharedMemoryOptIn, DiagnosticSeverity.Warning).WithLocation(0)
            .WithMessage("'cuFuncSetAttribute' asks for 232448 bytes of shared memory for a block; sm_80 has at most 166912, sm_121 has at most 101376"));

    [Theory]
    [InlineData("[RequiresCudaFeature(\"tcgen05\")] void F() { } void M() => {|CUDA1007:F|}();")]
    [InlineData("[RequiresCudaFeature(\"tcgen05\")] int P => 0; int M() => {|CUDA1007:P|};")]
    [InlineData("[RequiresCudaFeature(\"tcgen05\")] int f = 0; int M() => {|CUDA1007:f|};")]
    [InlineData("[RequiresCudaArchitecture(\"sm_100f\")] static void F() { } Action M() => {|CUDA1007:F|};")]
    [InlineData("[RequiresCudaFeature(\"wgmma\")] class D { public void F() { } } void M() { var d = {|CUDA1007:new D()|}; {|CUDA1007:d.F|}(); }")]
    [InlineData("[RequiresCudaFeature(\"tcgen05\")] void F() { } [RequiresCudaFeature(\"tcgen05\")] void M() => F();")]
    [InlineData("[RequiresCudaFeature(\"tcgen05\")] void F() => Native.gemm_tcgen05(0);")]
    [InlineData("[RequiresCudaFeature(\"tcgen05\")] void F() { } void M() { if (CudaDevice.Supports(\"tcgen05\")) F(); }")]
    [InlineData("[RequiresCudaFeature(\"tcgen05\")] void F() { } [CudaFeatureGuard(\"tcgen05\")] static bool Has => true; void M() { if (!Has) return; F(); }")]
    [InlineData("[RequiresCudaArchitecture(\"sm_120f\")] void F() { } void M() => F();")]
    [InlineData("[RequiresCudaFeature(\"mma.block_scale.fp4\")] void F() { } void M() => F();")]
    [InlineData("[RequiresCudaFeature(\"no such feature\")] void F() { } void M() => F();")]
    public Task An_annotated_member_needs_a_guard_or_annotation(string members)
    {
        var test = new CudaTest<FeatureUseAnalyzer>(Usings + "using CudaArch.Annotations;\nclass C\n{\n" + members + "\n}\n" + Native);
        test.TestState.AdditionalReferences.Add(typeof(CudaArch.Annotations.CudaDevice).Assembly);
        return test.RunAsync();
    }

    [Fact]
    public Task The_generated_half_of_an_import_is_no_use()
    {
        var test = new CudaTest<FeatureUseAnalyzer>(Usings + """
            partial class C
            {
                [LibraryImport("kernels", EntryPoint = "gemm_tcgen05")] private static partial int Gemm(IntPtr a);
                void M() => {|CUDA1001:Gemm|}(0);
            }
            partial class C
            {
                private static partial int Gemm(IntPtr a)
                {
                    return __PInvoke(a);
                    [DllImport("kernels", EntryPoint = "gemm_tcgen05")] static extern int __PInvoke(IntPtr a);
                }
            }
            """);
        return test.RunAsync();
    }

    [Fact]
    public Task Generated_code_counts()
    {
        var test = new CudaTest<FeatureUseAnalyzer>(Usings + "class C { }" + Native);
        test.TestState.Sources.Add(("Bindings.g.cs", "// <auto-generated/>\nclass D { void M() => {|CUDA1001:Native.gemm_tcgen05|}(0); }"));
        return test.RunAsync();
    }

    [Fact]
    public Task Top_level_statements_are_code()
    {
        var test = new CudaTest<FeatureUseAnalyzer>(Usings + "{|CUDA1001:Native.gemm_tcgen05|}(0); if (Device.ComputeCapabilityMajor == 10) Native.gemm_tcgen05(0);"
            + "static class Device { public static int ComputeCapabilityMajor => 0; }" + Native);
        test.TestState.OutputKind = OutputKind.ConsoleApplication;
        return test.RunAsync();
    }

    [Fact]
    public Task A_user_line_adds_overrides_and_takes_away()
    {
        var test = new CudaTest<FeatureUseAnalyzer>(Usings + """
            class C
            {
                void M(IntPtr l) { Native.gemm_tcgen05(0); {|CUDA1001:Native.gemm_sm120a|}(0); {|CUDA1001:Vendor.Fast|}(); {|CUDA1001:new Engine()|}; NativeLibrary.GetExport(l, "umma_mma"); }
            }
            static class Vendor { public static void Fast() { } }
            class Engine { }
            """ + Native);
        test.TestState.AdditionalFiles.Add(("CudaArch.Symbols.Ours.txt", """
            # ours
            entry:gemm_tcgen05;none;we ship a fallback
            entry:kernels!gemm_sm120a;tcgen05
            entry:umma_*;none
            M:Vendor.Fast;wgmma;manual
            T:Engine;tcgen05;manual
            """));
        return test.RunAsync();
    }

    [Theory]
    [InlineData("class C { void M() { Native.; Missing.tcgen05_mma(); X(); } [DllImport(] static extern void tcgen05(); }")]
    [InlineData("class C { const int A = B; const int B = A; void M() => cublasLtMatmulDescSetAttribute(A, B); [DllImport(\"cuda\")] static extern void cublasLtMatmulDescSetAttribute(int a, int b); }")]
    [InlineData("class C { void M(int major, int minor) { if (major == tcgen05_mma( } [System.Runtime.InteropServices.DllImport(\"cuda\")] static extern int tcgen05_mma(")]
    [InlineData("partial class C { [System.Runtime.InteropServices.LibraryImport] static partial int tcgen05_mma(); static partial int tcgen05_mma() => tcgen05_mma(); } tcgen05")]
    public async Task Broken_code_is_survived(string source)
    {
        await AnalyzerRun.Of(AnalyzerRun.Framework, source);
        await AnalyzerRun.Of([], source);
    }

    private static DiagnosticResult Narrow(int place, string message) =>
        new DiagnosticResult(RuleIds.NarrowFormat, DiagnosticSeverity.Warning).WithLocation(place).WithMessage(message);

    private static Task Check(string members, string? targets = null, params DiagnosticResult[] expected) =>
        Verify.Analyzer<FeatureUseAnalyzer>(Usings + "class C\n{\n" + members + "\n}\n" + Native, targets, expected);
}
