using System.Collections.Immutable;
using CudaArch.Analyzers.Catalog;
using CudaArch.Architectures;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace CudaArch.Analyzers.Configuration;

/// <summary>CUDA1009: what the user configured and the analyzers cannot use.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MalformedConfigurationAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptors.MalformedConfiguration, Descriptors.NotJudged);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);

        context.RegisterCompilationStartAction(Shield.Start(static start =>
        {
            var options = CudaArchOptions.Read(start.Options.AnalyzerConfigOptionsProvider);
            (string Wrong, string Remedy)[] unknown =
            [
                .. options.UnknownTargets(start.Compilation.SyntaxTrees).Select(part => ($"{Shown(part.Text)} in {part.Option} is not a known CUDA architecture and is ignored", Remedy)),
                .. options.UnknownLibraries(start.Compilation.SyntaxTrees).Select(part => ($"{Shown(part.Text)} in {part.Option} is no library with its version and is ignored", "write for example cublasLt=12.9")),
            ];
            if (unknown.Length > 0)
            {
                start.RegisterCompilationEndAction(Shield.Compilation(compilation => Report(unknown, compilation.ReportDiagnostic)));
            }

            if (start.Options.AdditionalFiles.Any(SymbolFile.IsCatalog))
            {
                start.RegisterAdditionalFileAction(Shield.AdditionalFile(Judge));
            }
        }));
    }

    // An option has no place in the compilation: the message names it instead.
    private static void Report((string Wrong, string Remedy)[] unknown, Action<Diagnostic> report)
    {
        foreach ((string wrong, string remedy) in unknown)
        {
            report(Diagnostic.Create(Descriptors.MalformedConfiguration, Location.None, wrong, remedy));
        }
    }

    private static void Judge(AdditionalFileAnalysisContext context)
    {
        if (!SymbolFile.IsCatalog(context.AdditionalFile) || context.AdditionalFile.GetText(context.CancellationToken) is not { } text)
        {
            return;
        }

        foreach ((TextSpan span, string wrong, string remedy) in SymbolFile.Of(text).Problems)
        {
            var place = Location.Create(context.AdditionalFile.Path, span, text.Lines.GetLinePositionSpan(span));
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.MalformedConfiguration, place, wrong, remedy));
        }
    }

    private static string Remedy { get; } =
        "known targets are " + string.Join(", ", ArchitectureCatalog.All.Select(info => info.Architecture.RealName)) + ", some with the suffix a or f";

    private static string Shown(string text) => SymbolDisplay.FormatLiteral(text.Length <= 40 ? text : text.Substring(0, 40) + "…", quote: true);
}
