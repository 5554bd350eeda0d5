using Spectre.Console;

namespace CudaArch.Tool;

/// <summary>Everything that the command takes from the process around it, so that a test can put its own in.</summary>
public sealed record ToolConsole
{
    private const int PipeBufferSize = 8 << 10;

    /// <summary>Takes answers.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Takes errors and progress.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Whether <see cref="Out"/> is a terminal: only there are lines fitted to a width and colours used.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>Whether <see cref="Error"/> is a terminal that can overwrite a line: only there is progress shown.</summary>
    public bool ShowsProgress { get; init; }

    /// <summary>Characters in a line of the terminal.</summary>
    public int Width { get; init; } = 120;

    /// <summary>Reads an environment variable.</summary>
    public Func<string, string?> Environment { get; init; } = _ => null;

    /// <summary>Is cancelled when the user wants the command to stop.</summary>
    public CancellationToken Cancellation
    {
        get => _cancellation();
        init => _cancellation = () => value;
    }

    private Func<CancellationToken> _cancellation = () => default;

    /// <summary>The process's own streams. <see cref="Out"/> must be flushed at the end: what is no terminal gets its answers in large pieces.</summary>
    /// <param name="interruption">Is asked for its token when a command wants to know of it.</param>
    internal static ToolConsole OfProcess(Interruption interruption)
    {
        bool isTerminal = !Console.IsOutputRedirected;
        return new ToolConsole
        {
            Out = isTerminal ? Console.Out : new StreamWriter(Console.OpenStandardOutput(), bufferSize: PipeBufferSize),
            Error = Console.Error,
            IsTerminal = isTerminal,
            ShowsProgress = !Console.IsErrorRedirected && System.Environment.GetEnvironmentVariable("TERM") != "dumb",
            Width = isTerminal && Console.WindowWidth > 0 ? Console.WindowWidth : 120,
            Environment = System.Environment.GetEnvironmentVariable,
            _cancellation = () => interruption.Token,
        };
    }

    /// <summary>Whether colours are used: in a terminal that has them, unless <c>NO_COLOR</c> is set (no-color.org).</summary>
    public bool UsesColours => IsTerminal && string.IsNullOrEmpty(Environment("NO_COLOR")) && Environment("TERM") != "dumb";

    /// <summary>A canvas for tables: coloured where colours are used; never cut in a pipe.</summary>
    /// <param name="output">Where it writes.</param>
    public IAnsiConsole CreateCanvas(TextWriter output)
    {
        bool colours = UsesColours;
        IAnsiConsole canvas = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = colours ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = colours ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        canvas.Profile.Width = IsTerminal ? Math.Max(Width, 40) : 10_000;
        canvas.Profile.Capabilities.Unicode = true;
        return canvas;
    }
}
