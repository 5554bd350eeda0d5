namespace CudaArch.Tool.Tests.Commands;

/// <summary>Ctrl+C ends the command in one line, with the exit code of shells and no half-written report.</summary>
public class InterruptTests
{
    private static readonly ToolConsole Stopped = new() { Out = TextWriter.Null, Error = TextWriter.Null, Cancellation = new CancellationToken(canceled: true) };

    [Theory]
    [InlineData("verify native")]
    [InlineData("verify native --format json")]
    [InlineData("inspect native/native_121.so")]
    [InlineData("diff native ptx")]
    public void A_stopped_command_says_so(string line)
    {
        CommandRun run = CommandRun.Of(Stopped, line.Split(' '));
        Assert.Equal(ExitCodes.Interrupted, run.ExitCode);
        Assert.Equal("cudaarch: stopped.\n", run.Error);
    }

    [Fact]
    public void An_earlier_report_stays_as_it_was()
    {
        using var folder = new TemporaryFolder();
        string report = folder.Write("report.json", "earlier");
        Assert.Equal(ExitCodes.Interrupted, CommandRun.Of(Stopped, "verify", "native", "--format", "json", "--output", report).ExitCode);
        Assert.Equal("earlier", File.ReadAllText(report));
        Assert.Equal([report], Directory.GetFiles(folder.Path));
    }
}
