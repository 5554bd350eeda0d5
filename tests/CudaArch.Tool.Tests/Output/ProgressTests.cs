using CudaArch.Tool.Output;

namespace CudaArch.Tool.Tests.Output;

public class ProgressTests
{
    [Fact]
    public void A_terminal_sees_one_line_that_goes_away()
    {
        string text = Run(showsProgress: true, TimeSpan.Zero);
        Assert.StartsWith("\r12 files verified…", text);
        Assert.EndsWith("\r", text);
        Assert.DoesNotContain('\n', text);
        Assert.Empty(text[text.LastIndexOf('…')..].Trim('…', '\r', ' '));
    }

    [Fact]
    public void A_file_sees_nothing() => Assert.Empty(Run(showsProgress: false, TimeSpan.Zero));

    [Fact]
    public void A_short_scan_tells_nothing() => Assert.Empty(Run(showsProgress: true, TimeSpan.FromHours(1)));

    private static string Run(bool showsProgress, TimeSpan delay)
    {
        var error = new StringWriter();
        using (var progress = new Progress(new ToolConsole { Out = TextWriter.Null, Error = error, ShowsProgress = showsProgress }, delay))
        {
            progress.Report(12);
        }

        return error.ToString();
    }
}
