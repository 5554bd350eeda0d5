using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CudaArch.Analyzers;

/// <summary>The frame of an analyzer: generated code counts, and nothing is registered for a compilation without CUDA.</summary>
public abstract class CudaAnalyzer : DiagnosticAnalyzer
{
    private ImmutableArray<DiagnosticDescriptor> _supported;

    /// <inheritdoc/>
    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => _supported.IsDefault ? _supported = Rules.Add(Descriptors.NotJudged) : _supported;

    /// <summary>The rules that the analyzer reports.</summary>
    private protected abstract ImmutableArray<DiagnosticDescriptor> Rules { get; }

    /// <inheritdoc/>
    public sealed override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterCompilationStartAction(Shield.Start(Begin));
    }

    private void Begin(CompilationStartAnalysisContext start)
    {
        if (CudaCompilation.Of(start.Compilation, start.Options, start.CancellationToken) is { } cuda)
        {
            Register(start, cuda);
        }
    }

    /// <summary>Registers the actions for a compilation that uses CUDA.</summary>
    private protected abstract void Register(CompilationStartAnalysisContext context, CudaCompilation cuda);
}
