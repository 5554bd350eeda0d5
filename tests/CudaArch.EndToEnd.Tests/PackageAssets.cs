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
            .With("runtimes/linux-x64/native/libfine.so", "native/native_121.so")
            .With("runtimes/linux-x64/native/libplain.so", "native/no_device_code.so")
            .Publish();
        CommandResult result = (await new TestProject("EveryRid").AsProgram().Reference(package).Build()).Succeeded();

        Assert.Equal(2, result.Of("CUDA2001").Count);
        Assert.Contains(result.Findings, finding => finding.Message.Contains("runtimes/linux-arm64/native/libgaps.so"));
        Assert.Contains(result.Findings, finding => finding.Message.Contains("runtimes/linux-x64/native/libgaps.so"));
        Assert.All(result.Findings, finding =>
        {
            Assert.Equal("warning", finding.Severity);
            Assert.Contains("Gaps.Everywhere 1.2.3", finding.Message);
            Assert.EndsWith("EveryRid.csproj", finding.Origin);
        });
    }
}
