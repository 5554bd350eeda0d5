using System.Diagnostics;
using CudaArch.Testing;

namespace CudaArch.Tool.Tests;

/// <summary>The command as a process of its own, as a script starts it.</summary>
public class ProcessTests
{
    [Fact]
    public async Task Answers_on_its_streams_and_by_its_exit_code()
    {
        (int exitCode, string output, string error) = await Run("verify", Fixtures.PathOf("native/none_86.so"));
        Assert.Equal(ExitCodes.Gaps, exitCode);
        Assert.Contains("warning CUDA2001: ", output);
        Assert.Empty(error);
    }

    [Fact]
    public async Task Says_what_was_wrong_with_the_command_line()
    {
        (int exitCode, string output, string error) = await Run("verify");
        Assert.Equal(ExitCodes.Usage, exitCode);
        Assert.Empty(output);
        Assert.StartsWith("cudaarch: ", error);
    }

    private static async Task<(int ExitCode, string Output, string Error)> Run(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(typeof(Program).Assembly.Location);
        foreach (string argument in args)
        {
            start.ArgumentList.Add(argument);
        }

        // The test may itself run on a build server.
        start.Environment.Remove("CI");
        start.Environment.Remove("TF_BUILD");
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
