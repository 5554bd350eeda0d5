using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace CudaArch.Analyzers.Tests.Testing;

/// <summary>The usual tests in one line.</summary>
internal static class Verify
{
    /// <summary>The source gives exactly the diagnostics that are marked in it.</summary>
    /// <param name="source">The source with marks.</param>
    /// <param name="targets">Targets, comma-separated; the default target when null.</param>
    /// <param name="expected">Diagnostics of places marked <c>{|#0:…|}</c>, with their messages.</param>
    public static Task Analyzer<TAnalyzer>(string source, string? targets = null, params DiagnosticResult[] expected)
        where TAnalyzer : DiagnosticAnalyzer, new()
    {
        var test = new CudaTest<TAnalyzer>(source, targets);
        test.ExpectedDiagnostics.AddRange(expected);
        return test.RunAsync();
    }

    /// <summary>The fix turns the source into the fixed source, one by one and all at once, and what is left has no diagnostic that is not marked.</summary>
    public static Task Fix<TAnalyzer, TFix>(string source, string fixedSource, string? targets = null)
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new() =>
        new CudaFixTest<TAnalyzer, TFix>(source, fixedSource, targets).RunAsync();

    /// <summary>The fix is not offered: the source stays as it is.</summary>
    public static Task NoFix<TAnalyzer, TFix>(string source, string? targets = null)
        where TAnalyzer : DiagnosticAnalyzer, new()
        where TFix : CodeFixProvider, new() =>
        new CudaFixTest<TAnalyzer, TFix>(source, source, targets).RunAsync();
}
