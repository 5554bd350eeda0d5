using System.Collections.Immutable;
using CudaArch.Analyzers.Presence;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CudaArch.Analyzers.OptionStrings;

/// <summary>CUDA1003: values of the driver's JIT target (<c>CU_JIT_TARGET</c>), as enum members, casts or numbers, for which the driver makes code that cannot run on the target.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class JitTargetAnalyzer : CudaAnalyzer
{
    private static readonly WordAutomaton Words = new(["jit_target", "jittarget", "jitoption", "jit_option", "target_compute", "ModuleLoadDataEx", "LibraryLoad", "LinkCreate"]);

    private protected override ImmutableArray<DiagnosticDescriptor> Rules { get; } = ImmutableArray.Create(Descriptors.ArchitectureOption, Descriptors.CapabilityTest);

    private protected override void Register(CompilationStartAnalysisContext context, CudaCompilation cuda)
    {
        context.RegisterSemanticModelAction(Shield.File(file =>
        {
            if (Words.IsIn(file.SemanticModel.SyntaxTree.GetText(file.CancellationToken), file.CancellationToken))
            {
                new JitTargetPass(file.SemanticModel, cuda, file.CancellationToken).Run(file.ReportDiagnostic);
            }
        }));
    }
}
