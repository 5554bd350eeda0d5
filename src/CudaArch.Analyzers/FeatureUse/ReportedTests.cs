using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace CudaArch.Analyzers.FeatureUse;

/// <summary>The tests of a compilation that have been reported, so that each is reported once.</summary>
internal sealed class ReportedTests
{
    private readonly ConcurrentDictionary<(SyntaxTree Tree, TextSpan Span), bool> _places = new();

    /// <summary>Notes a test; false when it was reported before.</summary>
    public bool Add(SyntaxNode test) => _places.TryAdd((test.SyntaxTree, test.Span), true);
}
