using System.CommandLine;
using CudaArch.Architectures;
using CudaArch.DeviceCode;
using CudaArch.DeviceCode.Verification;
using CudaArch.Tool.Comparison;
using CudaArch.Tool.Output;

namespace CudaArch.Tool.Commands;

/// <summary><c>cudaarch diff</c>: what an update wins or loses.</summary>
internal static class DiffCommand
{
    /// <summary>What a user writes.</summary>
    public const string Name = "diff";

    /// <summary>What the help says of it.</summary>
    public const string Description = "Compare what runs on targets in two versions of a file, package or folder. Exit code 0: nothing is lost, 1: something is, 3: a file could not be read.";

    /// <summary>The subcommand with all that it takes.</summary>
    /// <param name="console">The streams to use.</param>
    public static Command Create(ToolConsole console)
    {
        var old = new Argument<string>("old") { Description = "A file, package or folder before the update." };
        var @new = new Argument<string>("new") { Description = "The same after it." };
        Option<string[]> targets = CommonOptions.Targets();
        Option<string> format = CommonOptions.Format();
        Option<string[]> kinds = CommonOptions.Kinds();
        Option<string?> driver = CommonOptions.Driver();
        var command = new Command(Name, Description)
        {
            old, @new, targets, kinds, driver, format,
        };
        command.SetAction(parsed => Run(
            console, parsed.GetValue(old)!, parsed.GetValue(@new)!, CommonOptions.ReadTargets(parsed, targets),
            new FileStateOptions(new DeviceCodeReaderOptions { Kinds = CommonOptions.ReadKinds(parsed, kinds) }, new CoverageOptions { DriverVersion = CommonOptions.ReadDriver(parsed, driver) }),
            parsed.GetValue(format)!));
        return command;
    }

    private static int Run(ToolConsole console, string old, string @new, IReadOnlyList<SmArchitecture> targets, FileStateOptions options, string format)
    {
        bool isComplete = true;
        void Problem(string text)
        {
            lock (console)
            {
                isComplete = false;
                console.Error.WriteLine(Printable.Text("cudaarch: " + text));
            }
        }

        IReadOnlyList<FileChange> changes = FileChange.Compare(
            FileState.ReadAll(old, targets, options, console.Cancellation, Problem), FileState.ReadAll(@new, targets, options, console.Cancellation, Problem), targets.Count);
        if (format == "json")
        {
            DiffJson.Write(console.Out, targets, changes);
        }
        else
        {
            DiffText.Write(console, targets, changes);
        }

        return !isComplete ? ExitCodes.Unreadable : changes.Any(file => file.Targets.Any(target => target.IsLoss)) ? ExitCodes.Gaps : ExitCodes.Covered;
    }
}
