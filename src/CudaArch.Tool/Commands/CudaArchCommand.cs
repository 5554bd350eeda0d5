using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;

namespace CudaArch.Tool.Commands;

/// <summary>The whole command: reads the command line, runs a subcommand, turns failures into an exit code and one line on the error stream.</summary>
public static class CudaArchCommand
{
    /// <summary>Runs the command.</summary>
    /// <param name="args">The arguments, without the program's name.</param>
    /// <param name="console">The streams to use.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static int Run(IReadOnlyList<string> args, ToolConsole console)
    {
        var root = new RootCommand("Which CUDA GPUs do these native files run on? Needs no GPU and no CUDA toolkit.")
        {
            InspectCommand.Create(console),
            VerifyCommand.Create(console),
            MergeCommand.Create(console),
            DiffCommand.Create(console),
            TargetsCommand.Create(console),
            FeaturesCommand.Create(console),
            ExplainCommand.Create(console),
            CompletionCommand.Create(console),
        };

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
