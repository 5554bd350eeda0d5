using CudaArch.Analyzers.FeatureUse;
using CudaArch.Analyzers.Tests.Testing;

namespace CudaArch.Analyzers.Tests.Catalog;

/// <summary>Calls that the built-in catalog is about: with arguments that a target lacks, and with others.</summary>
public sealed class BuiltInCallTests
{
    [Theory]
    [InlineData("cutensorPlanPreferenceSetAttribute", "nint h, nint pref, int attr, ref int value, nuint size", "int a = 121; F(0, 0, 6, {|CUDA1001:ref a|}, 4);", null)]
    [InlineData("cutensorPlanPreferenceSetAttribute", "nint h, nint pref, int attr, ref int value, nuint size", "int a = 90; F(0, 0, 6, ref a, 4);", null)]
    [InlineData("cutensorPlanPreferenceSetAttribute", "nint h, nint pref, int attr, ref int value, nuint size", "int a = 121; F(0, 0, 2, ref a, 4);", null)]
    [InlineData("cudnnBackendSetAttribute", "nint d, int name, int type, long count, ref int value", "int t = 16; F(0, 901, 1, 1, {|CUDA1002:ref t|});", "sm_90")]
    [InlineData("cudnnBackendSetAttribute", "nint d, int name, int type, long count, ref int value", "int t = 16; F(0, 901, 1, 1, ref t);", null)]
    [InlineData("cudnnBackendSetAttribute", "nint d, int name, int type, long count, ref int value", "int t = 2; F(0, 901, 1, 1, ref t); t = 16; F(0, 902, 1, 1, ref t);", "sm_90")]
    [InlineData("cudnnBackendCreateDescriptor", "int type, out nint d", "F({|CUDA1002:37|}, out _); F(15, out _);", "sm_90")]
    [InlineData("cudnnBackendCreateDescriptor", "int type, out nint d", "F(36, out _);", null)]
    [InlineData("cudnnSetTensorNdDescriptorEx", "nint d, int format, int type", "F(0, 0, {|CUDA1002:16|}); F(0, 16, 0);", "sm_90")]
    [InlineData("cudnnSetTensorNdDescriptorEx", "nint d, int format, int type", "F(0, 0, 16);", null)]
    [InlineData("cusparseLtDenseDescriptorInit", "nint h, nint d, long r, long c, long ld, uint align, int type", "F(0, 0, 1, 1, 1, 33, {|CUDA1002:33|}); F(0, 0, 1, 1, 1, 33, 28);", "sm_90")]
    [InlineData("cusparseLtDenseDescriptorInit", "nint h, nint d, long r, long c, long ld, uint align, int type", "F(0, 0, 1, 1, 1, 16, 33);", null)]
    [InlineData("cusparseLtStructuredDescriptorInit", "nint h, nint d, long r, long c, long ld, uint align, int type", "F(0, 0, 1, 1, 1, 16, {|CUDA1002:33|});", "sm_90")]
    [InlineData("cusparseLtStructuredDescriptorInit", "nint h, nint d, long r, long c, long ld, uint align, int type", "F(0, 0, 1, 1, 1, 16, 33);", null)]
    [InlineData("cublasLtMatmulAlgoGetIds", "nint h, int compute, int scale, int a, int b", "F(0, 68, 0, {|CUDA1002:31|}, 31); F(0, 68, 0, 33, 33); F(0, 68, 0, 28, 28);", null)]
    [InlineData("cublasLtMatmulAlgoInit", "nint h, int compute, int scale, int a, int b", "F(0, 68, 0, {|CUDA1002:32|}, 32); F(0, 68, 0, 33, 33);", null)]
    [InlineData("cublasLtMatmulAlgoInit", "nint h, int compute, int scale, int a, int b", "F(0, 68, 0, {|CUDA1002:33|}, 33);", "sm_90")]
    [InlineData("cuFuncSetSharedSize", "nint f, uint bytes", "F(0, {|CUDA1006:110000|}); F(0, 101376);", null)]
    [InlineData("cudaLaunchCooperativeKernel", "nint f, nint grid, nint block, nint args, nuint shared", "F(0, 0, 0, 0, {|CUDA1006:200000|}); F(0, 0, 0, 0, 49152);", null)]
    [InlineData("cudaLaunchKernel_ptsz", "nint f, nint grid, nint block, nint args, nuint shared", "F(0, 0, 0, 0, {|CUDA1006:200000|}); F(0, 0, 0, 0, 49152);", null)]
    [InlineData("cuLaunchKernel_ptsz", "nint f, uint a, uint b, uint c, uint x, uint y, uint z, uint shared", "F(0, 1, 1, 1, 1, 1, 1, {|CUDA1006:101377|}); F(0, 1, 1, 1, 200000, 1, 1, 101376);", null)]
    [InlineData("cuLaunchCooperativeKernel_ptsz", "nint f, uint a, uint b, uint c, uint x, uint y, uint z, uint shared", "F(0, 1, 1, 1, 1, 1, 1, {|CUDA1006:101377|}); F(0, 1, 1, 1, 1, 1, 1, 101376);", null)]
    public Task A_call_is_judged_by_its_arguments(string name, string parameters, string code, string? target) => Verify.Analyzer<FeatureUseAnalyzer>($$"""
        using System.Runtime.InteropServices;
        class Cuda
        {
            void M() { {{code}} }
            [DllImport("native", EntryPoint = "{{name}}")] static extern int F({{parameters}});
        }
        """, target);

    [Theory]
    [InlineData("enum DataType { kFLOAT, kFP4 = 10 }", "DataType.kFP4", "sm_90", true)]
    [InlineData("enum DataType { kFLOAT, kFP4 = 10 }", "DataType.kFP4", null, false)]
    [InlineData("enum DataType { kFLOAT, kFP4 = 10 }", "DataType.kFLOAT", "sm_90", false)]
    public Task A_constant_is_judged_by_its_name(string declaration, string constant, string? target, bool isReported) => Verify.Analyzer<FeatureUseAnalyzer>(
        declaration + " class nvinfer { object M() => " + (isReported ? $"{{|CUDA1002:{constant}|}}" : constant) + "; }", target);
}
