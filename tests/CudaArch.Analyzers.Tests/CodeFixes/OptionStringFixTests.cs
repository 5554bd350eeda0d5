using CudaArch.Analyzers.OptionStrings;
using CudaArch.Analyzers.Tests.Testing;
using CudaArch.CodeFixes;

namespace CudaArch.Analyzers.Tests.CodeFixes;

public sealed class OptionStringFixTests
{
    private static string InMethod(string statements) => $$"""
        using System;
        using System.Collections.Generic;
        using System.Diagnostics;
        using System.Runtime.InteropServices;

        class C
        {
            [DllImport("nvfatbin")] static extern int nvFatbinAddCubin(IntPtr handle, byte[] code, nuint size, string arch, string id);

            void M(byte[] code, string text, bool flag)
            {
                {{statements}}
            }

            void Take(params string[] options) { }
        }
        """;

    private static Task Fixes(string before, string after, string? targets = null) =>
        Verify.Fix<OptionStringAnalyzer, DeviceTextCodeFixProvider>(InMethod(before), InMethod(after), targets);

    [Theory]

    // The spelling stays.
    [InlineData("""Take("--gpu-architecture={|CUDA1003:sm_100a|}");""", """Take("--gpu-architecture=sm_121a");""")]
    [InlineData("""Take("--gpu-architecture={|CUDA1003:compute_100f|}", "-O3");""", """Take("--gpu-architecture=compute_121f", "-O3");""")]
    [InlineData("""Take("-arch", "{|CUDA1003:sm_90a|}");""", """Take("-arch", "sm_121a");""")]
    [InlineData("""Process.Start("ptxas", "-arch {|CUDA1003:sm_90|} k.ptx");""", """Process.Start("ptxas", "-arch sm_121 k.ptx");""")]
    [InlineData("""Take("-DCMAKE_CUDA_ARCHITECTURES={|CUDA1003:100a|}-real");""", """Take("-DCMAKE_CUDA_ARCHITECTURES=121a-real");""")]
    [InlineData("""Environment.SetEnvironmentVariable("TORCH_CUDA_ARCH_LIST", "{|CUDA1003:9.0a|}");""", """Environment.SetEnvironmentVariable("TORCH_CUDA_ARCH_LIST", "12.1a");""")]
    [InlineData("""nvFatbinAddCubin(default, code, 1, "{|CUDA1003:100a|}", "k");""", """nvFatbinAddCubin(default, code, 1, "121a", "k");""")]

    // So do the literal and all around it.
    [InlineData("""Take(@"C:\kernels", @"--gpu-architecture={|CUDA1003:sm_100a|}" /* why */);""", """Take(@"C:\kernels", @"--gpu-architecture=sm_121a" /* why */);""")]
    [InlineData("""ReadOnlySpan<byte> options = "--gpu-architecture={|CUDA1003:sm_100a|}\0"u8;""", """ReadOnlySpan<byte> options = "--gpu-architecture=sm_121a\0"u8;""")]
    [InlineData(""""string options = """--gpu-architecture={|CUDA1003:sm_100a|}""";"""", """"string options = """--gpu-architecture=sm_121a""";"""")]
    [InlineData("""Take($"-I{text} \"-DX={{1}}\" --gpu-architecture={|CUDA1003:compute_100a|}");""", """Take($"-I{text} \"-DX={{1}}\" --gpu-architecture=compute_121a");""")]
    [InlineData("""const string Name = "{|CUDA1003:sm_100a|}"; Take("--gpu-architecture=" + Name);""", """const string Name = "sm_121a"; Take("--gpu-architecture=" + Name);""")]
    [InlineData("""Take("-arch\u003d{|CUDA1003:sm_\u0031\u0030\u0030a|}\t");""", """Take("-arch\u003dsm_121a\t");""")]

    // The stage before goes along.
    [InlineData("""Take("-gencode", "arch=compute_100a,code={|CUDA1003:sm_100a|}");""", """Take("-gencode", "arch=compute_121a,code=sm_121a");""")]
    [InlineData("""Take("-gencode=arch=compute_90a,code=[sm_90a,{|CUDA1003:compute_90a|}]");""", """Take("-gencode=arch=compute_121a,code=[sm_121a,compute_121a]");""")]
    public Task Names_become_those_of_the_target(string before, string after) => Fixes(before, after);

    [Theory]
    [InlineData("""Environment.SetEnvironmentVariable("TORCH_CUDA_ARCH_LIST", "9.0a;{|CUDA1003:10.0a|}");""", """Environment.SetEnvironmentVariable("TORCH_CUDA_ARCH_LIST", "9.0a;10.0a;12.1a");""")]
    [InlineData("""Take("-DCMAKE_CUDA_ARCHITECTURES=90a-real;{|CUDA1003:100a|}-real");""", """Take("-DCMAKE_CUDA_ARCHITECTURES=90a-real;100a-real;121a-real");""")]
    [InlineData(
        """Take("-gencode arch=compute_90a,code=sm_90a -gencode arch=compute_100a,code={|CUDA1003:sm_100a|} -O3");""",
        """Take("-gencode arch=compute_90a,code=sm_90a -gencode arch=compute_100a,code=sm_100a -gencode arch=compute_121a,code=sm_121a -O3");""")]
    [InlineData(
        """Take("-gencode", "arch=compute_90a,code=sm_90a", "-gencode", "arch=compute_100a,code={|CUDA1003:sm_100a|}", "-O3");""",
        """Take("-gencode", "arch=compute_90a,code=sm_90a", "-gencode", "arch=compute_100a,code=sm_100a", "-gencode", "arch=compute_121a,code=sm_121a", "-O3");""")]
    [InlineData(
        """var start = new ProcessStartInfo("nvcc"); start.ArgumentList.Add("-gencode=arch=compute_90a,code=sm_90a"); start.ArgumentList.Add("-gencode=arch=compute_100a,code={|CUDA1003:sm_100a|}");""",
        """var start = new ProcessStartInfo("nvcc"); start.ArgumentList.Add("-gencode=arch=compute_90a,code=sm_90a"); start.ArgumentList.Add("-gencode=arch=compute_100a,code=sm_100a"); start.ArgumentList.Add("-gencode=arch=compute_121a,code=sm_121a");""")]
    public Task Lists_get_one_entry_more(string before, string after) => Fixes(before, after);

    [Fact]
    public Task Lists_over_lines_keep_their_layout() => Fixes(
        """
        string[] options =
                [
                    "-gencode=arch=compute_90a,code=sm_90a",
                    "-gencode=arch=compute_100a,code={|CUDA1003:sm_100a|}",
                ];
        """,
        """
        string[] options =
                [
                    "-gencode=arch=compute_90a,code=sm_90a",
                    "-gencode=arch=compute_100a,code=sm_100a",
                    "-gencode=arch=compute_121a,code=sm_121a",
                ];
        """);

    [Fact]
    public Task All_at_once() => Fixes(
        """Take("-arch={|CUDA1003:sm_90|}"); Take("-arch={|CUDA1003:sm_100a|}"); Take("--gpu-architecture={|CUDA1003:compute_100f|}");""",
        """Take("-arch=sm_121"); Take("-arch=sm_121a"); Take("--gpu-architecture=compute_121f");""");

    [Theory]

    // A target that the code suits would lose it; the name is not written as a whole in one literal; nothing is known but the sum.
    [InlineData("sm_100,sm_121", """Take("--gpu-architecture={|CUDA1003:sm_100a|}");""")]
    [InlineData("sm_121", """Take("--gpu-architecture={|CUDA1003:sm_" + "100a|}");""")]
    public Task No_fix_where_it_would_do_harm(string targets, string statements) => Verify.NoFix<OptionStringAnalyzer, DeviceTextCodeFixProvider>(InMethod(statements), targets);

    [Fact]
    public async Task Each_target_at_fault_has_its_own_fix()
    {
        var test = new CudaFixTest<OptionStringAnalyzer, DeviceTextCodeFixProvider>(
            InMethod("""Take("--gpu-architecture={|CUDA1003:sm_100a|}");"""), InMethod("""Take("--gpu-architecture={|CUDA1003:sm_121a|}");"""), "sm_90,sm_121")
        {
            CodeActionIndex = 1,
            CodeActionEquivalenceKey = "CUDA1003 sm_121",
        };
        test.FixedState.MarkupHandling = Microsoft.CodeAnalysis.Testing.MarkupMode.Allow;
        await test.RunAsync();
    }
}
