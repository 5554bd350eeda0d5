using CudaArch.Analyzers.OptionStrings;
using CudaArch.Analyzers.Tests.Testing;
using CudaArch.CodeFixes;

namespace CudaArch.Analyzers.Tests.CodeFixes;

public sealed class JitTargetFixTests
{
    private static string InMethod(string statements) => $$"""
        using System;
        using System.Collections.Generic;
        using static CUjit_target;

        enum CUjit_target { CU_TARGET_COMPUTE_90 = 90, CU_TARGET_COMPUTE_121 = 121, CU_TARGET_COMPUTE_100A = 65636, CU_TARGET_COMPUTE_121A = 65657 }
        enum CUJITTarget { Compute_90 = 90, Compute_100A = 65636 }
        enum CUjit_option { CU_JIT_TARGET = 9 }

        class C
        {
            const int Number = 65636;

            void M()
            {
                {{statements}}
            }

            void Set(object option, object value) { }
        }
        """;

    [Theory]
    [InlineData("Set(1, {|CUDA1003:CUjit_target.CU_TARGET_COMPUTE_100A|});", "Set(1, CUjit_target.CU_TARGET_COMPUTE_121A);")]
    [InlineData("Set(1, {|CUDA1003:CU_TARGET_COMPUTE_90|} /* old */);", "Set(1, CU_TARGET_COMPUTE_121 /* old */);")]
    [InlineData("Set(1, (CUjit_target){|CUDA1003:65636|});", "Set(1, (CUjit_target)65657);")]
    [InlineData("Set(1, (CUjit_target)({|CUDA1003:0x10064u|}));", "Set(1, (CUjit_target)(0x10079u));")]
    [InlineData("Set(CUjit_option.CU_JIT_TARGET, {|CUDA1003:90|});", "Set(CUjit_option.CU_JIT_TARGET, 121);")]

    // A binding older than the target has no member for it.
    [InlineData("Set(1, {|CUDA1003:CUJITTarget.Compute_100A|});", "Set(1, (CUJITTarget)65657);")]
    [InlineData(
        "Set(1, {|CUDA1003:CUjit_target.CU_TARGET_COMPUTE_100A|}); Set(2, (CUjit_target){|CUDA1003:90|});",
        "Set(1, CUjit_target.CU_TARGET_COMPUTE_121A); Set(2, (CUjit_target)121);")]
    public Task Values_become_those_of_the_target(string before, string after) =>
        Verify.Fix<JitTargetAnalyzer, DeviceTextCodeFixProvider>(InMethod(before), InMethod(after));

    [Theory]
    [InlineData("sm_100,sm_121", "Set(1, {|CUDA1003:CUjit_target.CU_TARGET_COMPUTE_100A|});")]
    [InlineData("sm_121", "Set(CUjit_option.CU_JIT_TARGET, {|CUDA1003:Number|});")]
    public Task No_fix_where_it_would_change_more(string targets, string statements) =>
        Verify.NoFix<JitTargetAnalyzer, DeviceTextCodeFixProvider>(InMethod(statements), targets);
}
