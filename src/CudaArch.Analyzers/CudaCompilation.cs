using System.Collections.Immutable;
using CudaArch.Analyzers.Catalog;
using CudaArch.Analyzers.Configuration;
using CudaArch.Analyzers.Flow;
using CudaArch.Analyzers.Presence;
using CudaArch.Architectures;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CudaArch.Analyzers;

/// <summary>What every rule needs of a compilation, found once when its analysis starts.</summary>
internal sealed class CudaCompilation
{
    private readonly Lazy<SymbolCatalog> _symbols;

    private CudaCompilation(Compilation compilation, CudaArchOptions options, AnalyzerOptions analyzerOptions, CancellationToken cancellation)
    {
        Compilation = compilation;
        Options = options;
        _symbols = new Lazy<SymbolCatalog>(() => SymbolCatalog.Read(analyzerOptions, cancellation));
        Graphs = new BodyGraphs(compilation);
    }

    /// <summary>The compilation under analysis.</summary>
    public Compilation Compilation { get; }

    /// <summary>What the user configured.</summary>
    public CudaArchOptions Options { get; }

    /// <summary>What needs which feature.</summary>
    public SymbolCatalog Symbols => _symbols.Value;

    /// <summary>The bodies, for what runs on a target.</summary>
    public BodyGraphs Graphs { get; }

    /// <summary>The targets of the code in a file; never empty.</summary>
    public ImmutableArray<SmArchitecture> TargetsFor(SyntaxTree tree) => Options.TargetsFor(tree);

    /// <summary>Null when the compilation has nothing to do with CUDA, so that there is nothing to analyse. A catalog of the user's own says that it has.</summary>
    public static CudaCompilation? Create(Compilation compilation, AnalyzerOptions options, CancellationToken cancellation) =>
        options.AdditionalFiles.Any(SymbolFile.IsCatalog) || CudaPresence.IsIn(compilation, cancellation)
            ? new(compilation, CudaArchOptions.Read(options.AnalyzerConfigOptionsProvider), options, cancellation)
            : null;
}
