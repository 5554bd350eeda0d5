using System.Collections.Concurrent;
using System.Collections.Immutable;
using CudaArch.Analyzers.Interop;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CudaArch.Analyzers.FeatureUse;

/// <summary>
/// Calls and references that need what a target lacks, where the program comes to them on that target: CUDA1001 in general, CUDA1002 for narrow formats, CUDA1005 for the test before them when that is wrong, CUDA1006 for
/// shared memory, CUDA1007 for annotated members. One walk finds them all.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class FeatureUseAnalyzer : CudaAnalyzer
{
    private protected override ImmutableArray<DiagnosticDescriptor> Rules { get; } = ImmutableArray.Create(
        Descriptors.FeatureNotOnTarget, Descriptors.NarrowFormat, Descriptors.CapabilityTest, Descriptors.SharedMemoryOptIn, Descriptors.AnnotatedMember);

    private protected override void Register(CompilationStartAnalysisContext context, CudaCompilation cuda)
    {
        var finder = new SymbolUseFinder(cuda.Compilation, cuda.Symbols);
        var tests = new ReportedTests();
        context.RegisterOperationBlockStartAction(Shield.BlockStart(block =>
        {
            // The generated half of an import calls its native function: that is the declaration, not a use.
            if (NativeImport.IsImplementedBy(block.OwningSymbol))
            {
                return;
            }

            ConcurrentQueue<SymbolUse>? uses = null;
            block.RegisterOperationAction(
                Shield.Operation(operation =>
                {
                    foreach (SymbolUse use in finder.Find(operation.Operation))
                    {
                        LazyInitializer.EnsureInitialized(ref uses)!.Enqueue(use);
                    }
                }),
                finder.Kinds);
            block.RegisterOperationBlockEndAction(Shield.Block(end =>
            {
                if (uses is not null)
                {
                    new BlockVerdict(end, cuda, [.. uses.OrderBy(use => use.Place.SpanStart)], tests).Report();
                }
            }));
        }));
    }
}
