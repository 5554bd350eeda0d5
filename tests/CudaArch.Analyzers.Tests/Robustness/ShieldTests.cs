using System.Collections.Immutable;
using CudaArch.Analyzers.Tests.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace CudaArch.Analyzers.Tests.Robustness;

/// <summary>A fault in an action is reported where it happened, and the analyzer goes on.</summary>
public sealed class ShieldTests
{
    private const string Source = """
        {|CUDA1010:|}using System.Runtime.InteropServices;
        class {|CUDA1010:Cuda|}
        {
            [DllImport("nvcuda")] static extern int {|CUDA1010:cuInit|}(int flags);
            int {|CUDA1010:M|}() => {|CUDA1010:cuInit(0)|} + {|CUDA1010:cuInit(1)|};
        }
        """;

    [Fact]
    public Task A_fault_becomes_a_report_at_its_place() => Run<FaultyAnalyzer>(Source);

    [Fact]
    public Task A_fault_at_the_start_becomes_one_report() => Run<FaultyFromTheStartAnalyzer>("{|CUDA1010:|}class Cuda { const string Library = \"nvcuda\"; }");

    // An analyzer that fails also fails under #pragma.
    private static Task Run<TAnalyzer>(string source)
        where TAnalyzer : DiagnosticAnalyzer, new() => new CudaTest<TAnalyzer>(source) { TestBehaviors = TestBehaviors.SkipSuppressionCheck }.RunAsync();

#pragma warning disable RS1012, RS1036, RS1038, RS1041 // Analyzers of tests
    [DiagnosticAnalyzer(LanguageNames.CSharp)]
    private sealed class FaultyAnalyzer : CudaAnalyzer
    {
        private protected override ImmutableArray<DiagnosticDescriptor> Rules => ImmutableArray<DiagnosticDescriptor>.Empty;

        private protected override void Register(CompilationStartAnalysisContext context, CudaCompilation cuda)
        {
            context.RegisterSemanticModelAction(Shield.File(file => throw new InvalidOperationException(file.SemanticModel.SyntaxTree.FilePath)));
            context.RegisterSymbolAction(Shield.Symbol(type => throw new InvalidOperationException(type.Symbol.Name)), SymbolKind.NamedType);
            context.RegisterOperationAction(Shield.Operation(operation => throw new InvalidOperationException(operation.Operation.Syntax.ToString())), OperationKind.Invocation);
            context.RegisterOperationBlockAction(Shield.Block(block => throw new InvalidOperationException(block.OwningSymbol.Name)));
        }
    }

    [DiagnosticAnalyzer(LanguageNames.CSharp)]
    private sealed class FaultyFromTheStartAnalyzer : CudaAnalyzer
    {
        private protected override ImmutableArray<DiagnosticDescriptor> Rules => ImmutableArray<DiagnosticDescriptor>.Empty;

        private protected override void Register(CompilationStartAnalysisContext context, CudaCompilation cuda) => throw new InvalidOperationException("start");
    }
#pragma warning restore RS1012, RS1036, RS1038, RS1041
}
