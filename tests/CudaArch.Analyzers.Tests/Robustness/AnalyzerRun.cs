using System.Collections.Immutable;
using CudaArch.Analyzers.Tests.Testing;
using CudaArch.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CudaArch.Analyzers.Tests.Robustness;

/// <summary>Every analyzer over sources that need not build.</summary>
internal static class AnalyzerRun
{
    public static IEnumerable<MetadataReference> Framework { get; } =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is "System.Private.CoreLib.dll" or "System.Runtime.dll" or "System.Collections.dll" or "System.Linq.dll" or "System.Runtime.InteropServices.dll")
            .Select(path => MetadataReference.CreateFromFile(path))];

    /// <summary>One of each analyzer of the assembly.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> Analyzers =>
    [
        .. typeof(CudaAnalyzer).Assembly.GetTypes().Where(type => !type.IsAbstract && typeof(DiagnosticAnalyzer).IsAssignableFrom(type))
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    /// <summary>The reports; an analyzer that throws fails the test.</summary>
    public static Task<ImmutableArray<Diagnostic>> Of(IEnumerable<MetadataReference> references, params string[] sources) => Of(Compile(references, sources), new AnalyzerOptions([]));

    /// <summary>Compiles sources, which need not build.</summary>
    public static CSharpCompilation Compile(IEnumerable<MetadataReference> references, params string[] sources) => CSharpCompilation.Create(
        "robust",
        sources.Select((source, i) => CSharpSyntaxTree.ParseText(source, TestSetup.Parse, $"{i}.cs")),
        references,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));

    /// <summary>The reports on a compilation; an analyzer that throws fails the test.</summary>
    public static async Task<ImmutableArray<Diagnostic>> Of(Compilation compilation, AnalyzerOptions analyzerOptions)
    {
        var thrown = new List<string>();
        var options = new CompilationWithAnalyzersOptions(
            analyzerOptions,
            (exception, analyzer, _) =>
            {
                lock (thrown)
                {
                    thrown.Add($"{analyzer.GetType().Name}: {exception}");
                }
            },
            concurrentAnalysis: true,
            logAnalyzerExecutionTime: false);
        ImmutableArray<Diagnostic> reports = await compilation.WithAnalyzers(Analyzers, options).GetAnalyzerDiagnosticsAsync();
        Assert.Empty(thrown);
        Assert.DoesNotContain(reports, report => report.Id is "AD0001" or RuleIds.NotJudged);
        return reports;
    }
}
