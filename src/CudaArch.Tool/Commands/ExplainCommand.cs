using System.CommandLine;
using CudaArch.Rules;
using CudaArch.Tool.Output;

namespace CudaArch.Tool.Commands;

/// <summary><c>cudaarch explain ID</c>: a rule's documentation page in the terminal.</summary>
internal static class ExplainCommand
{
    /// <summary>What a user writes.</summary>
    public const string Name = "explain";

    /// <summary>What the help says of it.</summary>
    public const string Description = "Explain a rule: what it means, how to fix what it found, how to suppress it.";

    /// <summary>The subcommand with all that it takes.</summary>
    /// <param name="console">The streams to use.</param>
    public static Command Create(ToolConsole console)
    {
        var id = new Argument<string>("id") { Description = "A rule, such as CUDA2001.", HelpName = "id" };
        id.CompletionSources.Add(_ => RuleCatalog.All.Select(rule => new System.CommandLine.Completions.CompletionItem(rule.Id)));
        var command = new Command(Name, Description) { id };
        command.SetAction(parsed => Run(console, parsed.GetValue(id)!));
        return command;
    }

    private static int Run(ToolConsole console, string id)
    {
        RuleInfo rule = RuleCatalog.Find(id)
            ?? throw new UsageException($"There is no rule '{id}'. The rules are {string.Join(", ", RuleCatalog.All.Select(known => known.Id))}.");
        string page = RulePages.Find(rule.Id)
            ?? $"# {rule.Id}: {rule.Title}\n\nDefault severity: {Word(rule.LocalSeverity)}, in CI {Word(rule.CiSeverity)}. {rule.HelpLink}\n";
        MarkdownText.Write(page, console);
        return ExitCodes.Covered;
    }

    private static string Word(RuleSeverity severity) => severity.ToString().ToLowerInvariant();
}
