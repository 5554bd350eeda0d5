namespace CudaArch.EndToEnd.Tests;

/// <summary>Files and settings that are wrong: each is named, and the build goes on unless the setting itself is at fault.</summary>
public class BadInput
{
    [Fact]
    public async Task DamagedAndFalseLibraries()
    {
        byte[] sound = File.ReadAllBytes(Fixtures.PathOf("native/native_121.so"));
        byte[] thirtyTwoBit = [.. sound];
        thirtyTwoBit[4] = 1;
        TestProject project = new TestProject("Damaged")
            .AsProgram()
            .Write("libcut.so", sound[..9000])
            .Write("libempty.so", [])
            .Write("libtext.so", "version https://git-lfs.github.com/spec/v1\n"u8.ToArray())
            .Write("lib32.so", thirtyTwoBit)
            .Write("notes.txt", "libcut.so is cut off"u8.ToArray())
            .Item("Content", "lib*.so;notes.txt", "CopyToOutputDirectory=\"PreserveNewest\"")
            .Item("CudaArchNativeFile", "libmissing.so;obj");
        CommandResult result = (await project.Build()).Succeeded();

        Assert.Equal(["CUDA2004"], result.Findings.Select(finding => finding.Id).Distinct());
        Assert.Contains(result.Findings, finding => finding.Message.Contains("'libcut.so'") && finding.Message.Contains("0x"));
        foreach (string name in new[] { "libempty.so", "libtext.so", "libmissing.so", "obj" })
        {
            Assert.Contains(result.Findings, finding => finding.Message.Contains($"'{name}'"));
        }

        Assert.Equal(5, result.Findings.Count);
    }

    [Fact]
    public async Task ATargetThatDoesNotExistIsSaidOnceBeforeTheCompilerRuns()
    {
        CommandResult result = (await new TestProject("WrongTarget").AsProgram().Property("CudaArchTargets", "sm_121;sm_12x").Build()).Failed();
        Diagnostic finding = result.Single("CUDA2009");

        Assert.Equal("error", finding.Severity);
        Assert.Contains("CudaArchTargets: 'sm_12x' in 'sm_121;sm_12x'", finding.Message);
        Assert.Single(result.Diagnostics);
    }
}
