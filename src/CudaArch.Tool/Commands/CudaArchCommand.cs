using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;

namespace CudaArch.Tool.Commands;

/// <summary>The whole command: reads the command line, runs a subcommand, turns failures into an exit code and one line on the error stream.</summary>
public static class CudaArchCommand
{
    private sealed record Subcommand(string Name, string Description, Func<ToolConsole, Command> Create);

    private static readonly Subcommand[] Subcommands =
    [
        new(InspectCommand.Name, InspectCommand.Description, InspectCommand.Create),
        new(VerifyCommand.Name, VerifyCommand.Description, VerifyCommand.Create),
        new(MergeCommand.Name, MergeCommand.Description, MergeCommand.Create),
        new(DiffCommand.Name, DiffCommand.Description, DiffCommand.Create),
        new(TargetsCommand.Name, TargetsCommand.Description, TargetsCommand.Create),
        new(FeaturesCommand.Name, FeaturesCommand.Description, FeaturesCommand.Create),
        new(ExplainCommand.Name, ExplainCommand.Description, ExplainCommand.Create),
        new(CompletionCommand.Name, CompletionCommand.Description, CompletionCommand.Create),
    ];

    /// <summary>Runs the command.</summary>
    /// <param name="args">The arguments, without the program's name.</param>
    /// <param name="console">The streams to use.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static int Run(IReadOnlyList<string> args, ToolConsole console)
    {
        var root = new RootCommand("Which CUDA GPUs do these native files run on? Needs no GPU and no CUDA toolkit.");

        // The help shows what every subcommand takes; the others of one that is named are not looked at, and making their options takes a millisecond.
        bool isNamed = Subcommands.Any(subcommand => MayName(args, subcommand));
        foreach (Subcommand subcommand in Subcommands)
        {
            root.Add(isNamed && !MayName(args, subcommand) ? new Command(subcommand.Name, subcommand.Description) : subcommand.Create(console));
        }

        // In the paths of other systems than Windows a slash begins a folder.
        foreach (HelpOption help in root.Options.OfType<HelpOption>())
        {
            help.Aliases.Remove("/h");
            help.Aliases.Remove("/?");
        }

        ParseResult parsed = root.Parse(args);

        // What a shell asks to complete is not a command line yet.
        if (parsed.Errors.Count > 0 && !IsSuggestion(args))
        {
            return Usage(parsed, console);
        }

        try
        {
            if (parsed.CommandResult.Command is not RootCommand)
            {
                console.Cancellation.ThrowIfCancellationRequested();
            }

            int code = parsed.Invoke(new InvocationConfiguration { Output = console.Out, Error = console.Error, EnableDefaultExceptionHandler = false });
            console.Out.Flush();
            return code;
        }
        catch (OperationCanceledException)
        {
            console.Error.WriteLine("cudaarch: stopped.");
            return ExitCodes.Interrupted;
        }
        catch (UsageException e)
        {
            console.Error.WriteLine($"cudaarch: {e.Message}");
            return ExitCodes.Usage;
        }
        catch (IOException e) when (console.Cancellation.IsCancellationRequested is false)
        {
            // The output itself: a full disk, a reader that went away.
            console.Error.WriteLine($"cudaarch: the output cannot be written: {e.Message}");
            return ExitCodes.Unreadable;
        }
    }

    // A line to complete is one argument; one with @ stands for the arguments in a file.
    private static bool MayName(IReadOnlyList<string> args, Subcommand subcommand) =>
        args.Any(argument => argument.StartsWith('@') || argument.Contains(subcommand.Name, StringComparison.Ordinal));

    private static bool IsSuggestion(IReadOnlyList<string> args) => args.Count > 0 && args[0].StartsWith("[suggest", StringComparison.Ordinal);

    private static int Usage(ParseResult parsed, ToolConsole console)
    {
        foreach (ParseError error in parsed.Errors)
        {
            // The library spreads the allowed values over several lines.
            console.Error.WriteLine("cudaarch: " + string.Join(" ", error.Message.Split(['\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries)));
        }

        string command = parsed.CommandResult.Command is RootCommand ? "" : " " + parsed.CommandResult.Command.Name;
        console.Error.WriteLine($"Try 'cudaarch{command} --help'.");
        return ExitCodes.Usage;
    }
}
