using CudaArch.Testing;

namespace CudaArch.Tool.Tests.Commands;

public class UsageTests
{
    [Theory]
    [InlineData("")]
    [InlineData("unknown")]
    [InlineData("inspect")]
    [InlineData("verify")]
    [InlineData("verify file --fail-on often")]
    [InlineData("verify file --format xml")]
    [InlineData("verify file --target sm_12x")]
    [InlineData("verify file --target sm_122")]
    [InlineData("verify file --driver new")]
    [InlineData("verify file --driver 10.2")]
    [InlineData("verify file --shard 0/4")]
    [InlineData("verify file --shard 5/4")]
    [InlineData("verify file --shard 1")]
    [InlineData("verify no/project.assets.json")]
    [InlineData("merge")]
    [InlineData("merge no/such.json")]
    [InlineData("merge ptx/expected.csv")]
    [InlineData("diff native")]
    [InlineData("diff native no/such")]
    [InlineData("explain CUDA9999")]
    [InlineData("features no.such")]
    [InlineData("inspect file --kind sass")]
    [InlineData("completion csh")]
    public void A_mistake_is_named_in_one_line_and_ends_with_2(string line)
    {
        CommandRun run = CommandRun.Of(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(ExitCodes.Usage, run.ExitCode);
        Assert.StartsWith("cudaarch: ", run.Error);
        Assert.DoesNotContain("   at ", run.Error);
        Assert.Empty(run.Output);
    }

    [Fact]
    public Task Help() => Verifier.Verify(CommandRun.Of("--help").Transcript + CommandRun.Of("inspect", "--help").Transcript + CommandRun.Of("verify", "--help").Transcript
        + CommandRun.Of("merge", "--help").Transcript + CommandRun.Of("diff", "--help").Transcript);

    [Fact]
    public Task Targets() => Verifier.Verify(CommandRun.Of("targets").Transcript);

    [Fact]
    public void Features_say_what_a_target_has()
    {
        string[] lines = CommandRun.Of("features", "--target", "sm_121", "--target", "sm_100").Output.Split('\n');
        Assert.Matches(@"^feature +sm_121 +sm_100 +architectures", lines[0]);
        Assert.Matches(@"^tcgen05 +no +as sm_100f ", Assert.Single(lines, line => line.StartsWith("tcgen05 ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Features_without_a_target_list_the_catalog()
    {
        CommandRun run = CommandRun.Of("features");
        Assert.Equal(ExitCodes.Covered, run.ExitCode);
        Assert.All(CudaArch.Features.FeatureCatalog.All, feature => Assert.Contains("\n" + feature.Id + " ", run.Output));
    }

    [Fact]
    public void Explain_shows_the_page_of_every_rule()
    {
        foreach (CudaArch.Rules.RuleInfo rule in CudaArch.Rules.RuleCatalog.All)
        {
            CommandRun run = CommandRun.Of("explain", rule.Id.ToLowerInvariant());
            Assert.Equal(ExitCodes.Covered, run.ExitCode);
            Assert.StartsWith($"# {rule.Id}: ", run.Output);
        }
    }

    [Fact]
    public void Explain_sets_code_and_headings_apart_in_a_terminal()
    {
        CommandRun run = CommandRun.Of(CommandRun.Terminal, "explain", "CUDA2001");
        Assert.DoesNotContain("```", run.Output);
        Assert.DoesNotContain("## ", run.Output);
        Assert.Contains("\e[1m", run.Output);
    }
}
