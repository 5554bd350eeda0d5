using System.Collections.Immutable;
using CudaArch.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CudaArch.Accuracy;

/// <summary>What the analyzers say of one folder of sources.</summary>
internal sealed record SourceRun(
    int SourceFiles, IReadOnlyList<Diagnostic> Reports, IReadOnlyList<string> Exceptions, IReadOnlyList<(string Analyzer, TimeSpan Time)> Times, TimeSpan ProcessorTime)
{
    // What the SDK adds to projects with <ImplicitUsings>; without it even IntPtr is unknown in their files.
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    /// <summary>Compiles all <c>*.cs</c> below a folder as one library and runs the analyzers on it.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="targets">The targets; the default when empty.</param>
    /// <param name="change">Changes each source before it is compiled.</param>
    /// <param name="more">One more source.</param>
    /// <param name="only">A part of the names of the analyzers that run; all when empty.</param>
    public static async Task<SourceRun> OfFolder(string folder, string targets, Func<SyntaxTree, SyntaxTree>? change = null, string? more = null, string only = "")
    {
        var parseOptions = new CSharpParseOptions(LanguageVersion.Preview);
        SyntaxTree[] trees = [.. Sources(folder).AsParallel().AsOrdered()
            .Select(file => CSharpSyntaxTree.ParseText(File.ReadAllText(file), parseOptions, Path.GetRelativePath(folder, file)))];
        if (change is not null)
        {
            trees = [.. trees.Select(change)];
        }

        if (more is not null)
        {
            trees = [.. trees, CSharpSyntaxTree.ParseText(more, parseOptions, "more.cs")];
        }

        var compilation = CSharpCompilation.Create(
            "Sources", [.. trees, CSharpSyntaxTree.ParseText(ImplicitUsings, parseOptions, "ImplicitUsings.cs")], FrameworkReferences(), new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));

        // What the compiler does in any build is not billed to the analyzer that happens to ask first.
        _ = compilation.GetTypesByMetadataName("System.Object");

        var exceptions = new List<string>();
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([], new FixedOptions(targets)),
            onAnalyzerException: (exception, analyzer, _) =>
            {
                lock (exceptions)
                {
                    exceptions.Add($"{analyzer.GetType().Name} threw {exception}");
                }
            },
            concurrentAnalysis: true,
            logAnalyzerExecutionTime: true);
        CompilationWithAnalyzers run = compilation.WithAnalyzers([.. Analyzers().Where(analyzer => analyzer.GetType().Name.Contains(only, StringComparison.Ordinal))], options);
        TimeSpan before = Environment.CpuUsage.TotalTime;
        AnalysisResult result = await run.GetAnalysisResultAsync(CancellationToken.None);
        TimeSpan processorTime = Environment.CpuUsage.TotalTime - before;

        Diagnostic[] all = [.. result.GetAllDiagnostics()];
        exceptions.AddRange(all.Where(report => report.Id == RuleIds.NotJudged).Select(report => report.ToString()));
        return new SourceRun(
            trees.Length,
            [.. all.Where(report => report.Id != RuleIds.NotJudged).OrderBy(d => d.Location.SourceTree?.FilePath, StringComparer.Ordinal).ThenBy(d => d.Location.SourceSpan.Start)],
            exceptions,
            [.. result.AnalyzerTelemetryInfo.Select(entry => (entry.Key.GetType().Name, entry.Value.ExecutionTime)).OrderByDescending(entry => entry.ExecutionTime)],
            processorTime);
    }

    private static IEnumerable<string> Sources(string folder)
    {
        string separator = Path.DirectorySeparatorChar.ToString();
        return Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{separator}obj{separator}", StringComparison.Ordinal) && !file.Contains($"{separator}bin{separator}", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);
    }

    private static IEnumerable<MetadataReference> FrameworkReferences() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(path) is "mscorlib.dll" or "netstandard.dll")
            .Select(path => MetadataReference.CreateFromFile(path));

    private static ImmutableArray<DiagnosticAnalyzer> Analyzers() =>
    [
        .. System.Reflection.Assembly.Load("CudaArch.Analyzers").GetTypes()
            .Where(type => !type.IsAbstract && typeof(DiagnosticAnalyzer).IsAssignableFrom(type))
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    private sealed class FixedOptions(string targets) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(targets);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Values(string targets) : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value)
            {
                value = key == "build_property.CudaArchTargets" && targets.Length > 0 ? targets : null;
                return value is not null;
            }
        }
    }
}
