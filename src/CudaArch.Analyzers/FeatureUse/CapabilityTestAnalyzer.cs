using System.Collections.Immutable;
using CudaArch.Analyzers.Flow;
using CudaArch.Architectures;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace CudaArch.Analyzers.FeatureUse;

/// <summary>
/// CUDA1005: tests that compare the major and the minor number of a compute capability each on its own. <c>major >= 8 &amp;&amp; minor >= 9</c> is meant as "8.9 or
/// newer", but 9.0 and 12.1 fail it. So does the pattern <c>(>= 8, >= 9)</c>.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CapabilityTestAnalyzer : CudaAnalyzer
{
    private protected override ImmutableArray<DiagnosticDescriptor> Rules { get; } = ImmutableArray.Create(Descriptors.CapabilityTest);

    private protected override void Register(CompilationStartAnalysisContext context, CudaCompilation cuda)
    {
        context.RegisterOperationAction(Shield.Operation(operation => Judge(operation, ComponentwiseTest.Of((IBinaryOperation)operation.Operation), cuda)), OperationKind.Binary);
        context.RegisterOperationAction(Shield.Operation(operation => Judge(operation, ComponentwiseTest.Of((IRecursivePatternOperation)operation.Operation), cuda)), OperationKind.RecursivePattern);
    }

    private static void Judge(OperationAnalysisContext context, ComponentwiseTest? test, CudaCompilation cuda)
    {
        SyntaxNode place = context.Operation.Syntax;
        if (test is not null && WrongTargets(test, place, cuda, context.CancellationToken) is { Length: > 0 } wrong && cuda.TestOwners.Of(place, context.CancellationToken) is null)
        {
            string what = $"'{place}' compares the numbers each on its own: {TargetNames.Sentence(wrong)} {(wrong.Length == 1 ? "is" : "are")} newer than {test.Major}.{test.Minor} and "
                + $"{(wrong.Length == 1 ? "does" : "do")} not count as such; write '{test.Correct}'";
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.CapabilityTest, place.GetLocation(), ImmutableDictionary<string, string?>.Empty.Add(FeatureReport.ReplacementProperty, test.Correct), what));
        }
    }

    /// <summary>Whether a test that another rule finds at fault, too, compares the numbers each on its own: then that is the fault.</summary>
    internal static bool IsWrong(SyntaxNode place, CudaCompilation cuda, CancellationToken cancellation) =>
        cuda.Graphs.ModelOf(place.SyntaxTree).GetOperation(place, cancellation) switch
        {
            IBinaryOperation binary => ComponentwiseTest.Of(binary),
            IRecursivePatternOperation pattern => ComponentwiseTest.Of(pattern),
            _ => null,
        } is { } test && WrongTargets(test, place, cuda, cancellation).Length > 0;

    private static SmArchitecture[] WrongTargets(ComponentwiseTest test, SyntaxNode place, CudaCompilation cuda, CancellationToken cancellation) =>
        [.. cuda.TargetsFor(place.SyntaxTree).Where(target => test.Misjudges(target) && Decides(test, place, target, cuda, cancellation))];

    // major >= 9 || (major >= 8 && minor >= 9) asks nothing of 12.1; and after a failed test another one may be there for it.
    private static bool Decides(ComponentwiseTest test, SyntaxNode place, SmArchitecture target, CudaCompilation cuda, CancellationToken cancellation)
    {
        if (BodyGraphs.Around(place) is not { } around || cuda.Graphs.Of(around, cancellation) is not ControlFlowGraph graph)
        {
            return true;
        }

        BodyFlow body = cuda.Graphs.Runs.Of(target, around, graph, cancellation);
        if (!body.IsReached(test.Decides))
        {
            return false;
        }

        // Had it come out rightly, the program would do the same.
        var right = new DeviceFlow(cuda.Graphs, target, cancellation) { Assumption = (test.Wrong, test.ShouldHold) };
        if (EqualOutcome.Is(place, body, right.Analyze(graph)))
        {
            return false;
        }

        BodyFlow.Place[] alternatives = [.. body.Conditions.Where(condition => condition.Value is { FromDevice: true, Truth: true } && IsAlternative(condition.Key, place)).Select(condition => condition.Key)];
        if (alternatives.Length == 0)
        {
            return true;
        }

        // One that holds on the oldest device of the generation, too, is there for what the test shut out rightly.
        BodyFlow oldest = cuda.Graphs.Runs.Of(new SmArchitecture(test.Major, 0), around, graph, cancellation);
        return !oldest.Conditions.Any(condition => condition.Value.Truth == false && alternatives.Contains(condition.Key));
    }

    // else if (major >= 9), the conditions of nested ?:, later arms.
    private static bool IsAlternative(BodyFlow.Place condition, SyntaxNode test)
    {
        for (SyntaxNode? node = test; node is not null and not MemberDeclarationSyntax; node = node.Parent)
        {
            bool isLater = node.Parent switch
            {
                IfStatementSyntax { Else.Statement: IfStatementSyntax other } choice => choice.Condition == node && IsInCondition(other, condition),
                ConditionalExpressionSyntax choice when choice.Condition == node => choice.WhenFalse.Span.Contains(condition.Span),
                SwitchExpressionSyntax choice => node is SwitchExpressionArmSyntax && choice.Span.Contains(condition.Span) && condition.Span.Start > node.Span.End,
                SwitchStatementSyntax choice => node is SwitchSectionSyntax && choice.Span.Contains(condition.Span) && condition.Span.Start > node.Span.End,
                _ => false,
            };
            if (isLater)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsInCondition(IfStatementSyntax choice, BodyFlow.Place condition) =>
        choice.Condition.Span.Contains(condition.Span) || (choice.Else?.Statement is IfStatementSyntax next && IsInCondition(next, condition));
}
