using System.Collections.Immutable;
using CudaArch.Analyzers.Configuration;
using CudaArch.Analyzers.Interop;
using CudaArch.Architectures;
using CudaArch.Bridge;
using CudaArch.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CudaArch.Analyzers.Coverage;

/// <summary>
/// CUDA1008: an import of a native library of which the build found that it does not run on a target. A type that imports much from one library is told once, at the
/// first import.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ImportCoverageAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptors.UncoveredImport, Descriptors.NotJudged);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterCompilationStartAction(Shield.Start(static start =>
        {
            // A library need not have CUDA in its name: that the build found device code in it is enough.
            if (BuildCoverage.Read(start.Options.AdditionalFiles, start.CancellationToken) is { } coverage)
            {
                var options = CudaArchOptions.Read(start.Options.AnalyzerConfigOptionsProvider);
                start.RegisterSymbolAction(Shield.Symbol(symbol => Analyze(symbol, coverage, options)), SymbolKind.NamedType);
            }
        }));
    }

    private static void Analyze(SymbolAnalysisContext context, BuildCoverage coverage, CudaArchOptions options)
    {
        HashSet<string>? seen = null;
        foreach (ISymbol member in ((INamedTypeSymbol)context.Symbol).GetMembers())
        {
            if (member is not IMethodSymbol { Locations: [{ SourceTree: { } tree } location, ..] } method || NativeImport.Of(method) is not { Library: { Length: > 0 } library }
                || !(seen ??= new HashSet<string>(StringComparer.Ordinal)).Add(library))
            {
                continue;
            }

            LibraryCoverage? gap = null;
            var targets = new List<SmArchitecture>();
            foreach (SmArchitecture target in options.TargetsFor(tree))
            {
                if (coverage.GapOf(library, target) is { } found)
                {
                    gap ??= found;
                    targets.Add(target);
                }
            }

            if (gap is { } line)
            {
                (string what, string rule) = line.Coverage == "None" ? ("nothing in it runs there", RuleIds.NothingRuns) : ("some of its kernels do not run there", RuleIds.SomeModulesCannotRun);
                context.ReportDiagnostic(Diagnostic.Create(Descriptors.UncoveredImport, location, library, line.File, TargetNames.Sentence(targets), what, rule));
            }
        }
    }
}
