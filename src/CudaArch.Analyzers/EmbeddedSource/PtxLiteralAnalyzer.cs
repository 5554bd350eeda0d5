using System.Collections.Immutable;
using CudaArch.Analyzers.Presence;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CudaArch.Analyzers.EmbeddedSource;

/// <summary>CUDA1004: PTX in literals that the driver of the target does not compile, at the instruction, version or target inside the literal.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PtxLiteralAnalyzer : CudaAnalyzer
{
    private static readonly WordAutomaton Words = new([".version", ".target", "CudaAsm"]);

    private protected override ImmutableArray<DiagnosticDescriptor> Rules { get; } = ImmutableArray.Create(Descriptors.EmbeddedDeviceSource, Descriptors.CapabilityTest);

    private protected override void Register(CompilationStartAnalysisContext context, CudaCompilation cuda)
    {
        context.RegisterSemanticModelAction(Shield.File(file =>
        {
            if (Words.IsIn(file.SemanticModel.SyntaxTree.GetText(file.CancellationToken), file.CancellationToken))
            {
                new PtxPass(file.SemanticModel, cuda, file.CancellationToken).Run(file.ReportDiagnostic);
            }
        }));
    }
}
