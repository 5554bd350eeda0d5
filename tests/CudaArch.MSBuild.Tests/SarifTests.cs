using Microsoft.Build.Framework;
using Microsoft.CodeAnalysis.Sarif;
using NJsonSchema;

namespace CudaArch.MSBuild.Tests;

/// <summary>The SARIF report by its published schema, and as the maintained SDK for SARIF reads it.</summary>
public sealed class SarifTests : IDisposable
{
    private static readonly string SchemaFile = Path.Combine(AppContext.BaseDirectory, "sarif-2.1.0.json");
    private readonly TaskFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task IsValidByThePublishedSchema()
    {
        JsonSchema schema = await JsonSchema.FromFileAsync(SchemaFile);

        // All of the format, not an excerpt.
        Assert.All(["run", "tool", "toolComponent", "reportingDescriptor", "result", "physicalLocation", "artifactLocation", "codeFlow", "propertyBag"], name => Assert.Contains(name, schema.Definitions.Keys));
        Assert.Empty(schema.Validate(Report()));
        Assert.Empty(schema.Validate(Report(withFindings: false)));
    }

    [Theory]
    [InlineData("\"ruleIndex\": 0", "\"ruleIndex\": -2")]
    [InlineData("\"level\": \"warning\"", "\"level\": \"worrying\"")]
    [InlineData("\"columnKind\"", "\"columnSort\"")]
    [InlineData("\"version\": \"2.1.0\"", "\"version\": \"2.2.0\"")]
    public async Task TheSchemaRefusesWhatIsNotSarif(string right, string wrong)
    {
        string report = Report();
        Assert.Contains(right, report);
        Assert.NotEmpty((await JsonSchema.FromFileAsync(SchemaFile)).Validate(report.Replace(right, wrong)));
    }

    [Fact]
    public void TheSdkReadsWhatWasMeant()
    {
        string path = Path.Combine(_folder.Root, "report.sarif");
        File.WriteAllText(path, Report());
        Run run = Assert.Single(SarifLog.Load(path).Runs);

        Assert.Equal("CudaArch", run.Tool.Driver.Name);
        Assert.Equal(["CUDA2001", "CUDA2002", "CUDA2003", "CUDA2004"], run.Results.Select(result => result.ResolvedRuleId(run)).Order());
        Result partial = run.Results.Single(result => result.RuleId == "CUDA2003");
        Assert.Equal(FailureLevel.Warning, partial.Level);
        Assert.Contains("block_sum", partial.Message.Text);
        Assert.Equal("nat%20ive/libpartial.so", partial.Locations[0].PhysicalLocation.ArtifactLocation.Uri.OriginalString);
        Assert.Equal("sm_121", partial.GetProperty("target"));
    }

    private string Report(bool withFindings = true)
    {
        string path = Path.Combine(_folder.Root, "out", "report.sarif");
        ITaskItem[] files = withFindings
            ?
            [
                _folder.Package("Acme.Kernels", "2.1.0", "runtimes/linux-arm64/native/libgaps.so", "native/arm64_none_87.so"),
                _folder.Package("Acme.Kernels", "2.1.0", "runtimes/linux-x64/native/libjit.so", "native/jit_80.so"),
                _folder.Content("nat ive/libpartial.so", "native/partial.so"),
                _folder.Content("libempty.so", []),
            ]
            : [_folder.Content("libfine.so", "native/native_121.so")];
        _folder.Run(task => task.Reports = [path], files);
        return File.ReadAllText(path);
    }
}
