namespace CudaArch.EndToEnd.Tests;

/// <summary>Multi-targeting, references between projects, solutions, and a development dependency that does not spread.</summary>
public class SeveralProjects
{
    [Fact]
    public async Task TwoTargetFrameworksReportAFileOnce()
    {
        TestProject project = new TestProject("TwoFrameworks").TargetFrameworks("netstandard2.0;net10.0").Content("libgaps.so", "native/none_86.so");

        (await project.Build("-m:2")).Succeeded().Single("CUDA2001");
        (await project.Build("-m:2", "--no-restore", "-t:Rebuild")).Succeeded().Single("CUDA2001");
        (await project.Build("-m:2", "--no-restore", "-p:ContinuousIntegrationBuild=true")).Failed().Single("CUDA2001");
    }

    [Fact]
    public async Task ASolutionReportsEveryProjectAtItsOwn()
    {
        await Workshop.Package;
        TestProject library = new TestProject("SolutionLibrary", "solution/library").Content("libgaps.so", "native/none_86.so").Save();
        TestProject program = new TestProject("SolutionProgram", "solution/program").AsProgram().Content("libjit.so", "native/jit_80.so").Reference(library).Save();
        string solution = Path.Combine(Workshop.Root, "projects", "solution", "All.slnx");
        File.WriteAllText(solution, $"""<Solution><Project Path="{library.ProjectFile}" /><Project Path="{program.ProjectFile}" /></Solution>""");
        CommandResult result = (await Dotnet.Run(Workshop.Root, ["build", solution, "-tl:off", "-v:minimal", "-m:2"])).Succeeded();

        // The program ships the library's file too.
        Assert.EndsWith("SolutionProgram.csproj", result.Single("CUDA2002").Origin);
        Assert.Equal(["SolutionLibrary.csproj", "SolutionProgram.csproj"], result.Of("CUDA2001").Select(finding => Path.GetFileName(finding.Origin)).Order());
        Assert.Equal(3, result.Findings.Count);
    }

    [Fact]
    public async Task AProjectThatOnlyReferencesAUserOfThePackageIsNotChecked()
    {
        await Workshop.Package;
        TestProject library = new TestProject("CheckedLibrary").Save();
        CommandResult result = await new TestProject("Unchecked") { UsesCudaArch = false }.AsProgram().Content("libgaps.so", "native/none_86.so").Reference(library).Build();
        result.Succeeded().IsQuiet();
    }
}
