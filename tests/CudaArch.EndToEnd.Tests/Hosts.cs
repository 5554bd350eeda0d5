namespace CudaArch.EndToEnd.Tests;

/// <summary>Packages without files for the target's host, files for the wrong machine, toolkits that are too old.</summary>
public class Hosts
{
    [Fact]
    public async Task APackageForOtherHostsIsMissedByABuildForTheTargetsHostAndByNoOther()
    {
        await Workshop.Package;
        NativePackage package = new NativePackage("X64.Only").With("runtimes/linux-x64/native/libkernels.so", "native/family_120f.so").Publish();
        TestProject project = new TestProject("NoAsset").AsProgram().Reference(package);

        // Nothing of the package is shipped for linux-arm64: that is the fault.
        Diagnostic finding = (await project.Build("--runtime", "linux-arm64", "--no-self-contained")).Succeeded().Single("CUDA2005");
        Assert.Contains("X64.Only 1.0.0 has CUDA code for linux-x64 (libkernels.so), and none for linux-arm64, the only host of sm_121", finding.Message);
        (await project.Build("--runtime", "linux-x64", "--no-self-contained")).Succeeded().IsQuiet();
        (await project.Build("-p:CudaArchTargets=sm_120")).Succeeded().IsQuiet();
        Assert.Equal("error", (await project.Build("--no-restore", "-p:ContinuousIntegrationBuild=true")).Failed().Single("CUDA2005").Severity);
    }

    [Fact]
    public async Task FilesForTheWrongMachineAndAnOldCompiler()
    {
        await Workshop.Package;
        NativePackage package = new NativePackage("Mixed.Up", "2.0.0")
            .With("runtimes/linux-arm64/native/libkernels.so", "native/native_121.so")
            .With("runtimes/win-x64/native/kernels.dll", "native/native_121.dll")
            .With("runtimes/linux-x64/native/libkernels.so", "native/native_121.so")
            .With("runtimes/linux-x64/native/libnvrtc-builtins.so.12.8", "native/no_device_code.so")
            .Publish();
        CommandResult result = (await new TestProject("WrongMachine").AsProgram().Reference(package).Build()).Succeeded();

        Assert.Contains("'runtimes/linux-arm64/native/libkernels.so' (Mixed.Up 2.0.0, linux-arm64) cannot be loaded on linux-arm64", result.Single("CUDA2006").Message);
        Assert.Contains("NVRTC builtins of CUDA 12.8, which does not know sm_121", result.Single("CUDA2008").Message);
        Assert.Equal(2, result.Findings.Count);
    }
}
