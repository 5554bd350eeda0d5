using System.Collections.Immutable;
using CudaArch.Analyzers.Presence;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CudaArch.Analyzers.EmbeddedSource;

/// <summary>CUDA1004: CUDA C++ in literals that no compiler takes for the target, at the instruction, name or directive inside the literal.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CudaCppLiteralAnalyzer : CudaAnalyzer
{
    private static readonly WordAutomaton Words = new([CudaCppLiteralPass.KernelWord]);

    private protected override ImmutableArray<DiagnosticDescriptor> Rules { get; } = ImmutableArray.Create(Descriptors.EmbeddedDeviceSource, Descriptors.CapabilityTest);

    private protected override void Register(CompilationStartAnalysisContext context, CudaCompilation cuda)
    {
        context.RegisterSemanticModelAction(Shield.File(file =>
        {
            if (Words.IsIn(file.SemanticModel.SyntaxTree.GetText(file.CancellationToken), file.CancellationToken))
            {
                new CudaCppLiteralPass(file.SemanticModel, cuda, file.CancellationToken).Run(file.ReportDiagnostic);
            }
        }));
    }
}
