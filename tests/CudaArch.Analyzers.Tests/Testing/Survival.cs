using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CudaArch.Analyzers.Tests.Testing;

/// <summary>Runs an analyzer on code that need not compile.</summary>
internal static class Survival
{
    private static readonly MetadataReference[] Framework =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is "System.Private.CoreLib.dll" or "System.Runtime.dll" or "System.Collections.dll" or "System.Runtime.InteropServices.dll")
            .Select(path => MetadataReference.CreateFromFile(path))];

    /// <summary>What the analyzer throws on the source, with the framework and with no reference at all: nothing, when all is well.</summary>
    public static async Task<IReadOnlyList<string>> ExceptionsOf<TAnalyzer>(string source)
        where TAnalyzer : DiagnosticAnalyzer, new()
    {
        var exceptions = new List<string>();
        foreach (MetadataReference[] references in new[] { Framework, [] })
        {
            var compilation = CSharpCompilation.Create(
                "broken",
                [CSharpSyntaxTree.ParseText(source, TestSetup.Parse)],
                references,
                TestSetup.Compile(new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)));
            var options = new CompilationWithAnalyzersOptions(
                new AnalyzerOptions([]), (exception, _, _) => exceptions.Add(exception.ToString()), concurrentAnalysis: false, logAnalyzerExecutionTime: false);
            ImmutableArray<DiagnosticAnalyzer> analyzers = [new TAnalyzer()];
            await new CompilationWithAnalyzers(compilation, analyzers, options).GetAnalyzerDiagnosticsAsync();
        }

        return exceptions;
    }
}
