namespace CudaArch.EndToEnd.Tests;

/// <summary>What the build finds in a library is said of the import that loads it, in the same build.</summary>
public class Bridge
{
    [Fact]
    public async Task AnImportOfALibraryThatDoesNotRun()
    {
        TestProject project = new TestProject("Bridged")
            .Source("Native.cs", """
                using System.Runtime.InteropServices;

                public static class Native
                {
                    [DllImport("kernels")] public static extern int start();
                    [DllImport("kernels")] public static extern int stop();
                    [DllImport("fine")] public static extern int other();
                }
                """)
            .Content("runtimes/linux-x64/native/libkernels.so", "native/none_86.so")
            .Content("runtimes/linux-x64/native/libfine.so", "native/native_121.so");
        CommandResult result = (await project.Build()).Succeeded();

        Diagnostic import = result.Single("CUDA1008");
        Assert.Matches(@"Native\.cs\(5,\d+\)$", import.Origin);
        Assert.Contains("'kernels' is not built for sm_121: the build found in 'runtimes/linux-x64/native/libkernels.so' that nothing in it runs there (CUDA2001 says more)", import.Message);
        result.Single("CUDA2001");

        // A mended library mends the code; then nothing is compiled again.
        project.Copy("runtimes/linux-x64/native/libkernels.so", "native/native_120.so");
        (await project.Build("--no-restore")).Succeeded().IsQuiet();
        CommandResult again = (await project.Build("--no-restore", "-v:detailed")).Succeeded().IsQuiet();
        foreach (string target in new[] { "_CudaArchCover", "CoreCompile", "VerifyCudaTargets" })
        {
            Assert.True(again.Output.Contains($"Skipping target \"{target}\" because all output files are up-to-date"), again.Output);
        }
    }

    [Fact]
    public async Task AnImportOfALibraryThatNothingShipsIsListedWhenThatIsAskedFor()
    {
        TestProject project = new TestProject("Unshipped").Source("Native.cs", """
            public static class Native
            {
                [System.Runtime.InteropServices.DllImport("system_kernels")] public static extern int start();
            }
            """);
        (await project.Build()).Succeeded().IsQuiet();
        CommandResult listed = (await project.Build("--no-restore", "-p:CudaArchListImports=true")).Succeeded().IsQuiet();
        Assert.Contains("Unshipped.csproj: 'system_kernels' is imported, and nothing in this build ships it", listed.Output);
    }
}
