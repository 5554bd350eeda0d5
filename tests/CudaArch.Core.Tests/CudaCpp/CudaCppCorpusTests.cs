using CudaArch.Architectures;
using CudaArch.CudaCpp;
using CudaArch.Testing;

namespace CudaArch.Core.Tests.CudaCpp;

/// <summary>Our answer equals the compilers' on every source of the corpus: on every target, with both compilers, and at the place.</summary>
public class CudaCppCorpusTests
{
    private static readonly string[] Targets = ["sm_121", "sm_121f", "sm_121a", "sm_120", "sm_120a", "sm_100", "sm_100a", "sm_100f", "sm_90", "sm_90a", "sm_89"];

    public static TheoryData<string> Files => [.. Table.Read("cuda-cpp/expected.csv").Select(row => row["file"])];

    [Fact]
    public void The_corpus_is_whole() => Assert.Equal(102, Files.Count);

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_column_is_ours(string file)
    {
        IReadOnlyDictionary<string, string> row = Table.Read("cuda-cpp/expected.csv").Single(row => row["file"] == file);
        string text = File.ReadAllText(Fixtures.PathOf("cuda-cpp/" + file));
        CudaCppReport report = CudaCppAnalyzer.Judge(text, new SmArchitecture(12, 1));
        Assert.Equal(row["verdict"], Word(report.Verdict));
        Assert.Equal(row["verdict"] == "runs" ? row["fallback"] : "", report.Verdict == CudaCppVerdict.Runs ? Word(report.Fallback) : "");
        Assert.Equal(row["offenders"], string.Join("; ", report.Offenders.Select(offender => Describe(text, offender))));
        Assert.Equal(row["offending_token"], report.Deciding?.Finding.Token ?? "");
        Assert.Equal((row["offending_line"], row["offending_column"]), report.Deciding is { } deciding ? Place(text, deciding.Finding.Span.Start) : ("", ""));
        Assert.Equal(row["statement_line"], report.Deciding is { } first ? Place(text, first.Finding.Statement).Line : "");
        Assert.Equal(string.Concat(Targets.Select(target => row[target])), string.Concat(Targets.Select(target => Compiles(text, target, CudaCompiler.Nvrtc))));
        Assert.Equal(string.Concat(Targets[..3].Select(target => row["nvcc_" + target])), string.Concat(Targets[..3].Select(target => Compiles(text, target, CudaCompiler.Nvcc))));
        Assert.Equal(row["nvcc_verdict"], Word(CudaCppAnalyzer.Judge(text, new SmArchitecture(12, 1), CudaCompiler.Nvcc).Verdict));
    }

    private static string Compiles(string text, string target, CudaCompiler compiler) =>
        CudaCppAnalyzer.Check(text, SmArchitecture.Parse(target), compiler).Count == 0 ? "1" : "0";

    internal static string Describe(string text, CudaCppOffender offender)
    {
        (string line, string column) = Place(text, offender.Finding.Span.Start);
        string needs = offender.Needs switch { CudaCppVerdict.NeedsFamilySuffix => "f", CudaCppVerdict.NeedsArchitectureSuffix => "a", _ => "x" };
        return $"{line}:{column}:{offender.Finding.Token}:{needs}";
    }

    internal static string Word(CudaCppVerdict verdict) => verdict switch
    {
        CudaCppVerdict.Runs => "runs",
        CudaCppVerdict.NeedsFamilySuffix => "needs-f",
        CudaCppVerdict.NeedsArchitectureSuffix => "needs-a",
        _ => "lacks-hardware",
    };

    private static string Word(CudaCppFallback fallback) => fallback switch
    {
        CudaCppFallback.None => "none",
        CudaCppFallback.SoftwareConversion => "software-conversion",
        CudaCppFallback.EmptyBranch => "empty-branch",
        _ => "else-branch",
    };

    private static (string Line, string Column) Place(string text, int index)
    {
        string before = text[..index];
        return ((before.Count(c => c == '\n') + 1).ToString(), (index - before.LastIndexOf('\n')).ToString());
    }
}
