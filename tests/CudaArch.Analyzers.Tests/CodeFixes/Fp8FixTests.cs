using CudaArch.Analyzers.FeatureUse;
using CudaArch.Analyzers.Tests.Testing;
using CudaArch.CodeFixes;

namespace CudaArch.Analyzers.Tests.CodeFixes;

public sealed class Fp8FixTests
{
    private const string Native = """

        enum cudaDataType { CUDA_R_16F = 2, CUDA_R_8F_E4M3 = 28, CUDA_R_8F_E5M2 = 29, CUDA_R_6F_E2M3 = 31, CUDA_R_6F_E3M2 = 32, CUDA_R_4F_E2M1 = 33 }
        enum CudnnDataType { Half = 2, Fp8E4M3 = 12, Fp4E2M1 = 15 }
        enum BuilderFlag { kFP16, kFP8, kFP4 }
        enum OldBuilder { kFP4 }
        static class Native
        {
            [DllImport("cublasLt")] public static extern int cublasLtMatrixLayoutCreate(out nint layout, cudaDataType type, ulong rows, ulong cols, long ld);
            [DllImport("cudnn")] public static extern int cudnnSetTensor4dDescriptor(nint tensor, int format, CudnnDataType type, int n, int c, int h, int w);
        }
        """;

    [Theory]
    [InlineData("Native.cublasLtMatrixLayoutCreate(out _, {|CUDA1002:cudaDataType.CUDA_R_4F_E2M1|}, 1, 1, 1);", "Native.cublasLtMatrixLayoutCreate(out _, cudaDataType.CUDA_R_8F_E4M3, 1, 1, 1);", "sm_90")]
    [InlineData("Native.cublasLtMatrixLayoutCreate(out _, {|CUDA1002:cudaDataType.CUDA_R_6F_E3M2|}, 1, 1, 1);", "Native.cublasLtMatrixLayoutCreate(out _, cudaDataType.CUDA_R_8F_E4M3, 1, 1, 1);", "sm_121")]
    [InlineData("Use({|CUDA1002:BuilderFlag.kFP4|}); Use({|CUDA1002:BuilderFlag.kFP4|});", "Use(BuilderFlag.kFP8); Use(BuilderFlag.kFP8);", "sm_89")]
    public Task The_FP8_member_is_written(string body, string fixedBody, string targets) => Verify.Fix<FeatureUseAnalyzer, Fp8CodeFixProvider>(Wrap(body), Wrap(fixedBody), targets);

    [Theory]
    [InlineData("Native.cublasLtMatrixLayoutCreate(out _, {|CUDA1002:cudaDataType.CUDA_R_4F_E2M1|}, 1, 1, 1);", "sm_80")]
    [InlineData("Native.cublasLtMatrixLayoutCreate(out _, {|CUDA1002:(cudaDataType)33|}, 1, 1, 1);", "sm_90")]
    public Task Nothing_is_offered_without_FP8(string body, string targets) => Verify.NoFix<FeatureUseAnalyzer, Fp8CodeFixProvider>(Wrap(body), targets);

    private static string Wrap(string body) => "using System.Runtime.InteropServices;\nclass C\n{\n    void M() { " + body + " }\n    void Use(object value) { }\n}" + Native;
}
