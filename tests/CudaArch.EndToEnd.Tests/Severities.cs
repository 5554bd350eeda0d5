namespace CudaArch.EndToEnd.Tests;

/// <summary>Everything that the platform offers to weigh a warning, wherever it is set, and what makes a build one of CI.</summary>
public class Severities
{
    [Fact]
    public async Task EveryPropertyThatWeighsWarningsWorksFromTheCommandLine()
    {
        TestProject project = Gap("Weighed");
        Assert.Equal("warning", (await project.Build()).Succeeded().Single("CUDA2001").Severity);

        // Every one of these builds follows one that has verified the same file: a changed setting is a reason to look again.
        foreach (string setting in new[] { "-p:WarningsAsErrors=CUDA2001", "-p:TreatWarningsAsErrors=true", "-p:MSBuildWarningsAsErrors=CUDA2001", "-p:MSBuildTreatWarningsAsErrors=true", "-p:CudaArchGapsAreErrors=true" })
        {
            Assert.Equal("error", (await project.Build("--no-restore", setting)).Failed().Single("CUDA2001").Severity);
        }

        string[][] lesser =
        [
            ["-p:ContinuousIntegrationBuild=true", "-p:CudaArchGapsAreErrors=false"],
            ["-p:ContinuousIntegrationBuild=true", "-p:WarningsNotAsErrors=CUDA2001"],
            ["-p:TreatWarningsAsErrors=true", "-p:WarningsNotAsErrors=CUDA2001"],
            ["-p:MSBuildTreatWarningsAsErrors=true", "-p:MSBuildWarningsNotAsErrors=CUDA2001"],
        ];
        foreach (string[] settings in lesser)
        {
            Assert.Equal("warning", (await project.Build(["--no-restore", .. settings])).Succeeded().Single("CUDA2001").Severity);
        }

        // An error is said by every build until it is gone.
        (await project.Build("--no-restore", "-p:TreatWarningsAsErrors=true")).Failed().Single("CUDA2001");
        (await project.Build("--no-restore", "-p:TreatWarningsAsErrors=true")).Failed().Single("CUDA2001");
    }

    [Fact]
    public async Task EveryPropertyThatWeighsWarningsWorksFromProjectFiles()
    {
        TestProject project = Gap("WeighedInFiles").Property("WarningsAsErrors", "$(WarningsAsErrors);CUDA2001");
        Assert.Equal("error", (await project.Build()).Failed().Single("CUDA2001").Severity);

        string[] files = ["Directory.Build.props", "Directory.Build.targets"];
        foreach (string file in files)
        {
            (await Gap("Silent." + file).Source(file, Properties("<NoWarn>$(NoWarn);CUDA2001</NoWarn>")).Build("-p:ContinuousIntegrationBuild=true")).Succeeded().IsQuiet();
            TestProject strict = Gap("Strict." + file).Source(file, Properties("<TreatWarningsAsErrors>true</TreatWarningsAsErrors>"));
            Assert.Equal("error", (await strict.Build()).Failed().Single("CUDA2001").Severity);
            TestProject other = Gap("OtherTarget." + file).Source(file, Properties("<CudaArchTargets>sm_86</CudaArchTargets>"));
            (await other.Build()).Succeeded().IsQuiet();
        }
    }

    [Theory]
    [InlineData("CI", "true")]
    [InlineData("TF_BUILD", "True")]
    public async Task TheVariablesOfBuildServersMakeGapsErrors(string variable, string value)
    {
        CommandResult result = await Gap("Server" + variable).Run("build", [], new Dictionary<string, string> { [variable] = value });
        Assert.Equal("error", result.Failed().Single("CUDA2001").Severity);
    }

    [Fact]
    public async Task TheRuleOrTheWholeProductCanBeSwitchedOff()
    {
        TestProject project = Gap("Silenced");
        (await project.Build("-p:NoWarn=CUDA2001", "-p:ContinuousIntegrationBuild=true")).Succeeded().IsQuiet();
        (await project.Build("--no-restore", "-p:MSBuildWarningsAsMessages=CUDA2001", "-p:TreatWarningsAsErrors=true")).Succeeded().IsQuiet();
        (await project.Build("--no-restore", "-p:CudaArchEnabled=false")).Succeeded().IsQuiet();
        (await project.Build("--no-restore", "-p:CudaArchTargets=sm_86")).Succeeded().IsQuiet();

        // An IDE's own builds say nothing; the same settings in a real build do.
        (await project.Build("--no-restore", "-p:DesignTimeBuild=true")).IsQuiet();
        (await project.Build("--no-restore")).Succeeded().Single("CUDA2001");
    }

    private static TestProject Gap(string name) => new TestProject(name).AsProgram().Content("libgaps.so", "native/none_86.so");

    private static string Properties(string properties) => $"<Project><PropertyGroup>{properties}</PropertyGroup></Project>";
}
