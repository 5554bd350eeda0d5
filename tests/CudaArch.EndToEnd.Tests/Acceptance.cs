namespace CudaArch.EndToEnd.Tests;

/// <summary>Gaps that the user accepts, with a reason or as they are today.</summary>
public class Acceptance
{
    [Fact]
    public async Task ASuppressedGapIsQuietAndAnUnusedSuppressionIsSaidToWhoAsks()
    {
        TestProject project = new TestProject("Suppressed").AsProgram()
            .Content("libgaps.so", "native/none_86.so")
            .Content("libpartial.so", "native/partial.so")
            .Item("CudaArchSuppress", "libgaps.so", "Rule=\"CUDA2001\" Reason=\"never loaded on a Spark\"")
            .Item("CudaArchSuppress", "libpartial.so", "Rule=\"CUDA2003\" Kernel=\"block_sum\" Reason=\"dead code\"")
            .Item("CudaArchSuppress", "libgone.so", "Rule=\"CUDA2001\" Reason=\"no longer there\"");
        CommandResult result = (await project.Build("-p:ContinuousIntegrationBuild=true", "-v:detailed")).Succeeded().IsQuiet();
        Assert.Contains("CUDA2001 suppressed: never loaded on a Spark: 'libgaps.so'", result.Output);
        Assert.Contains("CudaArchSuppress 'libgone.so' (CUDA2001) suppresses nothing: remove it.", result.Output);

        // Without the item the file is looked at again.
        project.Xml("<ItemGroup><CudaArchSuppress Remove=\"libgaps.so\" /></ItemGroup>");
        (await project.Build("--no-restore")).Succeeded().Single("CUDA2001");
        project.Item("CudaArchSuppress", "libgaps.so", "Rule=\"CUDA9\"");
        Assert.Contains("CudaArchSuppress 'libgaps.so': there is no rule 'CUDA9'", (await project.Build("--no-restore")).Failed().Single("CUDA2009").Message);
    }

    [Fact]
    public async Task ABaselineAcceptsTodaysGapsAndFailsOnNewOnes()
    {
        TestProject project = new TestProject("Baselined").AsProgram().Content("libgaps.so", "native/none_86.so").Property("CudaArchBaseline", "accepted.txt");
        Assert.Contains("there is no such file", (await project.Build()).Failed().Single("CUDA2009").Message);

        (await project.Build("--no-restore", "-t:CudaArchUpdateBaseline")).Succeeded().IsQuiet();
        Assert.Contains("CUDA2001\tsm_121\t\tlibgaps.so\tvector_add", await File.ReadAllTextAsync(Path.Combine(project.Folder, "accepted.txt")));
        (await project.Build("--no-restore", "-p:ContinuousIntegrationBuild=true")).Succeeded().IsQuiet();

        project.Content("libnew.so", "native/none_90a.so");
        Assert.Contains("libnew.so", (await project.Build("--no-restore", "-p:ContinuousIntegrationBuild=true")).Failed().Single("CUDA2001").Message);
    }
}
