using CudaArch.Architectures;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace CudaArch.Analyzers.EmbeddedSource;

/// <summary>Something wrong in the CUDA C++ of a literal, ready to be reported.</summary>
internal sealed class CudaCppFault(TextSpan place, string detail)
{
    private readonly List<SmArchitecture> _targets = [];

    /// <summary>Adds a target on which it is wrong.</summary>
    public void Add(SmArchitecture target)
    {
        if (!_targets.Contains(target))
        {
            _targets.Add(target);
        }
    }

    /// <summary>The report.</summary>
    public Diagnostic ToDiagnostic(SyntaxTree tree)
    {
        string also = _targets.Count > 1 ? $" (for {TargetNames.Sentence(_targets)})" : "";
        return Diagnostic.Create(Descriptors.EmbeddedDeviceSource, Location.Create(tree, place), detail + also);
    }
}
