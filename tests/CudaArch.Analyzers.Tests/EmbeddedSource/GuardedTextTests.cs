using CudaArch.Analyzers.EmbeddedSource;
using CudaArch.Analyzers.OptionStrings;
using CudaArch.Analyzers.Tests.Testing;

namespace CudaArch.Analyzers.Tests.EmbeddedSource;

/// <summary>Option strings, JIT targets and PTX behind guards: what does not come about on a target is not reported for it.</summary>
public sealed class GuardedTextTests
{
    private static string InClass(string members) => $$"""
        using System;
        using System.Collections.Generic;
        using System.Runtime.InteropServices;
        using System.Text;

        enum CUjit_target { CU_TARGET_COMPUTE_90 = 90, CU_TARGET_COMPUTE_100A = 65636 }

        class Device
        {
            public int ComputeCapabilityMajor => throw null!;
            public int ComputeCapabilityMinor => throw null!;
        }

        class C
        {
            [DllImport("nvrtc")] static extern int nvrtcCompileProgram(IntPtr program, int count, string[] options);

            static Device device = new();

            {{members}}

            static void Take(params object[] options) { }
        }
        """;

    [Theory]

    // Around the text.
    [InlineData("""void M() { if (device.ComputeCapabilityMajor == 10) Take("-arch=sm_100a"); }""")]
    [InlineData("""void M() { if (device.ComputeCapabilityMajor != 10) return; Take("-arch=sm_100a"); }""")]
    [InlineData("""void M() { string arch = device.ComputeCapabilityMajor == 10 ? "sm_100a" : "sm_121a"; Take("-arch=" + arch); }""")]
    [InlineData("""string Arch(int major) => major switch { 9 => "sm_90a", 10 => "sm_100a", _ => "sm_121a" }; void M() => Take("-arch=" + Arch(device.ComputeCapabilityMajor));""")]
    [InlineData("""void M() { string arch = "sm_121"; if (device.ComputeCapabilityMajor == 9) { arch = "sm_90a"; } Take($"-arch={arch}"); }""")]
    [InlineData("""void M() { var options = new List<string>(); if (device.ComputeCapabilityMajor == 10) options.Add("-arch=sm_100a"); else options.Add("-arch=sm_121"); }""")]
    [InlineData("""void M() { Action run = () => { if (device.ComputeCapabilityMajor == 10) Take("-arch=sm_100a"); }; run(); }""")]

    // Around its use.
    [InlineData("""void M() { string option = "-arch=sm_100a"; if (device.ComputeCapabilityMajor == 10) Take(option); }""")]
    [InlineData("""const string Option = "-arch=sm_100a"; void M() { if (device.ComputeCapabilityMajor == 10) Take(Option); }""")]
    [InlineData("""static readonly string[] Options = { "-arch=sm_100a" }; void M() { if (device.ComputeCapabilityMajor == 10) Take(Options); }""")]
    [InlineData("""string Option => "-arch=sm_100a"; void M() { if (device.ComputeCapabilityMajor == 10) Take(Option); }""")]
    [InlineData("""string Option() { return "-arch=sm_100a"; } void M() { if (device.ComputeCapabilityMajor == 10) Take(Option()); }""")]
    [InlineData("""void Blackwell() => Take("-arch=sm_100a"); void M() { if (device.ComputeCapabilityMajor == 10) Blackwell(); }""")]
    public Task Options_that_no_target_comes_to_are_quiet(string members) => Verify.Analyzer<OptionStringAnalyzer>(InClass(members));

    [Theory]
    [InlineData("""void M() { if (device.ComputeCapabilityMajor == 12) Take("-arch={|CUDA1003:sm_100a|}"); }""")]
    [InlineData("""void M() { if (device.ComputeCapabilityMajor == 10) Take("-arch=sm_100a"); else Take("-arch={|CUDA1003:sm_90a|}"); }""")]
    [InlineData("""void M() { string arch = device.ComputeCapabilityMajor == 12 ? "{|CUDA1003:sm_100a|}" : "sm_121a"; Take("-arch=" + arch); }""")]
    [InlineData("""void M() { string arch = "{|CUDA1003:sm_100a|}"; if (device.ComputeCapabilityMajor == 9) { arch = "sm_90a"; } Take($"-arch={arch}"); }""")]
    [InlineData("""void M() { var options = new List<string>(); if (device.ComputeCapabilityMajor == 12) options.Add("-arch={|CUDA1003:sm_100a|}"); else options.Add("-arch=sm_121"); }""")]
    [InlineData("""const string Option = "-arch={|CUDA1003:sm_100a|}"; void M() { if (device.ComputeCapabilityMajor == 10) Take(Option); } void N() => Take(Option);""")]
    [InlineData("""void Blackwell() => Take("-arch={|CUDA1003:sm_100a|}"); void M(bool flag) { if (flag) Blackwell(); }""")]
    public Task Options_that_the_target_comes_to_are_reported(string members) => Verify.Analyzer<OptionStringAnalyzer>(InClass(members));

    [Fact]
    public Task The_message_lists_the_targets_that_come_to_it() => Verify.Analyzer<OptionStringAnalyzer>(
        InClass("""void M() { if (device.ComputeCapabilityMajor != 9) Take("-arch={|#0:sm_90a|}"); }"""),
        "sm_89,sm_90,sm_100,sm_121",
        Microsoft.CodeAnalysis.Testing.DiagnosticResult.CompilerWarning("CUDA1003").WithLocation(0).WithOptions(Microsoft.CodeAnalysis.Testing.DiagnosticOptions.IgnoreAdditionalLocations)
            .WithMessage("'sm_90a' asks for a cubin for sm_90a, which cannot run on sm_89, sm_100 and sm_121; use 'sm_89'"));

    [Theory]
    [InlineData("void M() { if (device.ComputeCapabilityMajor == 10) Take(CUjit_target.CU_TARGET_COMPUTE_100A); }")]
    [InlineData("void M() { var target = CUjit_target.CU_TARGET_COMPUTE_100A; if (device.ComputeCapabilityMajor == 10) Take(target); }")]
    [InlineData("void M() { if ({|CUDA1005:device.ComputeCapabilityMajor >= 10|}) Take(CUjit_target.CU_TARGET_COMPUTE_100A); else Take(CUjit_target.CU_TARGET_COMPUTE_90); }")]
    public Task JIT_targets_behind_guards(string members) => Verify.Analyzer<JitTargetAnalyzer>(InClass(members));

    [Theory]
    [InlineData("""void M() { if (device.ComputeCapabilityMajor == 10) Take(".version 8.6\n.target sm_100a\n"); }""")]
    [InlineData("""const string Ptx = ".version 8.6\n.target sm_100a\n"; void M() { if (device.ComputeCapabilityMajor == 10) Take(Ptx); }""")]
    [InlineData("""void M(int major, int minor) { string version = major >= 12 ? "8.8" : "7.0"; Take($".version {version}\n.target sm_{major}{minor}\n"); }""")]
    [InlineData("""void M(int major, int minor) { int capability = major * 10 + minor; string version = capability >= 120 ? "{|CUDA1004:8.7|}" : "7.0"; Take($".version {version}\n.target sm_{major}{minor}\n"); }""")]
    [InlineData("""void M(int major, int minor) { var b = new StringBuilder(); if (major >= 12) b.AppendLine(".version {|CUDA1004:8.7|}"); else b.AppendLine(".version 7.0"); b.AppendLine($".target sm_{major}{minor}"); Take(b); }""")]
    [InlineData("""void M() { if (device.ComputeCapabilityMajor >= 12) Take(".version 8.6\n.target {|CUDA1004:sm_100a|}\n"); }""")]
    public Task PTX_behind_guards(string members) => Verify.Analyzer<PtxLiteralAnalyzer>(InClass(members));
}
