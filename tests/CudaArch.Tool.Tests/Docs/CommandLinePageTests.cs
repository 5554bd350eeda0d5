using System.Text.RegularExpressions;
using CudaArch.Testing;

namespace CudaArch.Tool.Tests.Docs;

/// <summary>What <c>docs/command-line.md</c> and the rules' pages say is what the command does.</summary>
public partial class CommandLinePageTests
{
    private static readonly string[] Standard = ["--help", "--version"];

    private static string Page(string name) => File.ReadAllText(Path.Combine(Fixtures.RepositoryRoot, "docs", name)).ReplaceLineEndings("\n");

    public static TheoryData<string> Commands => [.. Usages().Keys];

    public static TheoryData<string, string> Examples
    {
        get
        {
            var examples = new TheoryData<string, string>();
            foreach (string page in Directory.EnumerateFiles(Path.Combine(Fixtures.RepositoryRoot, "docs", "rules"), "CUDA20*.md"))
            {
                foreach (Match example in Example().Matches(File.ReadAllText(page).ReplaceLineEndings("\n")))
                {
                    if (File.Exists(Fixtures.PathOf(example.Groups["file"].Value)))
                    {
                        examples.Add(example.Groups["file"].Value, example.Value);
                    }
                }
            }

            return examples;
        }
    }

    [Fact]
    public void Every_command_is_on_the_page()
    {
        string help = CommandRun.Of("--help").Output;
        IEnumerable<string> commands = CommandName().Matches(help[help.IndexOf("Commands:", StringComparison.Ordinal)..]).Select(match => match.Groups[1].Value);
        Assert.Equal(commands.Order(), Usages().Keys.Order());
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_option_of_a_command_is_on_its_line(string command)
    {
        IEnumerable<string> real = HelpOption().Matches(CommandRun.Of(command, "--help").Output).Select(match => match.Groups[1].Value).Except(Standard).Distinct();
        IEnumerable<string> documented = Option().Matches(Usages()[command]).Select(match => match.Value).Distinct();
        Assert.Equal(real.Order(), documented.Order());
    }

    [Fact]
    public void Every_exit_code_is_on_the_page()
    {
        foreach (object? code in typeof(ExitCodes).GetFields().Select(field => field.GetRawConstantValue()))
        {
            Assert.Contains($"\n| {code} |", Page("command-line.md"), StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void An_example_of_a_rule_is_what_is_really_said(string file, string line) =>
        Assert.Contains(line, CommandRun.Of("verify", file).Output.Split('\n'));

    // The first block of the page: a usage a line.
    private static Dictionary<string, string> Usages()
    {
        string page = Page("command-line.md");
        int start = page.IndexOf("```text\n", StringComparison.Ordinal) + 8;
        return page[start..page.IndexOf("```", start, StringComparison.Ordinal)].Split('\n', StringSplitOptions.RemoveEmptyEntries).ToDictionary(line => line.Split(' ')[1]);
    }

    [GeneratedRegex(@"(?<=\s|\[|^)--[a-z][a-z-]*")]
    private static partial Regex Option();

    [GeneratedRegex(@"(?m)^ +(?:-[a-z?], )*(--[a-z][a-z-]*)")]
    private static partial Regex HelpOption();

    [GeneratedRegex(@"(?m)^  ([a-z]+) ")]
    private static partial Regex CommandName();

    [GeneratedRegex(@"(?m)^warning CUDA20\d\d: .*?'(?<file>(native|ptx)/[^']+)'.*$")]
    private static partial Regex Example();
}
