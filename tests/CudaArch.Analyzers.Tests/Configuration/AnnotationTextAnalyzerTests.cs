using CudaArch.Analyzers.Configuration;
using CudaArch.Analyzers.Tests.Testing;
using CudaArch.CodeFixes;
using CudaArch.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;

namespace CudaArch.Analyzers.Tests.Configuration;

public sealed class AnnotationTextAnalyzerTests
{
    private const string Annotations = """

        namespace CudaArch.Annotations
        {
            [System.AttributeUsage(System.AttributeTargets.All, AllowMultiple = true)] class RequiresCudaFeatureAttribute(string feature) : System.Attribute { public string Feature => feature; }
            [System.AttributeUsage(System.AttributeTargets.All, AllowMultiple = true)] class RequiresCudaArchitectureAttribute(string architecture) : System.Attribute { public string Architecture => architecture; }
            [System.AttributeUsage(System.AttributeTargets.All, AllowMultiple = true)] class CudaFeatureGuardAttribute(string feature) : System.Attribute { public string Feature => feature; }
            static class CudaDevice { public static bool Supports(string feature) => false; public static bool Runs(string architecture) => false; }
        }
        """;

    [Theory]
    [InlineData("[RequiresCudaFeature({|CUDA1009:\"tcgen5\"|})] void M() { }")]
    [InlineData("[RequiresCudaArchitecture({|CUDA1009:\"sm_999\"|})] void M() { }")]
    [InlineData("[RequiresCudaArchitecture({|CUDA1009:\"sm_80a\"|})] void M() { }")]
    [InlineData("[CudaFeatureGuard({|CUDA1009:\"wgmna\"|})] static bool Has => false;")]
    [InlineData("[RequiresCudaFeature(\"tcgen05\"), RequiresCudaFeature({|CUDA1009:\"\"|})] int _field;")]
    [InlineData("const string Feature = \"tcgen5\"; [RequiresCudaFeature({|CUDA1009:Feature|})] void M() { }")]
    [InlineData("bool M() => CudaDevice.Supports({|CUDA1009:\"tcgen5\"|}) || CudaDevice.Runs({|CUDA1009:\"sm_1210\"|});")]
    [InlineData("bool M() => CudaDevice.Supports(\"tcgen05\") || CudaDevice.Runs(\"sm_121a\") || CudaDevice.Supports(Name());  string Name() => \"?\";")]
    [InlineData("[RequiresCudaFeature(\"tcgen05\"), RequiresCudaArchitecture(\"sm_100f\"), CudaFeatureGuard(\"wgmma\")] bool M() => true;")]
    [InlineData("[Obsolete(\"tcgen5\")] void M() { }")]
    public Task A_name_that_does_not_exist_is_reported_at_the_argument(string member) => Verify.Analyzer<AnnotationTextAnalyzer>(Wrap(member));

    [Theory]
    [InlineData("tcgen5", "there is no feature \"tcgen5\"; write \"tcgen05\"")]
    [InlineData("shared_memory.228K", "there is no feature \"shared_memory.228K\"; write \"shared_memory.228k\"")]
    [InlineData("quantum", "there is no feature \"quantum\"; write one of the ids that 'cudaarch features' lists")]
    public Task The_message_names_the_nearest(string written, string message)
    {
        var test = new CudaTest<AnnotationTextAnalyzer>(Wrap($"[RequiresCudaFeature({{|#0:\"{written}\"|}})] void M() {{ }}"));
        test.ExpectedDiagnostics.Add(new DiagnosticResult(RuleIds.MalformedConfiguration, DiagnosticSeverity.Error).WithLocation(0).WithOptions(DiagnosticOptions.IgnoreAdditionalLocations).WithMessage(message));
        return test.RunAsync();
    }

    [Fact]
    public Task The_nearest_name_is_written() => Verify.Fix<AnnotationTextAnalyzer, DeviceTextCodeFixProvider>(
        Wrap("[RequiresCudaFeature({|CUDA1009:\"tcgen5\"|})] void M() { } [RequiresCudaArchitecture({|CUDA1009:\"sm_121x\"|})] void N() { }"),
        Wrap("[RequiresCudaFeature(\"tcgen05\")] void M() { } [RequiresCudaArchitecture(\"sm_121\")] void N() { }"));

    private static string Wrap(string member) => "using System;\nusing CudaArch.Annotations;\nclass C\n{\n" + member + "\n}" + Annotations;
}
