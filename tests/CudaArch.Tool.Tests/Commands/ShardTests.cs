using System.Text.Json;

namespace CudaArch.Tool.Tests.Commands;

/// <summary>The parts of the work are the whole, each file once, and their answers join to the answer of one run.</summary>
public class ShardTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public void The_parts_join_to_the_whole(int count)
    {
        using var folder = new TemporaryFolder();
        string[] parts = [.. Enumerable.Range(1, count).Select(i => folder.Path + $"/{i}.json")];
        for (int i = 1; i <= count; i++)
        {
            CommandRun.Of("verify", "native", "--shard", $"{i}/{count}", "--format", "json", "--output", parts[i - 1]);
        }

        CommandRun whole = CommandRun.Of("verify", "native", "--format", "json"), merged = CommandRun.Of(["merge", .. parts]);
        Assert.Equal(Paths(whole), parts.SelectMany(part => Paths(File.ReadAllText(part))).Order(StringComparer.Ordinal));
        Assert.Equal(whole.Output, merged.Output);
        Assert.Equal(whole.ExitCode, merged.ExitCode);
    }

    [Fact]
    public void An_answer_that_is_given_twice_counts_once()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Path + "/a.json";
        CommandRun one = CommandRun.Of("verify", "native/none_86.so", "native/jit_80.so", "--format", "json", "--output", path), twice = CommandRun.Of("merge", path, path, "--output", folder.Path + "/b.json");
        Assert.Equal(one.Output, twice.Output);
        Assert.Equal(ExitCodes.Gaps, twice.ExitCode);
        Assert.Equal(ExitCodes.Covered, CommandRun.Of("merge", path, "--fail-on", "none").ExitCode - ExitCodes.Gaps);
    }

    [Fact]
    public void A_file_that_could_not_be_read_weighs_as_much_after_the_merge()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Path + "/a.json";
        Assert.Equal(ExitCodes.Unreadable, CommandRun.Of("verify", folder.Write("cut.so", File.ReadAllBytes("native/native_121.so")[..100]), "--format", "json", "--output", path).ExitCode);
        Assert.Equal(ExitCodes.Unreadable, CommandRun.Of("merge", path).ExitCode);
    }

    [Theory]
    [InlineData("""{"schemaVersion": 1}""", "were expected in it")]
    [InlineData("""{"schemaVersion": 9, "targets": ["sm_121"], "files": []}""", "schemaVersion 9")]
    [InlineData("""{"schemaVersion": 1, "targets": ["sm_90"], "files": []}""", "answers for sm_90")]
    [InlineData("""{"schemaVersion": 1, "targets": ["sm_121"], "files": [{"path": "native/none_86.so", "coverage": {}, "findings": []}]}""", "otherwise")]
    [InlineData("""{"schemaVersion": 1, "targets": ["sm_121"], "files": [3]}""", "were expected in it")]
    [InlineData("{ \"a\"", "line 1")]
    public void What_does_not_fit_is_refused(string answer, string reason)
    {
        using var folder = new TemporaryFolder();
        string good = folder.Path + "/good.json", bad = folder.Write("bad.json", answer);
        CommandRun.Of("verify", "native/none_86.so", "--format", "json", "--output", good);
        CommandRun run = CommandRun.Of("merge", good, bad);
        Assert.Equal(ExitCodes.Usage, run.ExitCode);
        Assert.Contains(reason, run.Error);
        Assert.Contains("bad.json", run.Error);
    }

    private static IEnumerable<string> Paths(CommandRun run) => Paths(run.Output);

    private static IEnumerable<string> Paths(string json) => JsonDocument.Parse(json).RootElement.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("path").GetString()!);
}
