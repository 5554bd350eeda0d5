using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using CudaArch.Analyzers.Catalog;
using CudaArch.Analyzers.Configuration;
using CudaArch.Analyzers.Coverage;
using CudaArch.Analyzers.EmbeddedSource;
using CudaArch.Analyzers.FeatureUse;
using CudaArch.Analyzers.Flow;
using CudaArch.Analyzers.Presence;
using CudaArch.Architectures;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CudaArch.Analyzers;

/// <summary>What every rule needs of a compilation, found once when its analysis starts.</summary>
internal sealed class CudaCompilation
{
    // All analyzers of one run share what is found out; another run may have other options.
    private static readonly ConditionalWeakTable<Compilation, CudaCompilation> Known = new();

    private readonly AnalyzerOptions _analyzerOptions;
    private readonly Lazy<SymbolCatalog> _symbols;
    private readonly Lazy<LibraryAge> _libraries;

    private CudaCompilation(Compilation compilation, AnalyzerOptions analyzerOptions)
    {
        Compilation = compilation;
        Options = CudaArchOptions.Read(analyzerOptions.AnalyzerConfigOptionsProvider);
        Graphs = new BodyGraphs(compilation);
        Sources = new SourceIndex(compilation, Graphs);
        TestOwners = new TestOwners(this);
        _analyzerOptions = analyzerOptions;

        // No token: the first analyzer may be cancelled while others go on.
        _symbols = new Lazy<SymbolCatalog>(() => SymbolCatalog.Read(analyzerOptions, CancellationToken.None));
        _libraries = new Lazy<LibraryAge>(() => new LibraryAge(Options, ShippedLibraries.Read(analyzerOptions.AdditionalFiles, CancellationToken.None)));
    }

    /// <summary>The compilation under analysis.</summary>
    public Compilation Compilation { get; }

    /// <summary>What the user configured.</summary>
    public CudaArchOptions Options { get; }

    /// <summary>What needs which feature.</summary>
    public SymbolCatalog Symbols => _symbols.Value;

    /// <summary>Which libraries are too old for what is asked of them.</summary>
    public LibraryAge Libraries => _libraries.Value;

    /// <summary>The bodies, for what runs on a target.</summary>
    public BodyGraphs Graphs { get; }

    /// <summary>Where its variables and members are used.</summary>
    public SourceIndex Sources { get; }

    /// <summary>Who reports a test that several rules find at fault.</summary>
    public TestOwners TestOwners { get; }

    /// <summary>The targets of the code in a file; never empty.</summary>
    public ImmutableArray<SmArchitecture> TargetsFor(SyntaxTree tree) => Options.TargetsFor(tree);

    /// <summary>Null when the compilation has nothing to do with CUDA, so that there is nothing to analyse. A catalog of the user's own says that it has.</summary>
    public static CudaCompilation? Of(Compilation compilation, AnalyzerOptions options, CancellationToken cancellation)
    {
        if (!options.AdditionalFiles.Any(SymbolFile.IsCatalog) && !CudaPresence.IsIn(compilation, cancellation))
        {
            return null;
        }

        CudaCompilation known = Known.GetValue(compilation, key => new CudaCompilation(key, options));
        return ReferenceEquals(known._analyzerOptions, options) ? known : new CudaCompilation(compilation, options);
    }
}
