using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using Microsoft.Build.Framework;

namespace CudaArch.MSBuild.Tests;

/// <summary>The files of <c>CudaArchReport</c>.</summary>
public sealed class ReportTests : IDisposable
{
    private readonly TaskFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("json")]
    [InlineData("md")]
    [InlineData("sarif")]
    [InlineData("html")]
    public async Task AReportOfEveryKindOfAnswer(string extension) => await Verifier.Verify(Report(extension, Files()), parameters: extension);

    [Fact]
    public void JsonHasTheFieldsOfTheContract()
    {
        using var json = JsonDocument.Parse(Report("json", Files()));
        JsonElement root = json.RootElement;
        Assert.Equal(1, root.GetProperty("schemaVersion").GetInt32());
        Assert.Equal("sm_121", root.GetProperty("targets")[0].GetString());
        Assert.Equal(6, root.GetProperty("files").GetArrayLength());
        Assert.Equal(4, root.GetProperty("summary").GetProperty("withDeviceCode").GetInt32());
        JsonElement coverage = root.GetProperty("summary").GetProperty("coverage").GetProperty("sm_121");
        Assert.Equal((1, 1, 1, 1), (coverage.GetProperty("Native").GetInt32(), coverage.GetProperty("JitFallback").GetInt32(), coverage.GetProperty("Partial").GetInt32(), coverage.GetProperty("None").GetInt32()));
        JsonElement partial = root.GetProperty("files").EnumerateArray().Single(file => file.GetProperty("path").GetString() == "native/libpartial.so");
        Assert.Equal("block_sum", partial.GetProperty("findings")[0].GetProperty("kernels")[0].GetString());
        Assert.Equal(2, partial.GetProperty("modules").GetArrayLength());
    }

    [Theory]
    [InlineData("The one file with device code runs on sm_121.", "native_121.so")]
    [InlineData("The one file with device code runs on sm_121, only by JIT compilation at the first start.", "jit_80.so")]
    [InlineData("All 2 files with device code run on sm_121, 1 of them only by JIT compilation at the first start.", "native_121.so", "jit_80.so")]
    public void TheAnswerInOneSentence(string expected, params string[] fixtures) =>
        Assert.Contains(expected, Report("md", [.. fixtures.Select(fixture => _folder.Content(fixture, "native/" + fixture))]));

    [Fact]
    public void SarifPointsEveryResultAtItsRule()
    {
        using var sarif = JsonDocument.Parse(Report("sarif", Files()));
        JsonElement run = sarif.RootElement.GetProperty("runs")[0];
        JsonElement rules = run.GetProperty("tool").GetProperty("driver").GetProperty("rules");
        Assert.Equal("2.1.0", sarif.RootElement.GetProperty("version").GetString());
        Assert.All(run.GetProperty("results").EnumerateArray(), result =>
            Assert.Equal(result.GetProperty("ruleId").GetString(), rules[result.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString()));
        Assert.All(run.GetProperty("results").EnumerateArray(), result =>
            Assert.True(Uri.IsWellFormedUriString(result.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString(), UriKind.Relative)));
    }

    [Fact]
    public void HtmlIsOneWellFormedPageThatLoadsNothing()
    {
        ITaskItem hostile = _folder.Content("<script>alert(1)</script> & \"'.so", "native/none_86.so");
        string html = Report("html", [.. Files(), hostile]);
        using var reader = XmlReader.Create(new StringReader(html), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        var page = XDocument.Load(reader);

        Assert.DoesNotContain(page.Descendants(), element => element.Name.LocalName is "script" or "link" or "img" or "iframe" or "object");
        Assert.DoesNotContain(page.Descendants().Attributes(), attribute => attribute.Name.LocalName == "src" || attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        Assert.DoesNotContain("url(", html);
        string[] ids = [.. page.Descendants().Attributes("id").Select(attribute => attribute.Value)];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(page.Descendants("a").Select(link => link.Attribute("href")!.Value).Where(link => link.StartsWith('#')), link => Assert.Contains(link[1..], ids));
        Assert.All(page.Descendants("th"), header => Assert.NotNull(header.Attribute("scope")));
        Assert.NotNull(page.Root!.Attribute("lang"));
    }

    [Fact]
    public void TheVerdictNamesTheTargetsThatLackSomething()
    {
        string path = Path.Combine(_folder.Root, "out", "report.md");
        _folder.Run(
            task =>
            {
                task.Reports = [path];
                task.Targets = "sm_80;sm_121";
            },
            _folder.Content("libfine.so", "native/native_121.so"));
        Assert.Contains("1 of 1 files with device code cannot run in whole on sm_80.", File.ReadAllText(path));
    }

    [Fact]
    public void AcceptedFindingsAreLeftOutAndSeveritiesAreTheUsers()
    {
        string path = Path.Combine(_folder.Root, "out", "report.json");
        (bool succeeded, _) = _folder.Run(
            task =>
            {
                task.Reports = [path];
                task.Suppressions = [TaskFolder.Item("libpartial.so", ("Rule", "CUDA2003"))];
                task.WarningsAsErrors = "CUDA2002";
            },
            Files());

        Assert.False(succeeded);
        using var json = JsonDocument.Parse(File.ReadAllText(path));
        string[] findings = [.. json.RootElement.GetProperty("files").EnumerateArray().SelectMany(file => file.GetProperty("findings").EnumerateArray())
            .Select(finding => finding.GetProperty("rule").GetString() + " " + finding.GetProperty("severity").GetString()).Order()];
        Assert.Equal(["CUDA2001 warning", "CUDA2002 error", "CUDA2004 warning"], findings);
    }

    [Fact]
    public void APathThatCannotBeWrittenOrHasAnUnknownFormIsNamed()
    {
        string blocked = _folder.Write("blocked", []);
        (bool succeeded, string text) = _folder.Run(task => task.Reports = [Path.Combine(blocked, "report.md")], Files());
        Assert.False(succeeded);
        Assert.Contains("error CUDA2009: CudaArchReport: 'ROOT/blocked/report.md' cannot be written: ", text.Replace('\\', '/'));

        (succeeded, text) = _folder.Run(task => task.Reports = ["report.pdf"], Files());
        Assert.False(succeeded);
        Assert.Contains("error CUDA2009: CudaArchReport: 'report.pdf' has an extension that names no form of a report. Known are .html, .json, .md, .sarif.", text);
    }

    private ITaskItem[] Files() =>
    [
        _folder.Package("Acme.Kernels", "2.1.0", "runtimes/linux-arm64/native/libgaps.so", "native/arm64_none_87.so"),
        _folder.Package("Acme.Kernels", "2.1.0", "runtimes/linux-x64/native/libjit.so", "native/jit_80.so"),
        _folder.Content("native/libfine file.so", "native/native_121.so"),
        _folder.Content("native/libpartial.so", "native/partial.so"),
        _folder.Content("native/libplain.so", "native/no_device_code.so"),
        _folder.Content("native/libempty.so", []),
    ];

    private string Report(string extension, ITaskItem[] files)
    {
        string path = Path.Combine(_folder.Root, "out", "report." + extension);
        Assert.True(_folder.Run(task => task.Reports = [path], files).Succeeded);
        return File.ReadAllText(path);
    }
}
