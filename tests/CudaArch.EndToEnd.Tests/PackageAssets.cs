namespace CudaArch.EndToEnd.Tests;

/// <summary>Native libraries under <c>runtimes/RID/native</c> of packages, direct and transitive.</summary>
public class PackageAssets
{
    [Fact]
    public async Task EveryRuntimeIdentifierIsVerifiedWhenTheProjectHasNone()
    {
        await Workshop.Package;
        NativePackage package = new NativePackage("Gaps.Everywhere", "1.2.3")
            .With("runtimes/linux-arm64/native/libgaps.so", "native/arm64_none_87.so")
            .With("runtimes/linux-x64/native/libgaps.so", "native/none_86.so")
            .With("runtimes/linux-x64/native/libjit.so", "native/jit_80.so")
            .With("runtimes/linux-x64/native/libpartial.so", "native/partial.so")
            .With("runtimes/linux-x64/native/libfine.so", "native/native_121.so")
            .With("runtimes/linux-x64/native/libplain.so", "native/no_device_code.so")
            .Publish();
        TestProject project = new TestProject("EveryRid").AsProgram().Reference(package);
        CommandResult result = (await project.Build()).Succeeded();

        Assert.Equal(2, result.Of("CUDA2001").Count);
        Assert.Contains(result.Findings, finding => finding.Message.Contains("runtimes/linux-arm64/native/libgaps.so"));
        Assert.Contains(result.Findings, finding => finding.Message.Contains("runtimes/linux-x64/native/libgaps.so"));
        Assert.Contains("libjit.so", result.Single("CUDA2002").Message);
        Assert.Contains("block_sum", result.Single("CUDA2003").Message);
        Assert.All(result.Findings, finding =>
        {
            Assert.Equal("warning", finding.Severity);
            Assert.Contains("Gaps.Everywhere 1.2.3", finding.Message);
            Assert.EndsWith("EveryRid.csproj", finding.Origin);
        });

        // In CI the gaps fail the build; what runs by JIT compilation does not.
        CommandResult ci = (await project.Build("-p:ContinuousIntegrationBuild=true")).Failed();
        Assert.All(ci.Of("CUDA2001").Concat(ci.Of("CUDA2003")), finding => Assert.Equal("error", finding.Severity));
        Assert.Equal(2, ci.Of("CUDA2001").Count);
        Assert.Equal("warning", ci.Single("CUDA2002").Severity);
    }

    [Fact]
    public async Task APublishForOneHostVerifiesTheTransitivePackagesOfThatHostOnce()
    {
        await Workshop.Package;
        NativePackage inner = new NativePackage("Inner.Kernels")
            .With("runtimes/linux-arm64/native/libinner.so", "native/arm64_none_87.so")
            .With("runtimes/linux-x64/native/libinner.so", "native/none_86.so")
            .Publish();
        NativePackage outer = new NativePackage("Outer.Binding").DependingOn(inner).Publish();
        CommandResult result = (await new TestProject("OneRid").AsProgram().Reference(outer).Publish("--runtime", "linux-arm64", "--no-self-contained")).Succeeded();

        Diagnostic finding = result.Single("CUDA2001");
        Assert.Contains("(Inner.Kernels 1.0.0, linux-arm64)", finding.Message);
        Assert.Single(result.Findings);
    }
}
