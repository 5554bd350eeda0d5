using System.Text;
using CsCheck;
using CudaArch.Architectures;
using CudaArch.Ptx;
using CudaArch.Testing;

namespace CudaArch.Core.Tests.Ptx;

/// <summary>Whatever the text, the lexer and the analyzer answer, point only into the text, and take time linear in its length.</summary>
public class PtxHostileTextTests
{
    private const int Samples = 10_000;
    private const int LargeText = 10 * 1024 * 1024;

    // Quadratic work on a large text takes hours; linear work takes about a second.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly SmArchitecture Device = SmArchitecture.Parse("sm_121");

    private static readonly string[] Pieces =
    [
        ".version", " 9.0\n", " 8.\uFFFC", ".target", " sm_121a", " sm_\uFFFC", ",", ".address_size 64\n", ".address_size 32\n", ".visible ", ".entry k(", ".func (", ".param .u64 p", ")", "{", "}", "[", "]",
        "(", ";", ":", "::", "@", "@!p ", "|", "=", "<", ">", "_", "-", "+", "~", "\"", "/*", "*/", "//", "\n", "\r", "\0", "\uD800", "\uDC00", "\uFEFF", "é", ".", "..", "%", "%%r1", "0x", "1U", "99999999999999999999",
        ".shared .align 16 .b8 s[61440];", ".shared .align 9999999999999 .v8 .b128 s[2147483647][2147483647]", ".extern .shared .b8 d[];", ".global .u64 t[1] = {f", ".reg .pred p<9>;", ".reg .b32 r<", "call f, (p);",
        "call %rd1, proto;", "mov.u32 r1, s;", "tcgen05.alloc", ".cta_group::1", ".sync.aligned", "cp.async.ca.shared.global [s], [r], 16, p1;", "cvt.rn.satfinite.e2m1x2.f32 r, f, f;", "mma", ".sp::2:4", ".kind::mxf4",
        "ld.global.u32 r1, [r2];", "%clusterid.x", ".loc 1 2 3, function_name f, inlined_at", ".file 1 \"a", ".section .debug {", ".pragma \"frequency", ".callprototype _ (", "ret",
    ];

    private static readonly Gen<string> Soup = Gen.OneOf(Gen.OneOf(Pieces), Gen.String[0, 4], Gen.Char.Select(c => c.ToString())).Array[0, 60].Select(string.Concat);

    public static TheoryData<string, string> Units => new()
    {
        { "comments that open", "/*" },
        { "comment ends", "*/ " },
        { "line comments", "//\n" },
        { "braces", "{" },
        { "closing braces", "}" },
        { "brackets", "mov [" },
        { "parentheses", ".func (" },
        { "quotes", "\"" },
        { "NULs", "\0" },
        { "lone surrogates", "\uD800" },
        { "dots", "." },
        { "colons", "a:" },
        { "guards", "@" },
        { "one name", "a" },
        { "one modifier", ".a::" },
        { "one number", "9" },
        { "operands", "a, b|c, {d}, " },
        { "targets", ".target sm_121, " },
        { "versions", ".version 9.0\n" },
        { "kernels", ".entry k() { }\n" },
        { "instructions that the device lacks", "tcgen05.wait::ld.sync.aligned;\n" },
        { "shared variables", ".shared .b8 s[4];" },
        { "registers", ".reg .b32 a;" },
        { "tables", ".func f; .global .u64 t = {f};\n" },
        { "functions that call the one before", ".func f#(){ call f@; }\n" },
        { "kernels that reach many functions", ".func f#(){ call f@; .shared .b8 s[1]; } .entry k#(){ call f#; }\n" },
    };

    [Fact]
    public void Any_soup_of_pieces_is_answered() => Soup.Sample(text =>
    {
        Check(text, PtxAnalyzer.Analyze(text, Device));
        Check(text, PtxAnalyzer.AnalyzeFragment(text, Device));
        PtxAnalyzer.LowestVersion(text, Device);
    }, iter: Samples);

    [Fact]
    public void Pieces_behind_a_sound_header_are_answered() => Soup.Sample(body =>
    {
        string text = ".version 9.0\n.target sm_121a\n.address_size 64\n.visible .entry k(.param .u64 p)\n{\n" + body;
        PtxReport report = PtxAnalyzer.Analyze(text, Device);
        Check(text, report);
        Assert.Contains(report.Entries, entry => entry.Name == "k");
    }, iter: Samples);

    [Fact]
    public void Tokens_follow_each_other_and_cover_all_that_is_no_blank() => Soup.Sample(text =>
    {
        var lexer = new PtxLexer(text);
        int end = 0;
        while (lexer.Read(out PtxToken token))
        {
            Assert.True(token.Span.Start >= end && token.Span.Length > 0 && token.Span.End <= text.Length);
            end = token.Span.End;
        }
    }, iter: Samples);

    [Theory]
    [InlineData("hand_static_shared_60k.ptx")]
    [InlineData("nvcc_tma_gather_121.ptx")]
    [InlineData("nvcc_big_shared_90.ptx")]
    public void A_text_cut_off_anywhere_is_answered(string file)
    {
        string text = File.ReadAllText(Fixtures.PathOf("ptx/" + file));
        for (int length = 0; length <= text.Length; length++)
        {
            string cut = text.Substring(0, length);
            Check(cut, PtxAnalyzer.Analyze(cut, Device));
        }
    }

    [Theory]
    [MemberData(nameof(Units))]
    public async Task A_large_text_takes_linear_time(string what, string unit)
    {
        string text = Repeat(".version 9.0\n.target sm_121\n.address_size 64\n", unit);
        PtxReport report = await Task.Run(() => PtxAnalyzer.Analyze(text, Device)).WaitAsync(Patience);
        Assert.True(report.Findings.Count < 10_000, what);
        Check(text, report);
    }

    [Fact]
    public void Every_finding_stands_on_its_line()
    {
        const string Lines = "\n\n\ntcgen05.wait::ld.sync.aligned;\r\n// comment\n{ tcgen05.wait::st.sync.aligned; }";
        PtxReport report = PtxAnalyzer.AnalyzeFragment(Lines, Device);
        Assert.Equal([4, 6], report.Findings.Select(finding => finding.Line));
    }

    // '#' and '@' stand for a number and the one before it.
    private static string Repeat(string head, string unit)
    {
        var text = new StringBuilder(head, LargeText + 1024);
        bool numbered = unit.Contains('#', StringComparison.Ordinal);
        for (int i = 1; text.Length < LargeText; i++)
        {
            text.Append(numbered ? unit.Replace("#", $"{i}", StringComparison.Ordinal).Replace("@", $"{i - 1}", StringComparison.Ordinal) : unit);
        }

        return text.ToString();
    }

    private static void Check(string text, PtxReport report)
    {
        Assert.Equal(report.Findings.Count == 0, report.LoadsAsWritten);
        foreach (PtxFinding finding in report.Findings)
        {
            Assert.InRange(finding.Span.Start, 0, text.Length);
            Assert.InRange(finding.Span.End, finding.Span.Start, text.Length);
            Assert.InRange(finding.Line, 1, text.Length + 1);
            Assert.NotEmpty(finding.Detail);
        }

        foreach (PtxEntry entry in report.Entries)
        {
            Assert.Equal(entry.Name, text.Substring(entry.Span.Start, entry.Span.Length));
        }
    }
}
