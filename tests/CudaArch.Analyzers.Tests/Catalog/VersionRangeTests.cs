using System.Collections.Immutable;
using CudaArch.Analyzers.Catalog;
using CudaArch.Analyzers.FeatureUse;
using CudaArch.Analyzers.Tests.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Testing;

namespace CudaArch.Analyzers.Tests.Catalog;

/// <summary>Lines for members of packages of certain versions.</summary>
public sealed class VersionRangeTests
{
    [Theory]
    [InlineData("1.5.2", "1.5.2.0", true)]
    [InlineData("1.5.2", "1.5.3.0", false)]
    [InlineData("1.5", "1.5.9.1", true)]
    [InlineData("..1.5.1", "0.9.0.0", true)]
    [InlineData("..1.5.1", "1.5.2.0", false)]
    [InlineData("1.2..", "1.1.9.0", false)]
    [InlineData("1.2..", "7.0.0.0", true)]
    [InlineData("1.2..1.4", "1.4.7.0", true)]
    [InlineData("1.2..1.4", "1.5.0.0", false)]
    public async Task A_line_counts_for_its_versions(string range, string version, bool isReported)
    {
        string call = isReported ? "{|CUDA1001:Contoso.Engine.Fast|}" : "Contoso.Engine.Fast";
        var test = new CudaTest<FeatureUseAnalyzer>($"class Cuda {{ void M() => {call}(1); }}");
        test.TestState.AdditionalReferences.Add(await Package("Contoso", version, "namespace Contoso { public static class Engine { public static void Fast(int a) { } } }"));
        test.TestState.AdditionalFiles.Add(("CudaArch.Symbols.txt", $"M:Contoso.Engine.Fast(System.Int32) versions {range};tcgen05;test"));
        await test.RunAsync();
    }

    [Fact]
    public async Task Source_has_no_version()
    {
        var test = new CudaTest<FeatureUseAnalyzer>("class Cuda { void M() => Contoso.Engine.Fast(1); } namespace Contoso { public static class Engine { public static void Fast(int a) { } } }");
        test.TestState.AdditionalFiles.Add(("CudaArch.Symbols.txt", "M:Contoso.Engine.Fast(System.Int32) versions ..9;tcgen05;test"));
        await test.RunAsync();
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("2..1")]
    [InlineData("1.x")]
    [InlineData("1.2.3.4.5")]
    [InlineData("70000")]
    public void Other_text_is_no_range(string text) => Assert.Null(VersionRange.Parse(text));

    /// <summary>ILGPU writes the newest PTX version that it knows; sm_121 needs 8.8, which 1.5.3 brought.</summary>
    [Theory]
    [InlineData("1.4.0.0", "sm_121", true)]
    [InlineData("1.5.1.0", "sm_121", true)]
    [InlineData("1.5.2.0", "sm_121", true)]
    [InlineData("1.5.3.0", "sm_121", false)]
    [InlineData("2.0.0.0", "sm_121", false)]
    [InlineData("1.5.1.0", "sm_90", false)]
    [InlineData("1.5.1.0", "sm_120", true)]
    [InlineData("1.5.2.0", "sm_120", false)]
    [InlineData("1.5.3.0", "sm_110", true)]
    public async Task A_release_of_ILGPU_that_does_not_know_the_target_is_reported(string version, string target, bool isReported)
    {
        string one = isReported ? "{|CUDA1001:context.CreateCudaAccelerator|}" : "context.CreateCudaAccelerator";
        string two = isReported ? "{|CUDA1001:device.CreateCudaAccelerator|}" : "device.CreateCudaAccelerator";
        var test = new CudaTest<FeatureUseAnalyzer>($$"""
            using ILGPU;
            using ILGPU.Runtime.Cuda;
            class C
            {
                void M(Context context) { {{one}}(0); {{one}}(0, CudaAcceleratorFlags.ScheduleAuto); }
                void N(CudaDevice device, Context context) { {{two}}(context); {{two}}(context, CudaAcceleratorFlags.ScheduleAuto); }
            }
            """, target);
        test.TestState.AdditionalReferences.Add(await Package("ILGPU", version, """
            namespace ILGPU { public class Context { } }
            namespace ILGPU.Runtime.Cuda
            {
                public enum CudaAcceleratorFlags { ScheduleAuto }
                public class CudaDevice
                {
                    public void CreateCudaAccelerator(Context context) { }
                    public void CreateCudaAccelerator(Context context, CudaAcceleratorFlags flags) { }
                }
                public static class CudaContextExtensions
                {
                    public static void CreateCudaAccelerator(this Context context, int index) { }
                    public static void CreateCudaAccelerator(this Context context, int index, CudaAcceleratorFlags flags) { }
                }
            }
            """));
        await test.RunAsync();
    }

    private static async Task<MetadataReference> Package(string name, string version, string source)
    {
        ImmutableArray<MetadataReference> framework = await ReferenceAssemblies.Net.Net80.ResolveAsync(LanguageNames.CSharp, CancellationToken.None);
        SyntaxTree[] trees = [CSharpSyntaxTree.ParseText(source), CSharpSyntaxTree.ParseText($"[assembly: System.Reflection.AssemblyVersion(\"{version}\")]")];
        var compilation = CSharpCompilation.Create(name, trees, framework, new(OutputKind.DynamicallyLinkedLibrary));
        using var stream = new MemoryStream();
        Assert.True(compilation.Emit(stream).Success);
        return MetadataReference.CreateFromImage(stream.ToArray());
    }
}
