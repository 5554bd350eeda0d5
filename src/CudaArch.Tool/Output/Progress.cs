using System.Diagnostics;

namespace CudaArch.Tool.Output;

/// <summary>One line on the error stream that tells how far a long scan is, in a terminal only, and gone when the answer comes.</summary>
/// <param name="console">The console.</param>
/// <param name="delay">How long a scan takes before it tells anything; null for a second.</param>
internal sealed class Progress(ToolConsole console, TimeSpan? delay = null) : IDisposable
{
    private static readonly TimeSpan Delay = TimeSpan.FromSeconds(1), Pause = TimeSpan.FromMilliseconds(200);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _next = delay ?? Delay;
    private int _width;

    /// <summary>Says how many files were looked at, when something can have changed for the eye.</summary>
    public void Report(int files)
    {
        if (console.ShowsProgress && _clock.Elapsed >= _next)
        {
            string line = $"{files} files verified…";
            console.Error.Write("\r" + line.PadRight(_width));
            _width = line.Length;
            _next = _clock.Elapsed + Pause;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_width > 0)
        {
            console.Error.Write("\r" + new string(' ', _width) + "\r");
            _width = 0;
        }
    }
}
