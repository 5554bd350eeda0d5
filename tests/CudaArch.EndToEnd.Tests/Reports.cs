namespace CudaArch.EndToEnd.Tests;

/// <summary>The files of <c>CudaArchReport</c>.</summary>
public class Reports
{
    [Fact]
    public async Task ABuildWritesEveryFormAndWritesALostOneAgain()
    {
        TestProject project = new TestProject("Reported").AsProgram().Content("libgaps.so", "native/none_86.so");
        string[] forms = ["html", "json", "md", "sarif"];
        string property = "-p:CudaArchReport=" + string.Join("%3B", forms.Select(form => "reports/cuda." + form));
        string[] files = [.. forms.Select(form => Path.Combine(project.Folder, "reports", "cuda." + form))];
        (await project.Build(property)).Succeeded().Single("CUDA2001");
        Assert.All(files, file => Assert.Contains("libgaps.so", File.ReadAllText(file)));

        // In CI the build fails, and the report is there all the more.
        File.Delete(files[0]);
        (await project.Build("--no-restore", property, "-p:ContinuousIntegrationBuild=true")).Failed().Single("CUDA2001");
        Assert.Contains("error", await File.ReadAllTextAsync(files[0]));
        Assert.Contains("x.pdf' has an extension", (await project.Build("--no-restore", "-p:CudaArchReport=x.pdf")).Failed().Single("CUDA2009").Message);
    }
}
