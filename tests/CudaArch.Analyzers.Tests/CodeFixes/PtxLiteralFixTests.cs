using CudaArch.Analyzers.EmbeddedSource;
using CudaArch.Analyzers.Tests.Testing;
using CudaArch.CodeFixes;

namespace CudaArch.Analyzers.Tests.CodeFixes;

public sealed class PtxLiteralFixTests
{
    private static string InMethod(string statements) => $$"""
        using System;
        using System.Text;

        class C
        {
            void M(int major, int minor, string text)
            {
                {{statements}}
            }

            void Take(object text) { }
        }
        """;

    private static Task Fixes(string before, string after, string? targets = null) =>
        Verify.Fix<PtxLiteralAnalyzer, DeviceTextCodeFixProvider>(InMethod(before), InMethod(after), targets);

    [Theory]

    // The version.
    [InlineData("""Take(".version {|CUDA1004:8.7|}\n.target sm_121\n.address_size 64\n");""", """Take(".version 8.8\n.target sm_121\n.address_size 64\n");""")]
    [InlineData("""Take(".version\u0020{|CUDA1004:8\u002e7|}\n.target sm_121\n");""", """Take(".version\u00208.8\n.target sm_121\n");""")]
    [InlineData("""Take($".version {|CUDA1004:7.0|}\n.target sm_{major}{minor}\n.address_size 64");""", """Take($".version 8.8\n.target sm_{major}{minor}\n.address_size 64");""")]
    [InlineData("""var b = new StringBuilder(); b.AppendLine(".version {|CUDA1004:7.1|}"); b.AppendLine($".target sm_{major}{minor}");""", """var b = new StringBuilder(); b.AppendLine(".version 8.8"); b.AppendLine($".target sm_{major}{minor}");""")]

    // The target.
    [InlineData("""Take(@".version 8.8 .target {|CUDA1004:sm_90a|}");""", """Take(@".version 8.8 .target sm_121");""")]
    [InlineData("""string target = "{|CUDA1004:sm_100a|}"; Take($".version 8.8\n.target {target}\n");""", """string target = "sm_121"; Take($".version 8.8\n.target {target}\n");""")]

    // Both, for instructions that only lack the suffix.
    [InlineData("""Take(".version 8.6\n.target {|CUDA1004:sm_100a|}\n"u8.ToArray());""", """Take(".version 8.8\n.target sm_121\n"u8.ToArray());""")]
    [InlineData(
        """Take(".version 8.8\n.target sm_121\n.visible .entry k() { {|CUDA1004:setmaxnreg.inc.sync.aligned.u32|} 96; }");""",
        """Take(".version 8.8\n.target sm_121f\n.visible .entry k() { setmaxnreg.inc.sync.aligned.u32 96; }");""")]
    [InlineData(
        """Take(".version 8.0\n.target {|CUDA1004:sm_90a|}\n.visible .entry k() { setmaxnreg.inc.sync.aligned.u32 96; }");""",
        """Take(".version 8.8\n.target sm_121f\n.visible .entry k() { setmaxnreg.inc.sync.aligned.u32 96; }");""")]
    public Task The_header_says_what_the_target_needs(string before, string after) => Fixes(before, after);

    [Fact]
    public Task All_at_once() => Fixes(
        """"
        Take(".version {|CUDA1004:8.5|}\n.target sm_121\n"); Take(".version {|CUDA1004:8.6|}\n.target sm_121\n"); Take("""
              .version {|CUDA1004:8.7|}  // low
              .target sm_121
            """);
        """",
        """"
        Take(".version 8.8\n.target sm_121\n"); Take(".version 8.8\n.target sm_121\n"); Take("""
              .version 8.8  // low
              .target sm_121
            """);
        """");

    [Theory]

    // No header line gives the device tcgen05; no line suits both targets.
    [InlineData("sm_121", """Take(".version 8.6\n.target sm_100a\n.visible .entry k()\n{\n\t{|CUDA1004:tcgen05.fence::before_thread_sync|};\n\tret;\n}\n");""")]
    [InlineData("sm_100,sm_121", """Take(".version 8.8\n.target {|CUDA1004:sm_121a|}\n.visible .entry k() { setmaxnreg.inc.sync.aligned.u32 96; }");""")]
    public Task No_fix_where_it_would_do_harm(string targets, string statements) => Verify.NoFix<PtxLiteralAnalyzer, DeviceTextCodeFixProvider>(InMethod(statements), targets);
}
