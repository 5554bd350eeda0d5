using CudaArch.Analyzers.Configuration;
using CudaArch.Analyzers.Tests.Testing;
using CudaArch.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;

namespace CudaArch.Analyzers.Tests.Configuration;

public sealed class MalformedConfigurationAnalyzerTests
{
    private const string Known =
        "known targets are sm_50, sm_52, sm_53, sm_60, sm_61, sm_62, sm_70, sm_72, sm_75, sm_80, sm_86, sm_87, sm_88, sm_89, sm_90, sm_100, sm_101, sm_103, " +
        "sm_107, sm_110, sm_120, sm_121, some with the suffix a or f";

    [Fact]
    public Task Good_targets_are_quiet() => Verify.Analyzer<MalformedConfigurationAnalyzer>("class C;", "sm_90,sm_121a");

    [Fact]
    public Task No_option_is_quiet() => Verify.Analyzer<MalformedConfigurationAnalyzer>("class C;");

    [Fact]
    public Task Each_unknown_target_of_the_property_is_reported() => Verify.Analyzer<MalformedConfigurationAnalyzer>(
        "class C;",
        "spark,sm_121,sm_999",
        Malformed("\"spark\" in CudaArchTargets is not a known CUDA architecture and is ignored"),
        Malformed("\"sm_999\" in CudaArchTargets is not a known CUDA architecture and is ignored"));

    [Fact]
    public Task A_property_as_MSBuild_writes_it_is_read()
    {
        var test = new CudaTest<MalformedConfigurationAnalyzer>("class C;");
        test.TestState.AnalyzerConfigFiles.Add(("/.globalconfig", "is_global = true\nbuild_property.CudaArchTargets = gb10\n"));
        test.ExpectedDiagnostics.Add(Malformed("\"gb10\" in CudaArchTargets is not a known CUDA architecture and is ignored"));
        return test.RunAsync();
    }

    [Fact]
    public Task An_editorconfig_is_read_and_one_text_is_reported_once()
    {
        var test = new CudaTest<MalformedConfigurationAnalyzer>("class C;");
        test.TestState.Sources.Add("class D;");
        test.TestState.AnalyzerConfigFiles.Add(("/.editorconfig", "root = true\n[*.cs]\ncudaarch_targets = sm_121, sm_121x\n"));
        test.ExpectedDiagnostics.Add(Malformed("\"sm_121x\" in cudaarch_targets is not a known CUDA architecture and is ignored"));
        return test.RunAsync();
    }

    [Fact]
    public Task Long_text_is_cut_and_shown_escaped()
    {
        string text = new('x', 100);
        return Verify.Analyzer<MalformedConfigurationAnalyzer>(
            "class C;", text, Malformed($"\"{text[..40]}…\" in CudaArchTargets is not a known CUDA architecture and is ignored"));
    }

    [Fact]
    public Task A_library_without_a_version_is_reported_of_property_and_editorconfig()
    {
        var test = new CudaTest<MalformedConfigurationAnalyzer>("class C;");
        test.TestState.AnalyzerConfigFiles.Add(("/.globalconfig", "is_global = true\nbuild_property.CudaArchLibraryVersionList = cublasLt=12.9,cudnn\n"));
        test.TestState.AnalyzerConfigFiles.Add(("/.editorconfig", "root = true\n[*.cs]\ncudaarch_library_versions = cublasLt=new, cudnn=9.13.0\n"));
        foreach ((string part, string option) in new[] { ("cudnn", "CudaArchLibraryVersions"), ("cublasLt=new", "cudaarch_library_versions") })
        {
            test.ExpectedDiagnostics.Add(new DiagnosticResult(RuleIds.MalformedConfiguration, DiagnosticSeverity.Error)
                .WithMessage($"\"{part}\" in {option} is no library with its version and is ignored; write for example cublasLt=12.9"));
        }

        return test.RunAsync();
    }

    [Fact]
    public Task A_malformed_catalog_line_is_reported_at_its_place()
    {
        var test = new CudaTest<MalformedConfigurationAnalyzer>("class C;");
        test.TestState.AdditionalFiles.Add(("CudaArch.Symbols.Mine.txt", "# mine\nentry:good;tcgen05\n  entry:bad;tcgen5\n"));
        test.TestState.AdditionalFiles.Add(("Other.txt", "entry:bad"));
        test.ExpectedDiagnostics.Add(new DiagnosticResult(RuleIds.MalformedConfiguration, DiagnosticSeverity.Error)
            .WithSpan("CudaArch.Symbols.Mine.txt", 3, 1, 3, 19)
            .WithMessage("there is no feature \"tcgen5\"; the line is ignored; write one of the ids that 'cudaarch features' lists, or none"));
        return test.RunAsync();
    }

    private static DiagnosticResult Malformed(string what) =>
        new DiagnosticResult(RuleIds.MalformedConfiguration, DiagnosticSeverity.Error).WithMessage($"{what}; {Known}");
}
