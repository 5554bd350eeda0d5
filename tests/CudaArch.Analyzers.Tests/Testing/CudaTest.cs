using CudaArch.Analyzers.Configuration;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace CudaArch.Analyzers.Tests.Testing;

/// <summary>
/// One compilation under one analyzer. Expected diagnostics are marked in the source: <c>{|CUDA1001:text|}</c>, or <c>{|#0:text|}</c> with an entry in
/// <c>ExpectedDiagnostics</c> where the message matters.
/// </summary>
internal sealed class CudaTest<TAnalyzer> : CSharpAnalyzerTest<TAnalyzer, DefaultVerifier>
    where TAnalyzer : DiagnosticAnalyzer, new()
{
    public CudaTest(string source, string? targets = null)
    {
        TestCode = source;
        TestSetup.Apply(this, TestState, targets);
    }

    protected override ParseOptions CreateParseOptions() => TestSetup.Parse;

    protected override CompilationOptions CreateCompilationOptions() => TestSetup.Compile((CSharpCompilationOptions)base.CreateCompilationOptions());
}

/// <summary>One compilation under one analyzer and one code fix; the fix is applied alone and by fix-all.</summary>
internal sealed class CudaFixTest<TAnalyzer, TFix> : CSharpCodeFixTest<TAnalyzer, TFix, DefaultVerifier>
    where TAnalyzer : DiagnosticAnalyzer, new()
    where TFix : CodeFixProvider, new()
{
    public CudaFixTest(string source, string fixedSource, string? targets = null)
    {
        TestCode = source;
        FixedCode = fixedSource;
        TestSetup.Apply(this, TestState, targets);
    }

    protected override ParseOptions CreateParseOptions() => TestSetup.Parse;

    protected override CompilationOptions CreateCompilationOptions() => TestSetup.Compile((CSharpCompilationOptions)base.CreateCompilationOptions());
}

internal static class TestSetup
{
    public static CSharpParseOptions Parse { get; } = new(LanguageVersion.Preview, DocumentationMode.Parse);

    public static CSharpCompilationOptions Compile(CSharpCompilationOptions options) =>
        options.WithAllowUnsafe(true).WithNullableContextOptions(NullableContextOptions.Enable);

    public static void Apply(AnalyzerTest<DefaultVerifier> test, SolutionState state, string? targets)
    {
        test.ReferenceAssemblies = ReferenceAssemblies.Net.Net80;
        if (targets is not null)
        {
            state.AnalyzerConfigFiles.Add(("/.globalconfig", $"is_global = true\n{CudaArchOptions.CommaSeparatedPropertyKey} = {targets}\n"));
        }
    }
}
