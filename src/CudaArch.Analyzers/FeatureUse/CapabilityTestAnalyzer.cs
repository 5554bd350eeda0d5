using System.Collections.Immutable;
using CudaArch.Architectures;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace CudaArch.Analyzers.FeatureUse;

/// <summary>
/// CUDA1005: tests that compare the major and the minor number of a compute capability each on its own. <c>major >= 8 &amp;&amp; minor >= 9</c> is meant as "8.9 or
/// newer", but 9.0 and 12.1 fail it.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CapabilityTestAnalyzer : CudaAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Descriptors.CapabilityTest);

    private protected override void Register(CompilationStartAnalysisContext context, CudaCompilation cuda) =>
        context.RegisterOperationAction(operation => Judge(operation, cuda), OperationKind.Binary);

    private static void Judge(OperationAnalysisContext context, CudaCompilation cuda)
    {
        if (ComponentwiseTest.Of((IBinaryOperation)context.Operation) is not { } test)
        {
            return;
        }

        SmArchitecture[] wrong = [.. cuda.TargetsFor(context.Operation.Syntax.SyntaxTree).Where(test.Misjudges)];
        if (wrong.Length > 0)
        {
            string what = $"'{context.Operation.Syntax}' compares the numbers each on its own: {TargetNames.Sentence(wrong)} {(wrong.Length == 1 ? "is" : "are")} newer than {test.Major}.{test.Minor} and "
                + $"{(wrong.Length == 1 ? "does" : "do")} not count as such; write '{test.Correct}'";
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.CapabilityTest, context.Operation.Syntax.GetLocation(), ImmutableDictionary<string, string?>.Empty.Add(FeatureReport.ReplacementProperty, test.Correct), what));
        }
    }
}
