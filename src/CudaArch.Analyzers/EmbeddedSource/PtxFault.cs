using System.Collections.Immutable;
using CudaArch.Architectures;
using CudaArch.Ptx;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace CudaArch.Analyzers.EmbeddedSource;

/// <summary>Something wrong in the PTX of a literal, ready to be reported.</summary>
internal sealed class PtxFault(TextSpan place, PtxFinding finding, PtxReport report, ComposedText text, int start)
{
    /// <summary>The property of a diagnostic that holds the version which its first additional location must say.</summary>
    public const string VersionProperty = "CudaArch.PtxVersion";

    /// <summary>The property of a diagnostic that holds the target which its last additional location must say.</summary>
    public const string TargetProperty = "CudaArch.PtxTarget";

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
        ImmutableDictionary<string, string?> properties = ImmutableDictionary<string, string?>.Empty;
        var places = new List<Location>();
        if (_targets.Count == 1 && report.SuggestedTarget is { } suggested && report.RequiredVersion is { } required && CanBeMended)
        {
            if (report.Version is { Value: { } version } directive && version < required && PlaceOf(directive.Span) is { } versionPlace)
            {
                properties = properties.Add(VersionProperty, required.ToString());
                places.Add(Location.Create(tree, versionPlace));
            }

            if (NeedsTarget && report.Targets.Count == 1 && !report.Targets[0].IsOpen && PlaceOf(report.Targets[0].Span) is { } targetPlace)
            {
                bool isVirtual = report.Targets[0].Text.StartsWith("compute_", StringComparison.Ordinal);
                properties = properties.Add(TargetProperty, isVirtual ? suggested.VirtualName : suggested.RealName);
                places.Add(Location.Create(tree, targetPlace));
            }
        }

        string also = _targets.Count > 1 ? $" (for {TargetNames.Sentence(_targets)})" : "";
        return Diagnostic.Create(Descriptors.EmbeddedDeviceSource, Location.Create(tree, place), places, properties, finding.Detail.TrimEnd('.') + also);
    }

    // A version or target line that says something else mends the text.
    private bool CanBeMended => report.Support is PtxSupport.TargetLineOnly or PtxSupport.NeedsFamilySuffix or PtxSupport.NeedsArchitectureSuffix;

    private bool NeedsTarget => report.Findings.Any(other => other.Kind is PtxFindingKind.TargetNotAccepted or PtxFindingKind.FeatureNeedsSuffix or PtxFindingKind.FeatureNeedsNewerTarget);

    private TextSpan? PlaceOf(PtxSpan span) => text.IsPlain(start + span.Start, span.Length) ? text.SourceOf(start + span.Start, span.Length) : null;
}
