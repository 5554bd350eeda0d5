using System.Collections.Immutable;
using CudaArch.Architectures;
using CudaArch.Ptx;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace CudaArch.Analyzers.EmbeddedSource;

/// <summary>Something wrong in the PTX of a literal, ready to be reported.</summary>
internal sealed class PtxFault(TextSpan place, PtxFinding finding, PtxModuleText module)
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
        return Mend.Attach(
            module.Mends,
            Descriptors.EmbeddedDeviceSource,
            Location.Create(tree, place),
            ImmutableDictionary<string, string?>.Empty.Add(OptionStrings.OptionFault.TargetsProperty, string.Join(";", _targets.Select(target => target.RealName))),
            finding.Detail.TrimEnd('.') + also);
    }
}
