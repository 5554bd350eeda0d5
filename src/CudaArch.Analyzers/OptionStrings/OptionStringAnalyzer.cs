using System.Collections.Immutable;
using CudaArch.Analyzers.Presence;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CudaArch.Analyzers.OptionStrings;

/// <summary>CUDA1003: compile options, in whatever string, that name an architecture whose code cannot run on the target.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OptionStringAnalyzer : CudaAnalyzer
{
    // Without one of these a file names no architecture in an option.
    private static readonly WordAutomaton Words = new(
    [
        "sm_", "compute_", "lto_", "-arch", "gpu-arch", "gpu-name", "gpu-code", "gencode", "generate-code", "ARCH_LIST", "CUDA_ARCHITECTURES", "NVCC_ARCHS", "CUDAARCHS", "FatbinAdd",
    ]);

    private protected override ImmutableArray<DiagnosticDescriptor> Rules { get; } = ImmutableArray.Create(Descriptors.ArchitectureOption, Descriptors.CapabilityTest);

    private protected override void Register(CompilationStartAnalysisContext context, CudaCompilation cuda)
    {
        context.RegisterSemanticModelAction(Shield.File(file =>
        {
            if (Words.IsIn(file.SemanticModel.SyntaxTree.GetText(file.CancellationToken), file.CancellationToken))
            {
                new OptionPass(file.SemanticModel, cuda, file.CancellationToken).Run(file.ReportDiagnostic);
            }
        }));
    }

    /// <summary>Whether a literal may be, or hold a part of, an option that names an architecture.</summary>
    internal static bool MayMatter(string value) => Words.IsIn(value.AsSpan());
}
