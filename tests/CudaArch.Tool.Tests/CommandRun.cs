using System.CommandLine;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using CudaArch.Testing;
using CudaArch.Tool.Commands;

namespace CudaArch.Tool.Tests;

/// <summary>One run of the whole command in this process, with its own streams and environment.</summary>
internal sealed class CommandRun
{
    private CommandRun(int exitCode, string output, string error)
    {
        ExitCode = exitCode;
        Output = Neutral(output);
        Error = Neutral(error);
    }

    public int ExitCode { get; }

    public string Output { get; }

    public string Error { get; }

    /// <summary>Everything a user sees, for a snapshot.</summary>
    public string Transcript => $"exit code {ExitCode}\n--- output\n{Output}--- error\n{Error}";

    /// <summary>Runs it as in a pipe on a developer's machine.</summary>
    public static CommandRun Of(params string[] args) => Of(new ToolConsole { Out = TextWriter.Null, Error = TextWriter.Null }, args);

    /// <summary>Runs it with this console's settings; the streams are replaced.</summary>
    public static CommandRun Of(ToolConsole console, params string[] args)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        int exitCode = CudaArchCommand.Run(args, console with { Out = output, Error = error });
        return new CommandRun(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>Runs it as a process of its own in a folder, as a script on a developer's machine does.</summary>
    public static Task<CommandRun> InProcess(string folder, params string[] args) => InProcess(folder, _ => Task.CompletedTask, args);

    /// <summary>The same; something is done while it runs.</summary>
    public static Task<CommandRun> InProcess(string folder, Func<Process, Task> meanwhile, params string[] args) => InProcess(folder, "dotnet", meanwhile, [typeof(Program).Assembly.Location, .. args]);

    /// <summary>Runs the command as another program that it was compiled to.</summary>
    public static Task<CommandRun> OfProgram(string folder, string program, params string[] args) => InProcess(folder, program, _ => Task.CompletedTask, args);

    private static async Task<CommandRun> InProcess(string folder, string program, Func<Process, Task> meanwhile, string[] args)
    {
        var start = new ProcessStartInfo(program, args) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };

        // The test may itself run on a build server.
        start.Environment.Remove("CI");
        start.Environment.Remove("TF_BUILD");
        start.Environment["CUDAARCH_CACHE"] = "false";
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        await meanwhile(process);
        await process.WaitForExitAsync();
        return new CommandRun(process.ExitCode, await output, await error);
    }

    /// <summary>A console on a build server.</summary>
    public static ToolConsole BuildServer { get; } = new() { Out = TextWriter.Null, Error = TextWriter.Null, Environment = name => name == "CI" ? "true" : null };

    /// <summary>A terminal with colours.</summary>
    public static ToolConsole Terminal { get; } = new() { Out = TextWriter.Null, Error = TextWriter.Null, IsTerminal = true, Width = 120 };

    // Snapshots hold no path of the machine that they were made on.
    private static string Neutral(string text) => text.Replace(RootCommand.ExecutableName + " ", "cudaarch ").Replace("\r\n", "\n").Replace('\\', '/');

    // Paths are given, and shown, relative to the fixtures: the width of a column must not depend on where the repository lies.
    [ModuleInitializer]
    internal static void StandAmongTheFixtures() => Directory.SetCurrentDirectory(Fixtures.Root);
}
