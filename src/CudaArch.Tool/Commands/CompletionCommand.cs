using System.CommandLine;

namespace CudaArch.Tool.Commands;

/// <summary><c>cudaarch completion</c>: a script that teaches a shell to complete the command; it asks the command itself, by the directive <c>[suggest]</c>.</summary>
internal static class CompletionCommand
{
    /// <summary>What a user writes.</summary>
    public const string Name = "completion";

    /// <summary>What the help says of it.</summary>
    public const string Description = "Print a script for the completion of cudaarch in a shell. Its first lines say where it belongs.";

    // The scripts are files of their own beside the code, embedded by these names.
    private static readonly IReadOnlyDictionary<string, string> Scripts = new Dictionary<string, string>
    {
        ["bash"] = "completion/bash.sh",
        ["zsh"] = "completion/zsh.zsh",
        ["fish"] = "completion/fish.fish",
        ["pwsh"] = "completion/pwsh.ps1",
    };

    /// <summary>The subcommand with all that it takes.</summary>
    /// <param name="console">The streams to use.</param>
    public static Command Create(ToolConsole console)
    {
        var shell = new Argument<string>("shell") { Description = "The shell: bash, zsh, fish or pwsh.", HelpName = string.Join('|', Scripts.Keys) };
        shell.AcceptOnlyFromAmong([.. Scripts.Keys]);
        var command = new Command(Name, Description) { shell };
        command.SetAction(parsed =>
        {
            using Stream script = typeof(CompletionCommand).Assembly.GetManifestResourceStream(Scripts[parsed.GetValue(shell)!])!;
            using var reader = new StreamReader(script);

            // A shell reads line ends of Windows as part of its words.
            console.Out.Write(reader.ReadToEnd().ReplaceLineEndings("\n"));
            return ExitCodes.Covered;
        });
        return command;
    }
}
