using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CudaArch.Analyzers.Tests.Robustness;

/// <summary>What holds for every analyzer of the assembly, also for one that somebody adds: each action stands behind the shield, and nothing is registered without CUDA.</summary>
public sealed class EveryAnalyzerTests
{
    private const string Cuda = """
        using System.Runtime.InteropServices;
        class Cuda { [DllImport("nvcuda")] static extern int cuInit(int flags); int M(int a, int b) => cuInit(a + b); }
        namespace CudaArch.Annotations
        {
            class RequiresCudaFeatureAttribute(string feature) : System.Attribute { string Feature => feature; }
            class RequiresCudaArchitectureAttribute(string architecture) : System.Attribute { string Architecture => architecture; }
            class CudaFeatureGuardAttribute(string feature) : System.Attribute { string Feature => feature; }
            static class CudaDevice { static bool Supports(string feature) => false; }
        }
        """;

    public static TheoryData<Type> Analyzers => [.. AnalyzerRun.Analyzers.Select(analyzer => analyzer.GetType())];

    /// <summary>Under options that make every analyzer register all that it has.</summary>
    [Theory, MemberData(nameof(Analyzers))]
    public void Every_action_of_an_analyzer_stands_behind_the_shield(Type type)
    {
        var analyzer = (DiagnosticAnalyzer)Activator.CreateInstance(type)!;
        AdditionalText[] files = [new MemoryText("CudaArch.Symbols.txt", "E:tcgen05_*;tcgen05"), new MemoryText("CudaArch.Coverage.txt", "k\tsm_121\tNone\t\tk.so")];
        var recording = new Recording(AnalyzerRun.Compile(AnalyzerRun.Framework, Cuda), new AnalyzerOptions([.. files], new Options()));

        analyzer.Initialize(recording);

        Assert.Contains(Descriptors.NotJudged, analyzer.SupportedDiagnostics);
        Assert.True(recording.Actions.Count > 1, "Nothing but the start was registered.");
        Assert.All(recording.Actions, action => Assert.StartsWith(typeof(Shield).FullName!, action.Method.DeclaringType!.FullName, StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Analyzers))]
    public void Nothing_but_the_start_is_registered_without_CUDA(Type type)
    {
        var recording = new Recording(AnalyzerRun.Compile(AnalyzerRun.Framework, "class C { int M(int major, int minor) => major + minor; }"), new AnalyzerOptions([]));

        ((DiagnosticAnalyzer)Activator.CreateInstance(type)!).Initialize(recording);

        Assert.Single(recording.Actions);
    }

    private sealed class Recording(Compilation compilation, AnalyzerOptions options) : AnalysisContext
    {
        /// <summary>What was registered, here and in what started.</summary>
        public List<Delegate> Actions { get; } = [];

        public override void EnableConcurrentExecution()
        {
        }

        public override void ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags analysisMode)
        {
        }

        public override void RegisterCompilationStartAction(Action<CompilationStartAnalysisContext> action)
        {
            Actions.Add(action);
            action(new Start(compilation, options, Actions));
        }

        public override void RegisterSymbolAction(Action<SymbolAnalysisContext> action, ImmutableArray<SymbolKind> symbolKinds) => Actions.Add(action);

        public override void RegisterCodeBlockStartAction<TLanguageKindEnum>(Action<CodeBlockStartAnalysisContext<TLanguageKindEnum>> action) => Actions.Add(action);

        public override void RegisterCodeBlockAction(Action<CodeBlockAnalysisContext> action) => Actions.Add(action);

        public override void RegisterCompilationAction(Action<CompilationAnalysisContext> action) => Actions.Add(action);

        public override void RegisterSyntaxTreeAction(Action<SyntaxTreeAnalysisContext> action) => Actions.Add(action);

        public override void RegisterAdditionalFileAction(Action<AdditionalFileAnalysisContext> action) => Actions.Add(action);

        public override void RegisterSemanticModelAction(Action<SemanticModelAnalysisContext> action) => Actions.Add(action);

        public override void RegisterSyntaxNodeAction<TLanguageKindEnum>(Action<SyntaxNodeAnalysisContext> action, ImmutableArray<TLanguageKindEnum> syntaxKinds) => Actions.Add(action);

        public override void RegisterOperationAction(Action<OperationAnalysisContext> action, ImmutableArray<OperationKind> operationKinds) => Actions.Add(action);

        public override void RegisterOperationBlockAction(Action<OperationBlockAnalysisContext> action) => Actions.Add(action);

        public override void RegisterOperationBlockStartAction(Action<OperationBlockStartAnalysisContext> action) => Actions.Add(action);
    }

    private sealed class Start(Compilation compilation, AnalyzerOptions options, List<Delegate> actions) : CompilationStartAnalysisContext(compilation, options, CancellationToken.None)
    {
        public override void RegisterCompilationEndAction(Action<CompilationAnalysisContext> action) => actions.Add(action);

        public override void RegisterSemanticModelAction(Action<SemanticModelAnalysisContext> action) => actions.Add(action);

        public override void RegisterSymbolAction(Action<SymbolAnalysisContext> action, ImmutableArray<SymbolKind> symbolKinds) => actions.Add(action);

        public override void RegisterCodeBlockStartAction<TLanguageKindEnum>(Action<CodeBlockStartAnalysisContext<TLanguageKindEnum>> action) => actions.Add(action);

        public override void RegisterCodeBlockAction(Action<CodeBlockAnalysisContext> action) => actions.Add(action);

        public override void RegisterSyntaxTreeAction(Action<SyntaxTreeAnalysisContext> action) => actions.Add(action);

        public override void RegisterAdditionalFileAction(Action<AdditionalFileAnalysisContext> action) => actions.Add(action);

        public override void RegisterSyntaxNodeAction<TLanguageKindEnum>(Action<SyntaxNodeAnalysisContext> action, ImmutableArray<TLanguageKindEnum> syntaxKinds) => actions.Add(action);

        public override void RegisterOperationAction(Action<OperationAnalysisContext> action, ImmutableArray<OperationKind> operationKinds) => actions.Add(action);

        public override void RegisterOperationBlockAction(Action<OperationBlockAnalysisContext> action) => actions.Add(action);

        public override void RegisterOperationBlockStartAction(Action<OperationBlockStartAnalysisContext> action)
        {
            actions.Add(action);
            SyntaxTree tree = Compilation.SyntaxTrees.First();
            SemanticModel model = Compilation.GetSemanticModel(tree);
            SyntaxNode method = tree.GetRoot().DescendantNodes().Last(node => node is Microsoft.CodeAnalysis.CSharp.Syntax.MethodDeclarationSyntax { Identifier.Text: "M" });
            action(new Block([model.GetOperation(method)!], model.GetDeclaredSymbol(method)!, Compilation, Options, actions));
        }
    }

#pragma warning disable CS0618 // Only a compilation with analyzers is meant to make one, and that does not show what is registered.
    private sealed class Block(ImmutableArray<IOperation> blocks, ISymbol owner, Compilation compilation, AnalyzerOptions options, List<Delegate> actions)
        : OperationBlockStartAnalysisContext(blocks, owner, compilation, options, CancellationToken.None)
    {
        public override void RegisterOperationBlockEndAction(Action<OperationBlockAnalysisContext> action) => actions.Add(action);

        public override void RegisterOperationAction(Action<OperationAnalysisContext> action, ImmutableArray<OperationKind> operationKinds) => actions.Add(action);
    }
#pragma warning restore CS0618

    // A target that does not exist.
    private sealed class Options : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values();

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Values : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value)
            {
                value = key == "build_property.CudaArchTargets" ? "sm_999" : null;
                return value is not null;
            }
        }
    }
}
