namespace CudaArch.EndToEnd.Tests;

/// <summary>Files with unusual names, and links in their place.</summary>
public class OddFiles
{
    [Fact]
    public async Task NamesThatMSBuildEscapesAndLinks()
    {
        TestProject project = new TestProject("OddNames", "Größe 100% 木").AsProgram();
        project.Copy("native/a;b 50%41 é.so", "native/none_86.so").Copy("native/libreal.so", "native/none_90a.so");
        string native = Path.Combine(project.Folder, "native");
        File.CreateSymbolicLink(Path.Combine(native, "liblink.so"), "libreal.so");
        File.CreateSymbolicLink(Path.Combine(native, "libloop.so"), "libloop.so");
        File.CreateSymbolicLink(Path.Combine(native, "libgone.so"), "nowhere.so");
        project
            .Item("Content", "native/a%3Bb 50%2541 é.so;native/liblink.so", "CopyToOutputDirectory=\"PreserveNewest\"")
            .Item("CudaArchNativeFile", "native/libloop.so;native/libgone.so");
        CommandResult result = (await project.Build()).Succeeded();

        Assert.Equal(["native/a;b 50%41 é.so", "native/liblink.so"], result.Of("CUDA2001").Select(finding => finding.Message.Split('\'')[1]).Order(StringComparer.Ordinal));
        Assert.Equal(["native/libgone.so", "native/libloop.so"], result.Of("CUDA2004").Select(finding => finding.Message.Split('\'')[1]).Order(StringComparer.Ordinal));
        Assert.Contains("'native/libgone.so' (CudaArchNativeFile item) cannot be read: there is no such file.", result.Output);

        // Nothing has changed but what a link leads to.
        (await project.Build("--no-restore")).Succeeded();
        File.Delete(Path.Combine(native, "liblink.so"));
        project.Copy("native/liblink.so", "native/native_121.so");
        Assert.Equal("native/a;b 50%41 é.so", (await project.Build("--no-restore")).Succeeded().Single("CUDA2001").Message.Split('\'')[1]);
    }
}
