using CudaArch.Testing;
using NJsonSchema;

namespace CudaArch.Tool.Tests.Docs;

/// <summary>Real answers have the published shapes, and an answer that lost a field has not.</summary>
public class SchemaTests
{
    public static TheoryData<string> Libraries => [.. Directory.EnumerateFiles(Fixtures.PathOf("native"), "*.so").Select(path => "native/" + Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Libraries))]
    public async Task Verify(string library) => await Holds("verify", CommandRun.Of("verify", "--format", "json", "-t", "sm_121", "-t", "sm_90", library).Output);

    [Theory]
    [MemberData(nameof(Libraries))]
    public async Task Inspect(string library)
    {
        await Holds("inspect", CommandRun.Of("inspect", "--format", "json", library).Output);
        await Holds("inspect", CommandRun.Of("inspect", "--format", "json", "--kernels", library).Output);
        await Holds("inspect", CommandRun.Of("inspect", "--format", "json", "--resources", library).Output);
    }

    [Theory]
    [InlineData("native/native_121.so", "native/none_86.so")]
    [InlineData("native/none_86.so", "native/native_121.so")]
    [InlineData("native", "ptx")]
    public async Task Diff(string old, string @new) => await Holds("diff", CommandRun.Of("diff", "--format", "json", "-t", "sm_121", "-t", "sm_90", old, @new).Output);

    [Fact]
    public async Task Files_that_cannot_be_read()
    {
        using var folder = new TemporaryFolder();
        string cut = folder.Write("cut.so", File.ReadAllBytes("native/native_121.so")[..100]);
        await Holds("verify", CommandRun.Of("verify", "--format", "json", cut, "no/such.so").Output);
        await Holds("inspect", CommandRun.Of("inspect", "--format", "json", cut, "no/such.so").Output);
    }

    [Theory]
    [InlineData("\"schemaVersion\": 1", "\"schemaVersion\": 2")]
    [InlineData("\"Native\"", "\"Natively\"")]
    [InlineData("\"rid\"", "\"runtime\"")]
    [InlineData("\"withDeviceCode\": 1", "\"withDeviceCode\": \"1\"")]
    public async Task Another_shape_is_refused(string text, string other)
    {
        string answer = CommandRun.Of("verify", "--format", "json", "native/native_121.so").Output;
        Assert.Contains(text, answer, StringComparison.Ordinal);
        Assert.NotEmpty((await Schema("verify")).Validate(answer.Replace(text, other, StringComparison.Ordinal)));
    }

    private static async Task Holds(string schema, string answer) => Assert.Empty((await Schema(schema)).Validate(answer).Select(error => error.ToString()));

    private static async Task<JsonSchema> Schema(string name) =>
        await JsonSchema.FromJsonAsync(await File.ReadAllTextAsync(Path.Combine(Fixtures.RepositoryRoot, "docs", "schema", name + ".schema.json")));
}
