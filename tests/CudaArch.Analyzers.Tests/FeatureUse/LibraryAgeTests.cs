using CudaArch.Analyzers.Configuration;
using CudaArch.Analyzers.FeatureUse;
using CudaArch.Analyzers.Tests.Testing;
using CudaArch.Bridge;
using CudaArch.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;

namespace CudaArch.Analyzers.Tests.FeatureUse;

/// <summary>CUDA1002: the library in use is too old for the format, by what is stated, what the import's name tells, and what the build found.</summary>
public sealed class LibraryAgeTests
{
    /// <summary>The version in the import's own name.</summary>
    [Theory]
    [InlineData("cublasLt64_11.dll", "12.9")]
    [InlineData("cublasLt64_100.dll", "12.9")]
    [InlineData("libcublasLt.so.11", "12.9")]
    [InlineData("libcublasLt.so.12.8.4.1", "12.9")]
    [InlineData("/usr/local/cuda-12.6/lib64/libcublasLt.so.12.6", "12.9")]
    public Task A_name_that_tells_an_old_version_is_reported(string library, string wanted) => Check(library, null, null, $"'{library}'", wanted);

    [Theory]
    [InlineData("cublasLt")]
    [InlineData("libcublasLt.so")]
    [InlineData("cublasLt64_12.dll")]
    [InlineData("libcublasLt.so.12")]
    [InlineData("libcublasLt.so.12.9")]
    [InlineData("libcublasLt.so.13.0.0.1")]
    [InlineData("cublasLt64_13.dll")]
    [InlineData("libcublasLt.so.x")]
    [InlineData("mycublasLt64_11.dll")]
    public Task A_name_that_may_be_new_enough_is_quiet(string library) => Check(library, null, null, null, "");

    /// <summary>12.1 came after 12.0: what a library needs for it is more.</summary>
    [Theory]
    [InlineData("sm_120", "libcublasLt.so.12.8", null)]
    [InlineData("sm_120", "libcublasLt.so.12.6", "12.8")]
    [InlineData("sm_100", "libcublasLt.so.12.8", null)]
    [InlineData("sm_121a", "libcublasLt.so.12.8", "12.9")]
    public Task The_version_that_is_needed_depends_on_the_target(string target, string library, string? wanted) =>
        Check(library, null, null, wanted is null ? null : $"'{library}'", wanted ?? "", target);

    /// <summary>What the user states, of a library whose name tells no version, or only the same major one.</summary>
    [Theory]
    [InlineData("cublasLt", "cublasLt=12.8", "cublasLt 12.8")]
    [InlineData("cublasLt", "cudnn=9.20, libcublasLt.so=12.8.4", "cublasLt 12.8.4")]
    [InlineData("libcublasLt.so.12", "cublasLt=12.6", "cublasLt 12.6")]
    [InlineData("cublasLt64_12.dll", "cublasLt=12", null)]
    [InlineData("cublasLt", "cublasLt=12.9", null)]
    [InlineData("cublasLt", "cublasLt=13", null)]
    [InlineData("cublasLt64_13.dll", "cublasLt=12.8", null)]
    [InlineData("cublasLt", "cudnn=8.9", null)]
    [InlineData("cublasLt", "cublasLt=old", null)]
    public Task What_is_stated_counts(string library, string stated, string? shown) => Check(library, stated, null, shown, "12.9");

    /// <summary>The name of the file that the build found.</summary>
    [Theory]
    [InlineData("cublasLt", "runtimes/linux-x64/native/libcublasLt.so.12.8.4 (Contoso.Cuda 1.0.0)", null, "'libcublasLt.so.12.8.4'")]
    [InlineData("libcublasLt.so.12", "libcublasLt.so.12.8.4", null, "'libcublasLt.so.12.8.4'")]
    [InlineData("cublasLt", "libcublasLt.so.12", null, null)]
    [InlineData("cublasLt", "libcublasLt.so.12.9.1", null, null)]
    [InlineData("libcublasLt.so.13", "libcublasLt.so.12.8.4", null, null)]
    [InlineData("cublasLt", "libcublasLt.so.12.8.4", "cublasLt=12.9", null)]
    [InlineData("cublasLt", "libother.so.1.2", null, null)]
    public Task What_the_build_found_counts(string library, string file, string? stated, string? shown) => Check(library, stated, file, shown, "12.9");

    [Fact]
    public async Task A_constant_is_judged_by_what_is_stated_of_its_library()
    {
        const string Source = """
            enum cublasLtMatmulMatrixScale_t { CUBLASLT_MATMUL_MATRIX_SCALE_VEC16_UE4M3 = 1 }
            enum cudnnDataType_t { CUDNN_DATA_FP4_E2M1 = 16 }
            enum BuilderFlag { kFP4 = 26 }
            class C
            {
                object M() => {|#0:cublasLtMatmulMatrixScale_t.CUBLASLT_MATMUL_MATRIX_SCALE_VEC16_UE4M3|};
                object N() => {|#1:cudnnDataType_t.CUDNN_DATA_FP4_E2M1|};
                object O() => {|#2:BuilderFlag.kFP4|};
            }
            """;
        await Run(Source, "cublasLt=12.8,cudnn=9.12.0,nvinfer=10.7", null, null,
            Narrow(0, "'CUBLASLT_MATMUL_MATRIX_SCALE_VEC16_UE4M3' needs NVFP4 block scales of cuBLASLt (VEC16_UE4M3), for which cublasLt 12.8 is too old on sm_121; link cuBLAS 12.9 or later"),
            Narrow(1, "'CUDNN_DATA_FP4_E2M1' needs FP4 and block scales in cuDNN, for which cudnn 9.12.0 is too old on sm_121; link cuDNN 9.13 or later"),
            Narrow(2, "'kFP4' needs FP4 in TensorRT, for which nvinfer 10.7 is too old on sm_121; link TensorRT 10.8 or later"));
        string unmarked = System.Text.RegularExpressions.Regex.Replace(Source, @"\{\|#\d:|\|\}", "");
        await Run(unmarked, "cublasLt=12.9,cudnn=9.13.0,nvinfer=10.8", null, null);
        await Run(unmarked, null, null, null);
    }

    [Fact]
    public Task A_target_that_lacks_the_format_is_another_fault_than_an_old_library() => Run(
        Import("cublasLt64_11.dll").Replace("{|#0:33|}", "{|#0:{|#1:33|}|}", StringComparison.Ordinal), null, null, "sm_90,sm_120,sm_121",
        Narrow(0, "'cublasLtMatrixLayoutCreate' needs FP4 matrices in cuBLASLt, for which 'cublasLt64_11.dll' is too old on sm_120 and sm_121; link cuBLAS 12.9 or later"),
        Narrow(1, "'cublasLtMatrixLayoutCreate' needs FP4 matrices in cuBLASLt, which sm_90 lacks; it exists on sm_100 and later; use FP8 (CUDA_R_8F_E4M3)"));

    [Fact]
    public Task A_folder_may_state_another_version_than_the_build()
    {
        var test = new CudaTest<FeatureUseAnalyzer>(Import("cublasLt").Replace("{|#0:33|}", "33", StringComparison.Ordinal));
        test.TestState.AnalyzerConfigFiles.Add(("/.globalconfig", $"is_global = true\n{CudaArchOptions.CommaSeparatedLibrariesKey} = cublasLt=12.8\n"));
        test.TestState.AnalyzerConfigFiles.Add(("/.editorconfig", $"root = true\n[*.cs]\n{CudaArchOptions.LibrariesEditorConfigKey} = cublasLt=12.9\n"));
        return test.RunAsync();
    }

    [Fact]
    public Task Guarded_code_is_quiet() => Run("""
        using System;
        using System.Runtime.InteropServices;
        class C
        {
            void M(int major, int minor) { if (major == 10) cublasLtMatrixLayoutCreate(out _, 33); }
            [DllImport("cublasLt64_11.dll")] static extern int cublasLtMatrixLayoutCreate(out IntPtr layout, int type);
        }
        """, null, null, null);

    private static Task Check(string library, string? stated, string? file, string? shown, string wanted, string? target = null)
    {
        string source = Import(library);
        return shown is null
            ? Run(source.Replace("{|#0:33|}", "33", StringComparison.Ordinal), stated, file, target)
            : Run(source, stated, file, target, Narrow(0, $"'cublasLtMatrixLayoutCreate' needs FP4 matrices in cuBLASLt, for which {shown} is too old on {Bare(target)}; link cuBLAS {wanted} or later"));
    }

    private static string Bare(string? target) => target ?? "sm_121";

    private static string Import(string library) => $$"""
        using System;
        using System.Runtime.InteropServices;
        class C
        {
            void M() => cublasLtMatrixLayoutCreate(out _, {|#0:33|});
            [DllImport("{{library}}")] static extern int cublasLtMatrixLayoutCreate(out IntPtr layout, int type);
        }
        """;

    private static async Task Run(string source, string? stated, string? file, string? targets, params DiagnosticResult[] expected)
    {
        var test = new CudaTest<FeatureUseAnalyzer>(source, targets);
        if (stated is not null)
        {
            test.TestState.AnalyzerConfigFiles.Add(("/.libraries.globalconfig", $"is_global = true\n{CudaArchOptions.CommaSeparatedLibrariesKey} = {stated}\n"));
        }

        if (file is not null)
        {
            test.TestState.AdditionalFiles.Add((LibraryCoverage.FileName, $"{LibraryCoverage.Header}\ncublaslt\tsm_121\tNative\tlinux-x64\t{file}\n"));
        }

        test.ExpectedDiagnostics.AddRange(expected);
        await test.RunAsync();
    }

    private static DiagnosticResult Narrow(int place, string message) =>
        new DiagnosticResult(RuleIds.NarrowFormat, DiagnosticSeverity.Warning).WithLocation(place).WithMessage(message);
}
