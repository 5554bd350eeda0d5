using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CudaArch.Analyzers.Tests.Robustness;

/// <summary>What is kept of a compilation belongs to the options under which it was found out.</summary>
public sealed class RepeatedRunTests
{
    private readonly CSharpCompilation _compilation = AnalyzerRun.Compile(AnalyzerRun.Framework, """
        using System.Runtime.InteropServices;
        class C
        {
            [DllImport("cuda")] static extern void plain_name();
        }
        """);

    [Fact]
    public void Analyzers_of_one_run_share_it()
    {
        var options = new AnalyzerOptions([new MemoryText("CudaArch.Symbols.txt", "T:C;tcgen05")]);

        Assert.Same(CudaCompilation.Of(_compilation, options, default), CudaCompilation.Of(_compilation, options, default));
    }

    [Fact]
    public void Another_run_is_judged_by_its_own_options()
    {
        CudaCompilation with = CudaCompilation.Of(_compilation, new AnalyzerOptions([new MemoryText("CudaArch.Symbols.txt", "T:C;tcgen05")]), default)!;
        CudaCompilation without = CudaCompilation.Of(_compilation, new AnalyzerOptions([]), default)!;

        INamedTypeSymbol type = _compilation.GetTypeByMetadataName("C")!;
        Assert.NotNull(with.Symbols.OfDocumentationId(type));
        Assert.Null(without.Symbols.OfDocumentationId(type));
    }
}
