using CudaArch.Testing;

namespace CudaArch.Tool.Tests;

/// <summary>The command as a process of its own, as a script starts it.</summary>
public class ProcessTests
{
    [Fact]
    public async Task Answers_on_its_streams_and_by_its_exit_code()
    {
        CommandRun run = await CommandRun.InProcess(Fixtures.Root, "verify", "native/none_86.so");
        Assert.Equal(ExitCodes.Gaps, run.ExitCode);
        Assert.Contains("warning CUDA2001: ", run.Output);
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task Says_what_was_wrong_with_the_command_line()
    {
        CommandRun run = await CommandRun.InProcess(Fixtures.Root, "verify");
        Assert.Equal(ExitCodes.Usage, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.StartsWith("cudaarch: ", run.Error);
    }
}
