using System.CommandLine;
using CudaArch.Tool.Output;

namespace CudaArch.Tool.Commands;

/// <summary><c>cudaarch merge</c>: one answer of the parts that several machines gave.</summary>
internal static class MergeCommand
{
    /// <summary>What a user writes.</summary>
    public const string Name = "merge";

    /// <summary>What the help says of it.</summary>
    public const string Description = "Join the JSON answers of 'cudaarch verify --shard' into one. Exit code as that of verify.";

    /// <summary>The subcommand with all that it takes.</summary>
    /// <param name="console">The streams to use.</param>
    public static Command Create(ToolConsole console)
    {
        var files = new Argument<string[]>("file") { Description = "Answers of 'cudaarch verify --format json'.", Arity = ArgumentArity.OneOrMore };
        Option<string> failOn = CommonOptions.FailOn();
        Option<string?> output = CommonOptions.Output();
        var command = new Command(Name, Description) { files, failOn, output };
        command.SetAction(parsed =>
        {
            MergedAnswer answer = MergedAnswer.Read(parsed.GetValue(files)!);
            if (parsed.GetValue(output) is not { } path)
            {
                answer.Write(console.Out);
            }
            else
            {
                OutputFile.Write(path, answer.Write);
                foreach (string line in answer.Lines())
                {
                    console.Out.WriteLine(line);
                }
            }

            return answer.ExitCode(CommonOptions.ReadFailOn(parsed, failOn));
        });
        return command;
    }
}
