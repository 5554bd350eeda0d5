using CudaArch.Analyzers.FeatureUse;
using CudaArch.Analyzers.Tests.Testing;
using CudaArch.CodeFixes.Guards;

namespace CudaArch.Analyzers.Tests.CodeFixes;

public sealed class SharedMemoryFixTests
{
    [Theory]
    [InlineData("Set(0, 8, {|CUDA1006:227 * 1024|}); Set(0, {|CUDA1006:value: 200000|}, attribute: 8);", "Set(0, 8, 101376); Set(0, value: 101376, attribute: 8);", null)]
    [InlineData("Set(0, 8, {|CUDA1006:227 * 1024|});", "Set(0, 8, 65536);", "sm_75,sm_121")]
    [InlineData("var launch = new CUlaunchConfig { sharedMemBytes = {|CUDA1006:227 * 1024|} }; launch.sharedMemBytes = {|CUDA1006:200000u|};", "var launch = new CUlaunchConfig { sharedMemBytes = 101376 }; launch.sharedMemBytes = 101376;", null)]
    public Task The_request_is_lowered_to_what_every_target_has(string body, string fixedBody, string? targets) =>
        Verify.Fix<FeatureUseAnalyzer, SharedMemoryCodeFixProvider>(Wrap(body), Wrap(fixedBody), targets);

    private static string Wrap(string body) => $$"""
        using System.Runtime.InteropServices;
        class C
        {
            [DllImport("nvcuda", EntryPoint = "cuFuncSetAttribute")] static extern int Set(nint function, int attribute, int value);
            void M() { {{body}} }
        }
        struct CUlaunchConfig { public uint sharedMemBytes; }
        """;
}
