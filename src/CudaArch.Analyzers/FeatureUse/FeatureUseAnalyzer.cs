using System.Collections.Concurrent;
using System.Collections.Immutable;
using CudaArch.Analyzers.Interop;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CudaArch.Analyzers.FeatureUse;

/// <summary>CUDA1001: a call or reference that needs a feature which a target lacks, where the program comes to it on that target.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FeatureUseAnalyzer : CudaAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptors.FeatureNotOnTarget);

    private protected override void Register(CompilationStartAnalysisContext context, CudaCompilation cuda)
    {
        var finder = new SymbolUseFinder(cuda.Symbols);
        context.RegisterOperationBlockStartAction(block =>
        {
            // The generated half of an import calls its native function: that is the declaration, not a use.
            if (NativeImport.IsImplementedBy(block.OwningSymbol))
            {
                return;
            }

            ConcurrentQueue<SymbolUse>? uses = null;
            block.RegisterOperationAction(
                operation =>
                {
                    foreach (SymbolUse use in finder.Find(operation.Operation))
                    {
                        LazyInitializer.EnsureInitialized(ref uses)!.Enqueue(use);
                    }
                },
                SymbolUseFinder.Kinds);
            block.RegisterOperationBlockEndAction(end =>
            {
                if (uses is not null)
                {
                    new BlockVerdict(end, cuda, [.. uses.OrderBy(use => use.Place.SpanStart)]).Report();
                }
            });
        });
    }
}
