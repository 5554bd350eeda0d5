using Microsoft.Playwright;

namespace CudaArch.Browser.Tests;

/// <summary>The machine's Chromium, started once for all tests.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Names = OperatingSystem.IsWindows() ? ["chrome.exe", "msedge.exe"] : ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    // A test asks nothing of the network, and may run as root in a container.
    private static readonly string[] Arguments =
        ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

    // Milliseconds; a busy machine starts a page slowly.
    private const float Patience = 120_000;

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>The program: that of the variable <c>CUDAARCH_CHROMIUM</c>, or the first one on the path; null when there is none.</summary>
    public static string? Executable { get; } = Environment.GetEnvironmentVariable("CUDAARCH_CHROMIUM") is { Length: > 0 } named ? named
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => Names.Select(name => Path.Combine(folder, name))).FirstOrDefault(File.Exists);

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        if (Executable is not null)
        {
            _playwright = await Playwright.CreateAsync();
            _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Executable, Headless = true, Timeout = Patience, Args = Arguments });
        }
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.CloseAsync();
        }

        _playwright?.Dispose();
    }

    /// <summary>A fresh window.</summary>
    /// <param name="width">Its width in CSS pixels.</param>
    /// <param name="height">Its height in CSS pixels.</param>
    /// <param name="scheme">What the system asks for.</param>
    public async Task<IPage> Open(int width, int height, ColorScheme scheme)
    {
        IBrowserContext context = await _browser!.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height }, ColorScheme = scheme });
        context.SetDefaultTimeout(Patience);
        Assertions.SetDefaultExpectTimeout(Patience);
        return await context.NewPageAsync();
    }
}

/// <summary>A test in a browser; skipped on a machine that has none.</summary>
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute() => Skip = BrowserTheoryAttribute.Reason;
}

/// <summary>Tests in a browser; skipped on a machine that has none.</summary>
public sealed class BrowserTheoryAttribute : TheoryAttribute
{
    /// <summary>Why no test runs; null when they run.</summary>
    public static string? Reason { get; } = Chromium.Executable is null ? "This machine has no Chromium. Install it (apt-get install chromium), or name it in CUDAARCH_CHROMIUM." : null;

    public BrowserTheoryAttribute() => Skip = Reason;
}
