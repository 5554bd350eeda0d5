using Microsoft.Playwright;

namespace CudaArch.Browser.Tests;

/// <summary>The HTML report as people meet it: in a browser, on a desk and on a phone, in the dark, by keyboard, and by screen reader.</summary>
public sealed class HtmlReportTests(Chromium chromium) : IClassFixture<Chromium>, IDisposable
{
    private const int PhoneWidth = 360, PhoneHeight = 640;

    private readonly string _folder = Directory.CreateTempSubdirectory("cudaarch-browser-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [BrowserTheory]
    [InlineData(1280, 800)]
    [InlineData(PhoneWidth, PhoneHeight)]
    public async Task FromAFileDownToTheRegistersOfAKernelByKeyboard(int width, int height)
    {
        IPage page = await chromium.Open(width, height, ColorScheme.Light);
        await page.GotoAsync(SamplePage.Write(SamplePage.One, _folder));
        ILocator file = page.Locator("details", new() { Has = page.GetByText("native/libpartial.so", new() { Exact = true }) }).First;
        foreach (string step in new[] { "2 modules with images and kernels", "sm_121: None", "sm_90 cubin" })
        {
            ILocator summary = file.Locator("summary", new() { HasText = step }).First;
            await summary.FocusAsync();
            await page.Keyboard.PressAsync("Enter");
        }

        // As a table is read aloud: with its name, its columns and the kernel of the row.
        ILocator kernels = file.GetByRole(AriaRole.Region, new() { Name = "Kernels of sm_90 cubin" }).First;
        await Assertions.Expect(kernels.GetByRole(AriaRole.Columnheader)).ToHaveTextAsync(["kernel", "registers a thread", "static shared memory, bytes a block"]);
        ILocator row = kernels.GetByRole(AriaRole.Row).Filter(new() { Has = page.GetByRole(AriaRole.Rowheader, new() { Name = "block_sum" }) });
        await Assertions.Expect(row.GetByRole(AriaRole.Cell).First).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^[1-9][0-9]*$"));
        await Assertions.Expect(row.GetByRole(AriaRole.Cell).Nth(1)).ToHaveTextAsync("2,048");
    }

    [BrowserFact]
    public async Task ItAsksNothingOfTheNetworkAndRunsNoScript()
    {
        IPage page = await chromium.Open(1280, 800, ColorScheme.Light);
        var requests = new List<string>();
        var said = new List<string>();
        page.Request += (_, request) => requests.Add(request.Url);
        page.Console += (_, message) => said.Add(message.Text);
        page.PageError += (_, error) => said.Add(error);
        string address = SamplePage.Write(SamplePage.Many, _folder);
        await page.GotoAsync(address, new() { WaitUntil = WaitUntilState.NetworkIdle });
        await OpenAll(page);

        Assert.Equal([address], requests);
        Assert.Empty(said);
        Assert.Equal(0, await page.Locator("script, link, img, iframe, [onclick]").CountAsync());
    }

    [BrowserTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task OnAPhoneThePageItselfDoesNotScrollSideways(bool many)
    {
        IPage page = await chromium.Open(PhoneWidth, PhoneHeight, ColorScheme.Light);
        await page.GotoAsync(SamplePage.Write(many ? SamplePage.Many : SamplePage.One, _folder));
        await OpenAll(page);

        Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= PhoneWidth);
        Assert.Empty(await page.EvaluateAsync<string[]>("""
            [...document.querySelectorAll('main *')].filter(e => !e.closest('.scroll') && e.getBoundingClientRect().right > innerWidth + 0.5).map(e => e.outerHTML.slice(0, 80))
            """));

        // The matrix alone may be wider; then it scrolls by itself, also by keyboard.
        ILocator matrix = page.GetByRole(AriaRole.Region, new() { Name = "Files and targets" });
        if (many)
        {
            Assert.True(await matrix.EvaluateAsync<bool>("e => e.scrollWidth > e.clientWidth"));
            await matrix.FocusAsync();
            await page.Keyboard.PressAsync("ArrowRight");
            await page.WaitForFunctionAsync("() => document.querySelector('.scroll').scrollLeft > 0");
        }

        // What a row is about stays in sight.
        ILocator file = page.GetByRole(AriaRole.Rowheader, new() { Name = "libpartial.so" });
        await Assertions.Expect(file).ToBeInViewportAsync();
        Assert.True((await file.BoundingBoxAsync())!.X >= 0);
    }

    [BrowserTheory]
    [InlineData(1280, 800)]
    [InlineData(PhoneWidth, PhoneHeight)]
    public async Task TheVerdictIsSeenFirst(int width, int height)
    {
        IPage page = await chromium.Open(width, height, ColorScheme.Light);
        await page.GotoAsync(SamplePage.Write(SamplePage.One, _folder));
        ILocator verdict = page.Locator(".verdict");

        await Assertions.Expect(verdict).ToBeInViewportAsync(new() { Ratio = 1 });
        Assert.Equal("5 of 7 files with device code cannot run in whole on sm_121; 1 could not be read.", await verdict.InnerTextAsync());
        Assert.Equal("CudaArch: Spark & <Inference>", await page.TitleAsync());
    }

    [BrowserTheory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task EveryTextStandsOutFromItsGround(ColorScheme scheme)
    {
        IPage page = await chromium.Open(1280, 800, scheme);
        await page.GotoAsync(SamplePage.Write(SamplePage.Many, _folder));
        await OpenAll(page);

        // The ratio of WCAG 2.2, level AA.
        string[] weak = await page.EvaluateAsync<string[]>("""
            () => {
              const parse = text => { const p = text.match(/[\d.]+/g).map(Number); return p.length === 3 ? [...p, 1] : p; };
              const light = c => { const [r, g, b] = c.map(v => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }); return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
              const ground = e => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c[3] === 1) return c; } return [255, 0, 0]; };
              const weak = new Set();
              const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              let seen = 0;
              while (walker.nextNode()) {
                const e = walker.currentNode.parentElement;
                if (!walker.currentNode.data.trim()) continue;
                seen++;
                const a = light(parse(getComputedStyle(e).color)), b = light(ground(e));
                const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
                if (ratio < 4.5) weak.add(`${e.tagName}.${e.className} ${ratio.toFixed(2)}`);
              }
              return seen > 100 ? [...weak] : [`only ${seen} texts`];
            }
            """);
        Assert.Empty(weak);
        bool isDark = await page.EvaluateAsync<bool>("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).every(v => v < 80)");
        Assert.Equal(scheme == ColorScheme.Dark, isDark);
    }

    [BrowserFact]
    public async Task AKeyboardOpensEveryLevelDownToTheKernels()
    {
        IPage page = await chromium.Open(1280, 800, ColorScheme.Light);
        await page.GotoAsync(SamplePage.Write(SamplePage.One, _folder));

        // From the matrix to a file that is closed: it opens, and its name is in sight.
        ILocator link = page.GetByRole(AriaRole.Link, new() { Name = "native/libfine file.so" });
        ILocator file = page.Locator("details", new() { HasText = "native/libfine file.so" });
        Assert.False(await IsOpen(file));
        await TabTo(page, link);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForFunctionAsync("e => e.open", await file.ElementHandleAsync());
        await Assertions.Expect(file.Locator("summary").First).ToBeInViewportAsync();

        // And by the summaries: the file's own, then that of its kernels.
        ILocator templates = page.Locator("details", new() { HasText = "native/libtemplates.so" }).First;
        ILocator kernels = templates.Locator("details");
        await TabTo(page, templates.Locator("summary").First);
        if (!await IsOpen(templates))
        {
            await page.Keyboard.PressAsync("Space");
        }

        Assert.True(await IsOpen(templates));
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("700 kernels that cannot run on sm_121", await Focused(page));
        await page.Keyboard.PressAsync("Enter");
        Assert.True(await IsOpen(kernels));
        await Assertions.Expect(kernels.Locator("code").First).ToBeVisibleAsync();
        Assert.Contains("and 200 more", await kernels.InnerTextAsync());
        await page.Keyboard.PressAsync("Enter");
        Assert.False(await IsOpen(kernels));
    }

    [BrowserTheory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task WhatHasTheFocusIsSeen(ColorScheme scheme)
    {
        IPage page = await chromium.Open(1280, 800, scheme);
        await page.GotoAsync(SamplePage.Write(SamplePage.One, _folder));
        int stops = 0;
        for (; stops < 200; stops++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<bool>("document.activeElement === document.body"))
            {
                break;
            }

            Assert.Equal("solid 3px", await page.EvaluateAsync<string>("(s => s.outlineStyle + ' ' + s.outlineWidth)(getComputedStyle(document.activeElement))"));
        }

        Assert.InRange(stops, 20, 199);
    }

    [BrowserFact]
    public async Task AScreenReaderIsToldWhatIsWhat()
    {
        IPage page = await chromium.Open(1280, 800, ColorScheme.Light);
        await page.GotoAsync(SamplePage.Write(SamplePage.Many, _folder));

        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("CudaArch: Spark & <Inference>");
        Assert.Equal(["Files and targets", "File by file"], await page.GetByRole(AriaRole.Heading, new() { Level = 2 }).AllInnerTextsAsync());
        foreach (AriaRole role in new[] { AriaRole.Main, AriaRole.Banner })
        {
            await Assertions.Expect(page.GetByRole(role)).ToHaveCountAsync(1);
        }

        ILocator table = page.GetByRole(AriaRole.Table, new() { Name = "Files and targets" });
        await Assertions.Expect(table).ToHaveCountAsync(1);
        Assert.Equal(
            ["file", "sm_75", "sm_80", "sm_86", "sm_89", "sm_90", "sm_100", "sm_103", "sm_110", "sm_120", "sm_121"], await table.GetByRole(AriaRole.Columnheader).AllInnerTextsAsync());
        ILocator row = table.GetByRole(AriaRole.Row).Filter(new() { HasText = "libjit.so" });
        Assert.Equal("runtimes/linux-x64/native/libjit.so Acme.Kernels 2.1.0, linux-x64", await row.GetByRole(AriaRole.Rowheader).InnerTextAsync());
        Assert.Equal("JitFallback", (await row.GetByRole(AriaRole.Cell).AllInnerTextsAsync())[^1]);

        // Every answer is a word, every link and every summary says where it leads.
        Assert.Empty(await page.EvaluateAsync<string[]>("[...document.querySelectorAll('td, a, summary')].filter(e => !e.textContent.trim()).map(e => e.outerHTML)"));
        Assert.Equal("en", await page.EvaluateAsync<string>("document.documentElement.lang"));
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToHaveCountAsync(0);
    }

    private static Task OpenAll(IPage page) => page.EvaluateAsync("document.querySelectorAll('details').forEach(e => e.open = true)");

    private static Task<bool> IsOpen(ILocator details) => details.EvaluateAsync<bool>("e => e.open");

    private static Task<string> Focused(IPage page) => page.EvaluateAsync<string>("document.activeElement.innerText");

    private static async Task TabTo(IPage page, ILocator wanted)
    {
        for (int i = 0; i < 200; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await wanted.EvaluateAsync<bool>("e => e === document.activeElement"))
            {
                return;
            }
        }

        Assert.Fail("No number of tabs leads there.");
    }
}
