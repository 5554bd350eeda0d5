namespace CudaArch.EndToEnd.Tests;

/// <summary>Multi-targeting, references between projects, and a development dependency that does not spread.</summary>
public class SeveralProjects
{
    [Fact]
    public async Task TwoTargetFrameworksReportAFileOnce()
    {
        TestProject project = new TestProject("TwoFrameworks").TargetFrameworks("net9.0;net10.0").Content("libgaps.so", "native/none_86.so");

        (await project.Build("-m:2")).Succeeded().Single("CUDA2001");
        (await project.Build("-m:2", "--no-restore", "-t:Rebuild")).Succeeded().Single("CUDA2001");
        (await project.Build("-m:2", "--no-restore", "-p:ContinuousIntegrationBuild=true")).Failed().Single("CUDA2001");
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
