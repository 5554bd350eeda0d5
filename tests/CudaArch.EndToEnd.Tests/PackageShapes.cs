namespace CudaArch.EndToEnd.Tests;

/// <summary>The shapes in which packages with CUDA code really come, beyond <c>runtimes/RID/native</c>.</summary>
public class PackageShapes
{
    [Fact]
    public async Task NoneItemsWithATargetPathPiecesPutTogetherWhileBuildingAndAShimWithoutDeviceCode()
    {
        await Workshop.Package;

        // Like whisper.net: None items with a target path of their own.
        NativePackage speech = new NativePackage("Speech.Runtime.Cuda", "1.8.0")
            .With("build/cuda/linux-x64/libspeech-cuda.so", "native/none_86.so")
            .WithText("build/Speech.Runtime.Cuda.targets", """
                <Project>
                  <ItemGroup>
                    <None Include="$(MSBuildThisFileDirectory)cuda/linux-x64/*.so" Visible="false" CopyToOutputDirectory="PreserveNewest" TargetPath="runtimes/cuda/linux-x64/%(Filename)%(Extension)" />
                  </ItemGroup>
                </Project>
                """)
            .Publish();

        // Like libtorch: pieces with check sums, put together by the package's targets, transitively.
        NativePackage pieces = new NativePackage("Torch.Cuda.Fragment", "2.7.1")
            .With("fragments/libtorch_cuda.so.fragment1", "native/partial.so")
            .WithText("fragments/libtorch_cuda.so.sha", "0123")
            .WithText("buildTransitive/Torch.Cuda.Fragment.targets", """
                <Project>
                  <Target Name="PutTogether" BeforeTargets="AssignTargetPaths">
                    <Copy SourceFiles="$(MSBuildThisFileDirectory)../fragments/libtorch_cuda.so.fragment1" DestinationFiles="$(IntermediateOutputPath)libtorch_cuda.so" />
                    <ItemGroup>
                      <None Include="$(IntermediateOutputPath)libtorch_cuda.so" Link="runtimes/linux-x64/native/libtorch_cuda.so" CopyToOutputDirectory="PreserveNewest" />
                      <None Include="$(MSBuildThisFileDirectory)../fragments/*" CopyToOutputDirectory="PreserveNewest" />
                    </ItemGroup>
                  </Target>
                </Project>
                """)
            .Publish();
        NativePackage torch = new NativePackage("Torch.Cuda", "2.7.1").DependingOn(pieces).Publish();

        // Like a binding for another machine: no device code, so nothing is covered or not.
        NativePackage shim = new NativePackage("Shim.Arm64").With("runtimes/linux-arm64/native/libshim.so", "native/no_device_code.so").Publish();

        CommandResult result = (await new TestProject("Shapes").AsProgram().Reference(speech).Reference(torch).Reference(shim).Build()).Succeeded();

        Assert.Contains("(Speech.Runtime.Cuda 1.8.0, linux-x64) cannot run on sm_121", result.Single("CUDA2001").Message);
        Assert.Contains("Speech.Runtime.Cuda 1.8.0 has CUDA code for linux-x64 (libspeech-cuda.so), and none for linux-arm64", result.Single("CUDA2005").Message);
        Assert.Contains("libtorch_cuda.so' (linux-x64, None item) cannot run on sm_121", result.Single("CUDA2003").Message);
        Assert.Equal(3, result.Findings.Count);
    }
}
