using Microsoft.Build.Framework;

namespace CudaArch.MSBuild.Tests;

/// <summary>How much a finding weighs: here, in CI, and by the user's own lists.</summary>
public sealed class SeverityTests : IDisposable
{
    private readonly TaskFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("native/none_86.so", "CUDA2001", false, "warning")]
    [InlineData("native/none_86.so", "CUDA2001", true, "error")]
    [InlineData("native/jit_80.so", "CUDA2002", false, "warning")]
    [InlineData("native/jit_80.so", "CUDA2002", true, "warning")]
    [InlineData("native/partial.so", "CUDA2003", false, "warning")]
    [InlineData("native/partial.so", "CUDA2003", true, "error")]
    public void DefaultsOfTheContract(string fixture, string rule, bool gapsAreErrors, string severity)
    {
        (bool succeeded, string text) = _folder.Run(task => task.GapsAreErrors = gapsAreErrors, _folder.Content("libx.so", fixture));

        Assert.StartsWith($"App.csproj : {severity} {rule}: ", text);
        Assert.Equal(severity != "error", succeeded);
        Assert.Equal(severity != "error", File.Exists(_folder.StateFile));
    }

    [Theory]
    [InlineData("CUDA2001")]
    [InlineData("1701;cuda2001")]
    [InlineData("CS1591, CUDA2001")]
    public void NoWarnSilencesErrorsToo(string noWarn)
    {
        (bool succeeded, string text) = _folder.Run(
            task =>
            {
                task.GapsAreErrors = true;
                task.NoWarn = noWarn;
            },
            _folder.Content("libx.so", "native/none_86.so"));

        Assert.Equal("", text);
        Assert.True(succeeded);
    }

    [Fact]
    public void WarningsNotAsErrorsHoldsInContinuousIntegration()
    {
        (bool succeeded, string text) = _folder.Run(
            task =>
            {
                task.GapsAreErrors = true;
                task.WarningsNotAsErrors = "CUDA2001";
            },
            _folder.Content("libx.so", "native/none_86.so"));

        Assert.StartsWith("App.csproj : warning CUDA2001: ", text);
        Assert.True(succeeded);
    }

    [Theory]
    [InlineData("CUDA2001", "", false, "error")]
    [InlineData("nullable;cuda2001", "CUDA2001", false, "error")]
    [InlineData("", "", true, "error")]
    [InlineData("", "CUDA2001", true, "warning")]
    [InlineData("CUDA2002", "", false, "warning")]
    public void WarningsBecomeErrorsAsInMSBuild(string asErrors, string notAsErrors, bool all, string severity)
    {
        (bool succeeded, string text) = _folder.Run(
            task =>
            {
                task.WarningsAsErrors = asErrors;
                task.WarningsNotAsErrors = notAsErrors;
                task.TreatWarningsAsErrors = all;
            },
            _folder.Content("libx.so", "native/none_86.so"));

        Assert.StartsWith($"App.csproj : {severity} CUDA2001: ", text);
        Assert.Equal(severity == "warning", succeeded);
        Assert.Equal(severity == "warning", File.Exists(_folder.StateFile));
    }

    [Fact]
    public void EveryTargetIsAskedFor()
    {
        ITaskItem file = _folder.Content("libx.so", "native/native_121.so");
        (_, string text) = _folder.Run(task => task.Targets = "sm_121;sm_90", file);

        Assert.Contains("sm_90", text);
        Assert.Single(text.Split('\n'));
    }
}
