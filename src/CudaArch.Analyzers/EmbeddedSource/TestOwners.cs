using System.Collections.Concurrent;
using CudaArch.Analyzers.OptionStrings;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace CudaArch.Analyzers.EmbeddedSource;

/// <summary>
/// Which of the rules about text reports a test of the device behind which several of them find something: a wrong test is one fault, and its words must not depend on who came first.
/// PTX goes before CUDA C++, that before options, and these before values. A file is looked through for it only once such a test was found in it.
/// </summary>
internal sealed class TestOwners(CudaCompilation cuda)
{
    private readonly ConcurrentDictionary<SyntaxTree, Dictionary<TextSpan, string>> _files = new();

    /// <summary>The pass that reports a test; null when no rule about text finds it.</summary>
    public string? Of(SyntaxNode test, CancellationToken cancellation)
    {
        if (!_files.TryGetValue(test.SyntaxTree, out Dictionary<TextSpan, string>? owners))
        {
            _files[test.SyntaxTree] = owners = Find(cuda.Graphs.ModelOf(test.SyntaxTree), cancellation);
        }

        return owners.TryGetValue(test.Span, out string? owner) ? owner : null;
    }

    private Dictionary<TextSpan, string> Find(SemanticModel model, CancellationToken cancellation)
    {
        var owners = new Dictionary<TextSpan, string>();
        FilePass[] passes =
        [
            new PtxPass(model, cuda, cancellation), new CudaCppLiteralPass(model, cuda, cancellation), new OptionPass(model, cuda, cancellation), new JitTargetPass(model, cuda, cancellation),
        ];
        foreach (FilePass pass in passes)
        {
            foreach (TextSpan test in pass.FindTests().Where(test => !owners.ContainsKey(test)))
            {
                owners.Add(test, pass.GetType().Name);
            }
        }

        return owners;
    }
}
