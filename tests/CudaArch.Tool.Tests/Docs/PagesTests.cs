using System.Text.RegularExpressions;
using CudaArch.Architectures;
using CudaArch.Features;
using CudaArch.Testing;

namespace CudaArch.Tool.Tests.Docs;

/// <summary>What the pages of the documentation show is what the command does, and what they link to is there.</summary>
public partial class PagesTests
{
    private static readonly string Folder = Path.Combine(Fixtures.RepositoryRoot, "docs");

    public static TheoryData<string> Pages => [.. Directory.EnumerateFiles(Folder, "*.md", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(Folder, path).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_run_gives_what_stands_below_it(string page)
    {
        foreach (Match run in Transcript().Matches(Read(page)))
        {
            Assert.Equal(run.Groups["output"].Value, CommandRun.Of(run.Groups["arguments"].Value.Split(' ')).Output);
        }
    }

    [Theory]
    [InlineData("command-line.md", 2)]
    [InlineData("dgx-spark.md", 1)]
    [InlineData("guides/applications.md", 3)]
    [InlineData("guides/packages.md", 2)]
    public void The_pages_show_runs(string page, int runs) => Assert.Equal(runs, Transcript().Count(Read(page)));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_command_in_the_text_is_understood(string page)
    {
        foreach (Match command in Command().Matches(Read(page)))
        {
            string[] words = command.Groups[1].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            string help = CommandRun.Of(words[0], "--help").Output;
            Assert.True(help.Contains("cudaarch " + words[0], StringComparison.Ordinal), command.Value);
            Assert.All(words.Where(word => word.StartsWith("--", StringComparison.Ordinal)), option => Assert.Matches($@"(?m)^ +(-\S+, )*{option}\b", help));
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Every_link_leads_to_a_page(string page)
    {
        foreach (Match link in Link().Matches(Read(page)))
        {
            Assert.True(Path.Exists(Path.Combine(Folder, Path.GetDirectoryName(page)!, link.Groups[1].Value)), link.Value);
        }
    }

    [Fact]
    public void The_page_of_the_Spark_says_of_features_what_the_catalog_says()
    {
        var spark = new SmArchitecture(12, 1);
        MatchCollection rows = FeatureRow().Matches(Read("dgx-spark.md"));
        Assert.True(rows.Count >= 10);
        foreach (Match row in rows)
        {
            CudaFeature feature = Assert.Single(FeatureCatalog.All, feature => feature.Id == row.Groups["id"].Value);
            string expected = feature.SupportOn(spark) switch
            {
                FeatureSupport.Baseline => "yes",
                FeatureSupport.NeedsFamilySuffix => "as sm_121f",
                FeatureSupport.NeedsArchitectureSuffix => "as sm_121a",
                _ => "no",
            };
            Assert.Equal(expected, row.Groups["answer"].Value);
        }
    }

    private static string Read(string page) => File.ReadAllText(Path.Combine(Folder, page)).ReplaceLineEndings("\n");

    [GeneratedRegex(@"```text\ncudaarch (?<arguments>[^\n\[…]*)\n(?<output>[^`]+)```")]
    private static partial Regex Transcript();

    [GeneratedRegex(@"`cudaarch ([a-z][^`\n]*)`")]
    private static partial Regex Command();

    [GeneratedRegex(@"\]\((?!https?:|#)([^)#]+)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(?m)^\| `(?<id>[a-z0-9_.]+)` \| (?<answer>yes|no|as sm_121[af]) \|")]
    private static partial Regex FeatureRow();
}
