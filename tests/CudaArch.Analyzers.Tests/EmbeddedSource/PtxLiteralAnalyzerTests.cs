using CudaArch.Analyzers.EmbeddedSource;
using CudaArch.Analyzers.Tests.Testing;

namespace CudaArch.Analyzers.Tests.EmbeddedSource;

public sealed class PtxLiteralAnalyzerTests
{
    private static string InMethod(string statements, string members = "") => $$"""
        using System;
        using System.Text;
        using System.IO;

        static class Assert { public static void Equal(object a, object b) { } public static void Contains(string a, string b) { } }
        static class CudaAsm { public static void Emit(string ptx, params int[] values) { } }

        class C
        {
            {{members}}

            void M(int major, int minor, string text, string arch)
            {
                {{statements}}
            }

            void Take(object text) { }
        }
        """;

    [Theory]
    // A target line that does not go to the device, a version that does not know the target.
    [InlineData("""Take(".version 8.0\n.target {|CUDA1004:sm_90a|}\n.address_size 64\n");""")]
    [InlineData("""Take(".version 8.6\r\n.target {|CUDA1004:sm_100a|}\r\n.address_size 64");""")]
    [InlineData("Take(@\".version {|CUDA1004:8.7|}\n   .target sm_121\n   .address_size 64\");")]
    [InlineData("""Take(".version\u0020{|CUDA1004:8\u002e7|}\n.target sm_121\n");""")]
    // The suffix is missing: at the instruction. The device lacks it: at the instruction, too.
    [InlineData("""Take(".version 8.8\n.target sm_121\n.address_size 64\n.visible .entry k()\n{\n {|CUDA1004:setmaxnreg.inc.sync.aligned.u32|} 96;\n ret;\n}");""")]
    [InlineData("""Take(".version 8.6\n.target sm_100a\n.address_size 64\n.visible .entry k()\n{\n\t{|CUDA1004:tcgen05.fence::before_thread_sync|};\n\tret;\n}\n");""")]
    [InlineData("""Take(".version 8.8\n" + ".target sm_121\n" + ".visible .entry k() { {|CUDA1004:setmaxnreg.inc.sync.aligned.u32|} 96; }");""")]
    // Holes.
    [InlineData("""Take($".version {|CUDA1004:7.0|}\n.target sm_{major}{minor}\n.address_size 64");""")]
    [InlineData("""Take($".version {|CUDA1004:7.0|}\n.target {arch}\n.visible .entry k() {{ ret; }}");""")]
    [InlineData("""Take($".version 8.8\n.target sm_{major}{minor}\n.visible .entry k() {{ {|CUDA1004:setmaxnreg.inc.sync.aligned.u32|} 96; }}");""")]
    [InlineData("""string target = "{|CUDA1004:sm_100a|}"; Take($".version 8.8\n.target {target}\n");""")]
    // Builders.
    [InlineData("""var b = new StringBuilder(); b.AppendLine(".version {|CUDA1004:7.1|}"); b.AppendLine($".target sm_{major}{minor}"); b.AppendLine(".address_size 64");""")]
    [InlineData("""Take(new StringBuilder().AppendLine(".version 8.6").AppendLine(".target {|CUDA1004:sm_100a|}").AppendLine(".address_size 64").ToString());""")]
    [InlineData("""string ptx = ".version 8.6\n"; ptx += ".target {|CUDA1004:sm_100a|}\n"; Take(ptx);""")]
    [InlineData("""using var w = new StringWriter(); w.WriteLine(".version 8.6"); w.WriteLine(".target {|CUDA1004:sm_100a|}");""")]
    [InlineData("""Take(string.Join("\n", ".version 8.6", ".target {|CUDA1004:sm_100a|}"));""")]
    [InlineData("""Take(".version 8.6\n.target {|CUDA1004:sm_100a|}\n"u8.ToArray());""")]
    [InlineData("""Take(Encoding.UTF8.GetBytes(".version 8.6\n.target {|CUDA1004:sm_100a|}\n"));""")]
    [InlineData("""CudaAsm.Emit("{|CUDA1004:tcgen05.fence::before_thread_sync|};");""")]
    public Task PTX_that_does_not_run_is_reported_inside_the_literal(string statements) => Verify.Analyzer<PtxLiteralAnalyzer>(InMethod(statements));

    [Fact]
    public Task Raw_literals_map_through_their_indentation() => Verify.Analyzer<PtxLiteralAnalyzer>(InMethod("", """"
        const string Plain = """
                .version 8.6
                .target {|CUDA1004:sm_100a|}
                .address_size 64
            """;

            static string Interpolated(int n) => $"""
                .version {|CUDA1004:8.7|}
                .target sm_121
                // {n}
                """;
        """"));

    [Theory]
    [InlineData("""Take(".version 7.0\n.target sm_75\n.address_size 64\n.visible .entry k() { ret; }");""")]
    [InlineData("""Take(".version 8.8\n.target sm_121a\n.visible .entry k() { setmaxnreg.inc.sync.aligned.u32 96; ret; }");""")]
    [InlineData("""Take($".version 8.8\n.target sm_{major}{minor}\n.address_size 64");""")]
    [InlineData("""Take($".version {major}.{minor}\n.target {arch}\n.address_size 64");""")]
    [InlineData("""Take("Needs .version 8.8 and .target sm_100a");""")]
    [InlineData("""Take(".target sm_100a");""")]
    [InlineData("""_ = text.Contains(".version 8.6\n.target sm_100a\n");""")]
    [InlineData("""if (text == ".version 8.6\n.target sm_100a\n") { }""")]
    [InlineData("""Assert.Equal(".version 8.6\n.target sm_100a\n", text);""")]
    [InlineData("""var expected = ".version 8.6\n.target sm_100a\n"; Assert.Contains(expected, text);""")]
    [InlineData("""throw new Exception(".version 8.6\n.target sm_100a\n is refused");""")]
    [InlineData("""Take(".version 8.8\n.target sm_121\n// tcgen05.alloc is not here\n");""")]
    [InlineData("""CudaAsm.Emit("add.u32 %0, %1, %2;");""")]
    public Task Other_text_is_quiet(string statements) => Verify.Analyzer<PtxLiteralAnalyzer>(InMethod(statements));

    [Theory]
    [InlineData("sm_100", """Take(".version 8.6\n.target sm_100a\n");""")]
    [InlineData("sm_90", """Take(".version 8.8\n.target {|CUDA1004:sm_121|}\n");""")]
    [InlineData("sm_100,sm_121", """Take(".version 8.6\n.target {|CUDA1004:sm_100a|}\n");""")]
    public Task Targets_decide(string targets, string statements) => Verify.Analyzer<PtxLiteralAnalyzer>(InMethod(statements), targets);
}
