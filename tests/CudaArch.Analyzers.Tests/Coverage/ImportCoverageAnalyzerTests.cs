using CudaArch.Analyzers.Coverage;
using CudaArch.Analyzers.Tests.Testing;
using CudaArch.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;

namespace CudaArch.Analyzers.Tests.Coverage;

public sealed class ImportCoverageAnalyzerTests
{
    private const string Import = """
        using System.Runtime.InteropServices;

        internal static class Native
        {
            private const string Library = "ggml-kernels";

            [DllImport(Library)] private static extern int {|#0:start|}(int value);
            [DllImport(Library)] private static extern int stop(int value);
            [DllImport("other")] private static extern int other(int value);
        }
        """;

    [Fact]
    public Task A_library_in_which_nothing_runs() => Run(
        "ggml-kernels\tsm_121\tNone\tlinux-x64\truntimes/linux-x64/native/libggml-kernels.so (Acme 1.0.0)",
        Expect("'ggml-kernels' is not built for sm_121: the build found in 'runtimes/linux-x64/native/libggml-kernels.so (Acme 1.0.0)' that nothing in it runs there (CUDA2001 says more)"));

    [Fact]
    public Task A_library_of_which_some_runs() => Run(
        "ggml-kernels\tsm_121\tPartial\t\tlibggml-kernels.so",
        Expect("'ggml-kernels' is not built for sm_121: the build found in 'libggml-kernels.so' that some of its kernels do not run there (CUDA2003 says more)"));

    [Theory]
    [InlineData("ggml-kernels\tsm_121\tNative\t\tlibggml-kernels.so")]
    [InlineData("ggml-kernels\tsm_121\tJitFallback\t\tlibggml-kernels.so")]
    [InlineData("ggml-kernels\tsm_90\tNone\t\tlibggml-kernels.so")]
    [InlineData("another\tsm_121\tNone\t\tlibanother.so")]
    [InlineData("ggml-kernels\tsm_121\tNone\tlinux-x64\ta.so\nggml-kernels\tsm_121\tNative\tlinux-arm64\tb.so")]
    [InlineData("ggml-kernels\tsm_121\tSomething\t\tlibggml-kernels.so")]
    [InlineData("ggml-kernels sm_121 None")]
    [InlineData("")]
    public Task What_runs_is_unknown_or_is_malformed_is_quiet(string lines) => Run(lines);

    [Fact]
    public Task No_file_is_quiet() => Verify.Analyzer<ImportCoverageAnalyzer>(Import.Replace("{|#0:start|}", "start"));

    [Fact]
    public async Task A_LibraryImport_of_a_library_with_a_path_and_several_targets()
    {
        var test = new CudaTest<ImportCoverageAnalyzer>(
            """
            using System.Runtime.InteropServices;

            internal static partial class Native
            {
                [LibraryImport("libggml-kernels.so.1")] private static partial int {|#0:start|}(int value);
                private static partial int start(int value) => value;
            }
            """,
            "sm_90,sm_121");
        test.TestState.AdditionalFiles.Add(("/obj/CudaArch.Coverage.txt", "# CudaArch coverage 1\nggml-kernels\tsm_90\tNone\t\tx.so\nggml-kernels\tsm_121\tNone\t\tx.so\n"));
        test.ExpectedDiagnostics.Add(Expect("'libggml-kernels.so.1' is not built for sm_90 and sm_121: the build found in 'x.so' that nothing in it runs there (CUDA2001 says more)"));
        await test.RunAsync();
    }

    private static Task Run(string lines, params DiagnosticResult[] expected)
    {
        var test = new CudaTest<ImportCoverageAnalyzer>(expected.Length > 0 ? Import : Import.Replace("{|#0:start|}", "start"));
        test.TestState.AdditionalFiles.Add(("/obj/CudaArch.Coverage.txt", "# CudaArch coverage 1\n" + lines));
        test.ExpectedDiagnostics.AddRange(expected);
        return test.RunAsync();
    }

    private static DiagnosticResult Expect(string message) =>
        new DiagnosticResult(RuleIds.UncoveredImport, DiagnosticSeverity.Warning).WithLocation(0).WithMessage(message);
}
