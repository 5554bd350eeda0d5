using CudaArch.Analyzers.FeatureUse;
using CudaArch.Analyzers.Tests.Testing;
using CudaArch.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;

namespace CudaArch.Analyzers.Tests.FeatureUse;

/// <summary>CUDA1002: the truths about narrow formats, told apart.</summary>
public sealed class NarrowFormatTests
{
    private const string Rest = """

        class C
        {
            void M() { {|#0:my_fp4_gemm|}(); }
            [DllImport("kernels")] static extern void my_fp4_gemm();
        }
        """;

    [Theory]
    [InlineData("mma.block_scale.fp4", "sm_121", DiagnosticSeverity.Info, "needs {0}, which sm_121 has in code for sm_121a or sm_121f only: make sure that its library is built for that")]
    [InlineData("mma.block_scale.fp4", "sm_120,sm_121", DiagnosticSeverity.Info,
        "needs {0}, which sm_120 and sm_121 have in code for sm_120a or sm_120f, sm_121a or sm_121f only: make sure that its library is built for that")]
    public async Task A_kernel_that_must_be_built_for_the_suffix_is_information(string feature, string targets, DiagnosticSeverity severity, string message)
    {
        string title = CudaArch.Features.FeatureCatalog.Find(feature)!.Title;
        var test = new CudaTest<FeatureUseAnalyzer>("using System.Runtime.InteropServices;" + Rest, targets);
        test.TestState.AdditionalFiles.Add(("CudaArch.Symbols.txt", $"entry:my_fp4_gemm;{feature};test"));
        test.ExpectedDiagnostics.Add(new DiagnosticResult(RuleIds.NarrowFormat, severity).WithLocation(0).WithMessage("'my_fp4_gemm' " + message.Replace("{0}", title, StringComparison.Ordinal)));
        await test.RunAsync();
    }

    [Theory]
    [InlineData("mma.block_scale.fp4", "sm_90")]
    [InlineData("tcgen05", "sm_121")]
    public async Task A_kernel_that_the_target_cannot_run_is_a_warning(string feature, string targets)
    {
        var test = new CudaTest<FeatureUseAnalyzer>("using System.Runtime.InteropServices;" + Rest, targets);
        test.TestState.AdditionalFiles.Add(("CudaArch.Symbols.txt", $"entry:my_fp4_gemm;{feature};test"));
        test.ExpectedDiagnostics.Add(new DiagnosticResult(RuleIds.NarrowFormat, DiagnosticSeverity.Warning).WithLocation(0));
        await test.RunAsync();
    }
}
