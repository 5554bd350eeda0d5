using CsCheck;

namespace CudaArch.MSBuild.Tests;

/// <summary>Nothing throws out of the task.</summary>
public sealed class RobustnessTests : IDisposable
{
    private readonly TaskFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AStateFileThatCannotBeWritten()
    {
        string blocked = _folder.Write("blocked", []);
        (bool succeeded, string text) = _folder.Run(task => task.StateFile = Path.Combine(blocked, "state"), _folder.Content("libx.so", "native/native_121.so"));
        Assert.Equal("", text);
        Assert.True(succeeded);
    }

    [Fact]
    public void DamageAnywhereInALibrary()
    {
        byte[] library = File.ReadAllBytes(Fixtures.PathOf("native/partial.so"));
        Gen.Select(Gen.Int[0, library.Length - 1], Gen.Byte, Gen.Int[1, library.Length]).Sample(
            (at, value, length) =>
            {
                byte[] damaged = [.. library.Take(length)];
                damaged[at % length] = value;
                var engine = new RecordingEngine();
                Assert.True(_folder.Task(engine, _folder.Content("libx.so", damaged)).Execute(), engine.Text);
                Assert.All(engine.Lines, line => Assert.Matches("^App.csproj : warning CUDA200[1-4]: ", line));
            },
            iter: 200, threads: 1);
    }
}
