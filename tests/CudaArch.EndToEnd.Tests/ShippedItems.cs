namespace CudaArch.EndToEnd.Tests;

/// <summary>Files that projects and the build files of packages ship as items, in folders with spaces and letters of other scripts.</summary>
public class ShippedItems
{
    [Fact]
    public async Task ContentNoneAndEmbeddedResourceCountAndWhatIsNotShippedDoesNot()
    {
        TestProject project = new TestProject("Items", "Käse & 木 folder")
            .AsProgram()
            .Copy("native code/libcontent.so", "native/none_86.so")
            .Copy("native code/libnone.so", "native/none_90a.so")
            .Copy("native code/libresource.so", "native/none_86.so")
            .Copy("native code/libextra.so", "native/none_86.so")
            .Copy("native code/libignored.so", "native/none_86.so")
            .Item("Content", "native code/libcontent.so", "CopyToOutputDirectory=\"Always\"")
            .Item("None", "native code/libnone.so", "CopyToOutputDirectory=\"PreserveNewest\"")
            .Item("EmbeddedResource", "native code/libresource.so")
            .Item("CudaArchNativeFile", "native code/libextra.so")
            .Item("None", "native code/libignored.so");
        CommandResult result = (await project.Build("-v:normal")).Succeeded();

        Assert.Equal(4, result.Of("CUDA2001").Count);
        foreach (string name in new[] { "libcontent.so' (Content item)", "libnone.so' (None item)", "libresource.so' (EmbeddedResource item)", "libextra.so' (CudaArchNativeFile item)" })
        {
            Assert.Contains(result.Findings, finding => finding.Message.Contains("'native code/" + name));
        }

        // Nothing has changed: nothing is done, and nothing is said twice.
        CommandResult again = (await project.Build("-v:normal", "--no-restore")).Succeeded().IsQuiet();
        Assert.Contains("Skipping target \"VerifyCudaTargets\" because all output files are up-to-date", again.Output);
        (await project.Publish("--no-restore", "--no-build", "-p:Configuration=Debug")).Succeeded().IsQuiet();

        // A changed file is looked at again, also when it is older than the last build; so is everything after a clean.
        project.Copy("native code/libcontent.so", "native/native_121.so").Copy("native code/libnone.so", "native/native_121.so").Copy("native code/libextra.so", "native/native_121.so");
        File.SetLastWriteTimeUtc(Path.Combine(project.Folder, "native code", "libcontent.so"), new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.Contains("libresource.so", (await project.Build("--no-restore")).Succeeded().Single("CUDA2001").Message);
        Assert.Contains("libresource.so", (await project.Build("--no-restore", "-t:Rebuild")).Succeeded().Single("CUDA2001").Message);
    }

    [Fact]
    public async Task ItemsThatThePropsOfAPackageAdd()
    {
        await Workshop.Package;
        NativePackage package = new NativePackage("Backend.Cuda", "0.9.0")
            .With("BackendRuntimes/linux-x64/native/libbackend.so", "native/none_86.so")
            .With("BackendRuntimes/linux-x64/native/libbackend.so.fragment1", "native/none_86.so")
            .WithText("build/Backend.Cuda.props", """
                <Project>
                  <ItemGroup>
                    <Content Include="$(MSBuildThisFileDirectory)../BackendRuntimes/**/*" Visible="false">
                      <Link>runtimes/%(RecursiveDir)%(Filename)%(Extension)</Link>
                      <CopyToOutputDirectory>PreserveNewest</CopyToOutputDirectory>
                    </Content>
                  </ItemGroup>
                </Project>
                """)
            .Publish();
        CommandResult result = (await new TestProject("PropsContent").AsProgram().Reference(package).Build()).Succeeded();

        Assert.Contains("'BackendRuntimes/linux-x64/native/libbackend.so' (Backend.Cuda 0.9.0, linux-x64)", result.Single("CUDA2001").Message);
    }
}
