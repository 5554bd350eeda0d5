using System.Collections.Concurrent;
using System.Text;
using CsCheck;
using CudaArch.Architectures;
using CudaArch.Ptx;
using CudaArch.Testing;

namespace CudaArch.Core.Tests.Ptx;

/// <summary>A skim never passes what the analyzer refuses, and passes what compilers write.</summary>
public class PtxSkimTests
{
    private const string Header = ".version 9.0\n.target sm_80\n.address_size 64\n";

    private static readonly SmArchitecture[] Devices = [.. "75 80 90 100 103 110 120 121".Split(' ').Select(number => SmArchitecture.Parse("sm_" + number))];

    private static readonly string[] Texts = [.. Directory.EnumerateFiles(Fixtures.PathOf("ptx"), "*.ptx").Order(StringComparer.Ordinal)];

    private static readonly Gen<string> Damage = Gen.OneOf(
        Gen.OneOf(
            "{", "}", ";", "(", ")", "[", "]", ",", ".", ":", "::", "%", "@", "\"", "/*", "*/", "//", "\n", " ", "\0", "%%", "é", "ret;", ".func (", ".entry k(", ".shared .b8 s[99999];", ".param .b8 p[9999],",
            "tcgen05.wait::ld.sync.aligned;", "wgmma.fence.sync.aligned;", "mov.u32 %r1, %clusterid.x;", ".pragma \"frequency 1\";", ".maxclusterrank 8", "min.f32 %f1, %f2, %f3, %f4;", ".loc 1 2 3", ".file 1 \"a\"",
            ".section .x {", ".version 9.9\n", ".target sm_121a\n", ".address_size 32\n", ".b128", ".reg .b128 %q;", ".global .attribute(.unified(1, 2)) .b32 u;", "cp.async.ca.shared.global [s], [r], 16, p1;"),
        Gen.String[0, 3]);

    [Fact]
    public void Texts_of_compilers_that_load_are_passed()
    {
        string[] missed = [.. Texts.Where(path => Path.GetFileName(path).StartsWith("nvcc_", StringComparison.Ordinal))
            .SelectMany(path => Devices, (path, device) => (path, device))
            .Where(pair => PtxAnalyzer.Analyze(File.ReadAllText(pair.path), pair.device).LoadsAsWritten && !Passes(File.ReadAllText(pair.path), pair.device))
            .Select(pair => $"{Path.GetFileName(pair.path)} on {pair.device}")];
        Assert.Empty(missed);
    }

    [Fact]
    public void Names_of_kernels_are_those_of_the_analyzer()
    {
        foreach (string path in Texts)
        {
            string text = File.ReadAllText(path);
            if (Skim(text) is { } skim)
            {
                Assert.Equal(PtxAnalyzer.Analyze(text, Devices[0]).Entries.Select(entry => entry.Name).Distinct(), skim.Entries);
            }
        }
    }

    [Theory]
    [InlineData("tables/ptx-features.csv", 574)]
    [InlineData("tables/ptx-variants.csv", 1241)]
    [InlineData("tables/ptx-random.csv", 3123)]
    public void No_measured_text_is_passed_that_the_analyzer_refuses(string table, int count)
    {
        string[] targets = "70 75 80 90 90a 100 100f 103a 120 121 121a 121f".Split(' ');
        IReadOnlyList<IReadOnlyDictionary<string, string>> rows = Table.Read(table);
        Assert.Equal(count, rows.Count);
        var wrong = new ConcurrentQueue<string>();
        int passed = 0;
        Parallel.ForEach(rows, row =>
        {
            foreach (string target in targets)
            {
                SmArchitecture device = SmArchitecture.Parse("sm_" + target);
                string text = table.EndsWith("random.csv", StringComparison.Ordinal)
                    ? Snippet.InKernel(row["snippet"], target)
                    : $".version 9.5\n.target sm_{target}\n.address_size 64\n{Snippet.InModule(row["snippet"])}\n";
                bool passes = Passes(text, device);
                Interlocked.Add(ref passed, passes ? 1 : 0);
                if (passes && !PtxAnalyzer.Analyze(text, device).LoadsAsWritten)
                {
                    wrong.Enqueue($"{row["snippet"]} on {target}");
                }
            }
        });
        Assert.Empty(wrong);
        Assert.True(passed > count, $"only {passed} texts are passed");
    }

    [Fact]
    public void No_damaged_text_is_passed_that_the_analyzer_refuses()
    {
        string[] texts = [.. Texts.Select(File.ReadAllText).Where(text => text.Length < 40_000)];
        Gen<string> damaged =
            from text in Gen.OneOf(texts)
            from places in Gen.Double[0, 1].Array[1, 3]
            from pieces in Gen.Select(Damage, Gen.Int[0, 12]).Array[3]
            select places.Select((place, i) => (At: (int)(place * text.Length), pieces[i])).Aggregate(
                text, (changed, piece) => changed.Remove(Math.Min(piece.At, changed.Length), Math.Min(piece.Item2.Item2, Math.Max(0, changed.Length - piece.At))).Insert(Math.Min(piece.At, changed.Length), piece.Item2.Item1));
        int passed = 0;
        damaged.Sample(
            text =>
            {
                foreach (SmArchitecture device in Devices)
                {
                    if (Passes(text, device))
                    {
                        Interlocked.Increment(ref passed);
                        PtxReport report = PtxAnalyzer.Analyze(text, device);
                        Assert.True(report.LoadsAsWritten, $"{device}: {string.Join("; ", report.Findings.Select(finding => finding.Detail))}\n{text}");
                    }
                }
            },
            iter: 3000);
        Assert.True(passed > 300, $"only {passed} texts are passed");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(100)]
    public void It_does_not_matter_in_which_pieces_a_text_comes(int size)
    {
        foreach (string path in Texts.Take(60))
        {
            byte[] text = File.ReadAllBytes(path);
            PtxSkim? whole = PtxSkim.Read(new MemoryStream(text)), inPieces = PtxSkim.Read(new Dripping(text, size));
            Assert.Equal(whole?.Entries, inPieces?.Entries);
            Assert.Equal(whole?.Features.Select(feature => feature.Id).Order(), inPieces?.Features.Select(feature => feature.Id).Order());
            Assert.Equal(whole?.MostSharedMemory, inPieces?.MostSharedMemory);
            Assert.Equal(whole?.Length, inPieces?.Length);
        }
    }

    [Theory]
    [InlineData(".visible .entry k()\n{\n ret;\n}\n\0\0\0\0", true)]
    [InlineData(".visible .entry k(.param .align 4 .b8 p[128], .param .u64 .ptr .global .align 1 q)\n.maxntid 256, 1, 1\n.minnctapersm 2\n{\n ret;\n}\n", true)]
    [InlineData(".func (.param .b32 r) f(.param .b32 a)\n{\n ret;\n}\n.visible .entry k() { .reg .b32 %r<3>; L: @!%p1 bra L; { .param .b32 x; call.uni (x), f, (x); } ret; }", true)]
    [InlineData(".global .align 4 .b8 t[8] = {1, 2, 3, 4, 5, 6, 7, 8};\n.visible .entry k() { .pragma \"nounroll\"; ret; }", true)]
    [InlineData(".file 1 \"a.cu\", 1, 2\n.visible .entry k() { .loc 1 2 3, function_name $L__info + 4, inlined_at 1 2 3\n ret; }\n.section .debug_str { $L__info: .b8 118,49\n.b8 0\n }", true)]
    [InlineData(".visible .entry k() { .shared .b8 s[50000]; ret; }", false)]
    [InlineData(".visible .entry k() { .loc 1 2 3 tcgen05.wait::ld.sync.aligned;\n ret; }", false)]
    [InlineData(".visible .entry k() { .reg .u32 %r1; mov.u32 %r1, %cluster_ctarank; ret; }", false)]
    [InlineData(".visible .entry k() { .reg .f32 %f<4>; min.f32 %f0, %f1, %f2, %f3; ret; }", false)]
    [InlineData(".visible .entry k() { ld .global .u32 %r1, [%r2]; ret; }", false)]
    [InlineData(".visible .entry k() { mov.b32 %r1, \uFFFC; ret; }", false)]
    [InlineData(".visible .entry k() { .pragma \"enable_smem_spilling\"; ret; }", true)]
    [InlineData(".visible .entry k() { .pragma \"a\"; tcgen05.wait::ld.sync.aligned; .pragma \"b\"; ret; }", false)]
    [InlineData(".visible .entry k() { ret; /* open", false)]
    [InlineData(".visible .entry k() { ret; } }", false)]
    [InlineData(".target sm_121a\n", false)]
    public void What_is_passed(string body, bool expected) => Assert.Equal(expected, Passes(Header + body, SmArchitecture.Parse("sm_121")));

    [Fact]
    public void A_version_is_too_new_for_an_older_driver()
    {
        PtxSkim skim = Skim(Header + ".visible .entry k() { ret; }")!;
        Assert.True(skim.CertainlyCompiles(Devices[^1], PtxVersion.Parse("9.0")));
        Assert.False(skim.CertainlyCompiles(Devices[^1], PtxVersion.Parse("8.8")));
    }

    private static bool Passes(string text, SmArchitecture device) => Skim(text)?.CertainlyCompiles(device) == true;

    private static PtxSkim? Skim(string text) => PtxSkim.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)));

    /// <summary>A stream that gives a few bytes at a time.</summary>
    private sealed class Dripping(byte[] bytes, int size) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, size));
    }
}
