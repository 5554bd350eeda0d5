using Microsoft.Build.Framework;

namespace CudaArch.MSBuild.Tests;

/// <summary>Gaps that are accepted: one by one with a reason, or all of today.</summary>
public sealed class AcceptanceTests : IDisposable
{
    private readonly TaskFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("libx.so", "CUDA2003", "", "", true)]
    [InlineData("native/libx.so", "", "", "", true)]
    [InlineData("tive/libx.so", "", "", "", false)]
    [InlineData("native\\libx.so", "CUDA2001;CUDA2003", "sm_121", "", true)]
    [InlineData("lib*.so", "cuda2003", "12.1", "", true)]
    [InlineData("libother.so", "CUDA2003", "", "", false)]
    [InlineData("libx.so", "CUDA2001", "", "", false)]
    [InlineData("libx.so", "CUDA2003", "sm_120", "", false)]
    [InlineData("libx.so", "CUDA2003", "", "block_sum", true)]
    [InlineData("libx.so", "CUDA2003", "", "vector_add;block_sum", true)]
    [InlineData("libx.so", "CUDA2003", "", "vector_add", false)]
    public void AnItemAcceptsWhatItNames(string file, string rule, string target, string kernel, bool isAccepted)
    {
        var engine = new RecordingEngine();
        VerifyCudaTargets task = _folder.Task(engine, _folder.Content("native/libx.so", "native/partial.so"));
        task.GapsAreErrors = true;
        task.Suppressions = [Suppress(file, ("Rule", rule), ("Target", target), ("Kernel", kernel), ("Reason", "never started"))];

        Assert.Equal(isAccepted, task.Execute());
        Assert.Equal(isAccepted, engine.Text.Length == 0);
        Assert.Contains(engine.Messages, message => message.Contains(isAccepted ? "CUDA2003 suppressed: never started: 1 of 2 modules" : $"CudaArchSuppress '{file}'", StringComparison.Ordinal));
    }

    [Fact]
    public void APackageCanBeNamed()
    {
        ITaskItem file = _folder.Package("Acme.Kernels", "1.0.0", "runtimes/linux-arm64/native/libx.so", "native/arm64_none_87.so");
        Assert.Equal("", _folder.Run(task => task.Suppressions = [Suppress("Acme.Kernels", ("Rule", "CUDA2001"))], file).Text);
    }

    [Fact]
    public void AMalformedItemIsAnErrorThatNamesIt()
    {
        (bool succeeded, string text) = _folder.Run(
            task => task.Suppressions = [Suppress("libx.so", ("Rule", "CUDA20001"), ("Target", "gb10"))], _folder.Content("libx.so", "native/none_86.so"));

        Assert.False(succeeded);
        Assert.Contains("error CUDA2009: CudaArchSuppress 'libx.so': there is no rule 'CUDA20001'", text);
        Assert.Contains("error CUDA2009: CudaArchSuppress 'libx.so': 'gb10' is not a CUDA architecture", text);
        Assert.DoesNotContain("CUDA2001:", text);
    }

    [Fact]
    public async Task ABaselineAcceptsWhatIsThereAndNothingNew()
    {
        string baseline = Path.Combine(_folder.Root, "project", "accepted", "cuda.txt");
        ITaskItem none = _folder.Package("Acme.Kernels", "1.0.0", "runtimes/linux-arm64/native/libx.so", "native/arm64_none_87.so");
        ITaskItem partial = _folder.Content("libpartial.so", "native/partial.so");
        Assert.True(_folder.Run(task => (task.Baseline, task.UpdateBaseline) = (baseline, true), none, partial).Succeeded);
        await Verifier.Verify(await File.ReadAllTextAsync(baseline));

        void UseIt(VerifyCudaTargets task) => (task.Baseline, task.GapsAreErrors) = (baseline, true);
        Assert.Equal((true, ""), _folder.Run(UseIt, none, partial));

        // Another version of the package with the same gaps is no news; another file, another target and another kernel are.
        Assert.Equal((true, ""), _folder.Run(UseIt, _folder.Package("Acme.Kernels", "1.1.0", "runtimes/linux-arm64/native/libx.so", "native/arm64_none_87.so"), partial));
        Assert.Contains("libnew.so", _folder.Run(UseIt, none, partial, _folder.Content("libnew.so", "native/none_86.so")).Text);
        Assert.Contains("sm_100", _folder.Run(task => { UseIt(task); task.Targets = "sm_121;sm_100"; }, none, partial).Text);
        await File.WriteAllTextAsync(baseline, (await File.ReadAllTextAsync(baseline)).Replace("block_sum", "_Z5otherv"));
        Assert.Contains("error CUDA2003", _folder.Run(UseIt, none, partial).Text);
    }

    [Theory]
    [InlineData(null, "there is no such file")]
    [InlineData("", "line 1: '# CudaArch baseline 1' expected")]
    [InlineData("# CudaArch baseline 1\nCUDA2001 sm_121 libx.so\n", "line 2: 5 fields separated by tabs expected")]
    public void ABaselineThatCannotBeUsedIsAnError(string? content, string message)
    {
        string path = Path.Combine(_folder.Root, "project", "baseline.txt");
        if (content is not null)
        {
            _folder.Write("project/baseline.txt", System.Text.Encoding.UTF8.GetBytes(content));
        }

        (bool succeeded, string text) = _folder.Run(task => task.Baseline = path, _folder.Content("libx.so", "native/none_86.so"));
        Assert.False(succeeded);
        Assert.StartsWith("App.csproj : error CUDA2009: CudaArchBaseline: ", text);
        Assert.Contains(message, text);
    }

    private static ITaskItem Suppress(string file, params (string, string)[] metadata) => TaskFolder.Item(file, metadata);
}
