using System.Text.RegularExpressions;
using CudaArch.Architectures;
using CudaArch.CudaCpp;
using CudaArch.Testing;

namespace CudaArch.Core.Tests.CudaCpp;

/// <summary>Sources of our own with the same topics as the measured corpus; see their README.</summary>
public partial class CudaCppOwnCorpusTests
{
    private static readonly string[] Targets = ["121", "121f", "121a", "120", "120a", "100", "100a", "100f", "90", "90a", "89"];

    public static TheoryData<string> Files => [.. Directory.GetFiles(Fixtures.PathOf("cuda-cpp-own"), "*.cu").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Verdict_places_and_targets_are_as_marked(string file)
    {
        string marked = File.ReadAllText(Fixtures.PathOf("cuda-cpp-own/" + file));
        var places = new List<string>();
        int removed = 0;
        string text = Mark().Replace(marked, match =>
        {
            places.Add($"{match.Index - removed}:{match.Groups[1].Value}");
            removed += match.Length - match.Groups[2].Length;
            return match.Groups[2].Value;
        });
        Match head = Head().Match(text);
        CudaCppReport report = CudaCppAnalyzer.Judge(text, new SmArchitecture(12, 1));
        Assert.Equal(head.Groups[1].Value, CudaCppCorpusTests.Word(report.Verdict));
        Assert.Equal(string.Join(" ", places), string.Join(" ", report.Offenders.Select(offender => offender.Finding.Span.Start + ":" + Class(offender))));
        Assert.Equal(head.Groups[2].Value.Trim(), string.Join(" ", Targets.Where(target => CudaCppAnalyzer.Check(text, SmArchitecture.Parse(target)).Count == 0)));
    }

    private static string Class(CudaCppOffender offender) =>
        offender.Needs switch { CudaCppVerdict.NeedsFamilySuffix => "f", CudaCppVerdict.NeedsArchitectureSuffix => "a", _ => "x" };

    [GeneratedRegex(@"@([xfa])\{([^}]*)\}")]
    private static partial Regex Mark();

    [GeneratedRegex(@"^// verdict: ([a-z-]+); compiles:([^\n]*)")]
    private static partial Regex Head();
}
