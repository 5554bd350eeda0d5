using System.Collections.Immutable;
using CudaArch.Analyzers.Interop;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

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
        // One walk of each block costs less than an action of its own for each operation.
        context.RegisterOperationBlockAction(Shield.Block(block =>
        {
            // The generated half of an import calls its native function: that is the declaration, not a use.
            if (NativeImport.IsImplementedBy(block.OwningSymbol))
            {
                return;
            }

            List<SymbolUse>? uses = null;
            foreach (IOperation root in block.OperationBlocks)
            {
                foreach (IOperation operation in root.DescendantsAndSelf())
                {
                    if (finder.MayBeUse(operation))
                    {
                        (uses ??= []).AddRange(finder.Find(operation));
                    }
                }
            }

            if (uses is { Count: > 0 })
            {
                new BlockVerdict(block, cuda, [.. uses.OrderBy(use => use.Place.SpanStart)], tests).Report();
            }
        }));
    }
}
