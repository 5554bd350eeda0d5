using CudaArch.Analyzers.OptionStrings;
using CudaArch.Analyzers.Tests.Testing;

namespace CudaArch.Analyzers.Tests.OptionStrings;

public sealed class JitTargetAnalyzerTests
{
    private static string InMethod(string statements) => $$"""
        using System;
        using System.Collections.Generic;
        using System.Runtime.InteropServices;

        enum CUjit_target
        {
            CU_TARGET_COMPUTE_90 = 90, CU_TARGET_COMPUTE_100 = 100, CU_TARGET_COMPUTE_121 = 121,
            CU_TARGET_COMPUTE_100A = 0x10000 + CU_TARGET_COMPUTE_100, CU_TARGET_COMPUTE_120A = 65656,
        }
        enum CUJITTarget { Compute_90 = 90, Compute_100A = 65636, Compute_120 = 120 }
        enum CUjit_option { CU_JIT_MAX_REGISTERS = 0, CU_JIT_TARGET = 9 }

        static unsafe class Native
        {
            [DllImport("cuda")] public static extern int cuModuleLoadDataEx(out IntPtr module, byte[] image, uint count, CUjit_option[] options, IntPtr[] values);
            [DllImport("cuda")] public static extern int cuLinkCreate_v2(uint count, int* options, void** values, out IntPtr state);
        }

        class C
        {
            unsafe void M(byte[] image, CUjit_target given, bool flag)
            {
                {{statements}}
            }

            void Set(object option, object value) { }
        }
        """;

    [Theory]
    [InlineData("Set(1, {|CUDA1003:CUjit_target.CU_TARGET_COMPUTE_100A|});")]
    [InlineData("var target = {|CUDA1003:CUJITTarget.Compute_100A|};")]
    [InlineData("Set(1, {|CUDA1003:CUjit_target.CU_TARGET_COMPUTE_90|});")]
    [InlineData("Set(1, (CUjit_target){|CUDA1003:65636|});")]
    [InlineData("Set(1, (CUjit_target)({|CUDA1003:0x10064|}));")]
    [InlineData("Native.cuModuleLoadDataEx(out _, image, 1, new[] { CUjit_option.CU_JIT_TARGET }, new[] { (IntPtr){|CUDA1003:65636|} });")]
    [InlineData("Native.cuModuleLoadDataEx(out _, image, 2, [CUjit_option.CU_JIT_MAX_REGISTERS, CUjit_option.CU_JIT_TARGET], [(IntPtr)100, new IntPtr({|CUDA1003:100|})]);")]
    [InlineData("var options = new CUjit_option[1]; var values = new IntPtr[1]; options[0] = (CUjit_option)9; values[0] = (IntPtr){|CUDA1003:90|}; Native.cuModuleLoadDataEx(out _, image, 1, options, values);")]
    [InlineData("int* options = stackalloc int[] { 9 }; void** values = stackalloc void*[] { (void*){|CUDA1003:65636|} }; Native.cuLinkCreate_v2(1, options, values, out _);")]
    [InlineData("Set(CUjit_option.CU_JIT_TARGET, {|CUDA1003:65636|});")]
    [InlineData("var options = new Dictionary<CUjit_option, int> { { CUjit_option.CU_JIT_TARGET, {|CUDA1003:65636|} } };")]
    [InlineData("var options = new Dictionary<CUjit_option, int>(); options[CUjit_option.CU_JIT_TARGET] = {|CUDA1003:131172|};")]
    public Task Values_for_other_devices_are_reported(string statements) => Verify.Analyzer<JitTargetAnalyzer>(InMethod(statements));

    [Theory]
    [InlineData("Set(1, CUjit_target.CU_TARGET_COMPUTE_121);")]
    [InlineData("Set(1, CUJITTarget.Compute_120);")]
    [InlineData("Set(1, (CUjit_target)65657);")]
    [InlineData("Set(1, (CUjit_target)131192);")]
    [InlineData("if (given == CUjit_target.CU_TARGET_COMPUTE_100A) { }")]
    [InlineData("switch (given) { case CUjit_target.CU_TARGET_COMPUTE_100A: break; }")]
    [InlineData("_ = given is CUjit_target.CU_TARGET_COMPUTE_90 or CUjit_target.CU_TARGET_COMPUTE_100A;")]
    [InlineData("Console.WriteLine(CUjit_target.CU_TARGET_COMPUTE_100A);")]
    [InlineData("_ = nameof(CUjit_target.CU_TARGET_COMPUTE_100A);")]
    [InlineData("Set(1, flag ? CUjit_target.CU_TARGET_COMPUTE_100A : CUjit_target.CU_TARGET_COMPUTE_121);")]
    [InlineData("Set(CUjit_option.CU_JIT_MAX_REGISTERS, 100);")]
    [InlineData("Native.cuModuleLoadDataEx(out _, image, 1, new[] { CUjit_option.CU_JIT_MAX_REGISTERS }, new[] { (IntPtr)100 });")]
    [InlineData("Set(CUjit_option.CU_JIT_TARGET, 65657);")]
    public Task Other_values_are_quiet(string statements) => Verify.Analyzer<JitTargetAnalyzer>(InMethod(statements));

    [Fact]
    public Task Other_targets_decide_otherwise() => Verify.Analyzer<JitTargetAnalyzer>(
        InMethod("Set({|CUDA1003:CUjit_target.CU_TARGET_COMPUTE_121|}, CUjit_target.CU_TARGET_COMPUTE_100A);"), "sm_100");
}
