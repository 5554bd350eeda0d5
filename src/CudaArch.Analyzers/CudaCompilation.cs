using System.Collections.Immutable;
using CudaArch.Analyzers.Configuration;
using CudaArch.Analyzers.Presence;
using CudaArch.Architectures;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CudaArch.Analyzers;

/// <summary>What every rule needs of a compilation, found once when its analysis starts.</summary>
internal sealed class CudaCompilation
{
    private CudaCompilation(Compilation compilation, CudaArchOptions options)
    {
        Compilation = compilation;
        Options = options;
    }

    /// <summary>The compilation under analysis.</summary>
    public Compilation Compilation { get; }

    /// <summary>What the user configured.</summary>
    public CudaArchOptions Options { get; }

    /// <summary>The targets of the code in a file; never empty.</summary>
    public ImmutableArray<SmArchitecture> TargetsFor(SyntaxTree tree) => Options.TargetsFor(tree);

    /// <summary>Null when the compilation has nothing to do with CUDA, so that there is nothing to analyse.</summary>
    public static CudaCompilation? Create(Compilation compilation, AnalyzerOptions options, CancellationToken cancellation) =>
        CudaPresence.IsIn(compilation, cancellation) ? new(compilation, CudaArchOptions.Read(options.AnalyzerConfigOptionsProvider)) : null;
}
