using System.Collections.Immutable;
using CudaArch.Architectures;
using CudaArch.Ptx;
using Microsoft.CodeAnalysis.Text;

namespace CudaArch.Analyzers.EmbeddedSource;

/// <summary>A PTX module within a text, with what is said of it for each target.</summary>
internal sealed class PtxModuleText
{
    private readonly ComposedText _text;
    private readonly int _start;
    private readonly string _module;
    private readonly PtxAnalysisOptions? _options;
    private readonly ImmutableArray<SmArchitecture> _allTargets;
    private readonly IReadOnlyList<PtxReport> _reports;
    private IReadOnlyList<Mend>? _mends;

    /// <summary>Judges a module.</summary>
    /// <param name="text">The text around it.</param>
    /// <param name="start">Where it begins in the text.</param>
    /// <param name="module">The module, place for place as in the text.</param>
    /// <param name="targets">The targets on which it comes about.</param>
    /// <param name="allTargets">All targets: a remedy harms none of them.</param>
    /// <param name="options">What else is known.</param>
    public PtxModuleText(ComposedText text, int start, string module, ImmutableArray<SmArchitecture> targets, ImmutableArray<SmArchitecture> allTargets, PtxAnalysisOptions? options)
    {
        _allTargets = allTargets;
        _text = text;
        _start = start;
        _module = module;
        _options = options;
        _reports = [.. targets.Select(target => PtxAnalyzer.Analyze(module, target, options))];
    }

    /// <summary>Instructions without a header, which are judged by the device alone.</summary>
    public PtxModuleText(ComposedText text, ImmutableArray<SmArchitecture> targets)
    {
        _text = text;
        _module = text.Text;
        _reports = [.. targets.Select(target => PtxAnalyzer.AnalyzeFragment(text.Text, target))];
        _mends = [];
    }

    /// <summary>What is said for each target, in their order.</summary>
    public IReadOnlyList<PtxReport> Reports => _reports;

    /// <summary>Where a part of the module stands in the file.</summary>
    public TextSpan SourceOf(PtxSpan span) => _text.SourceOf(_start + span.Start, span.Length);

    /// <summary>The header lines that make the module run on a target on which it does not, and on all on which it does already.</summary>
    public IReadOnlyList<Mend> Mends => _mends ??= [.. _reports.Where(report => report.Findings.Count > 0).Select(MendFor).OfType<Mend>()];

    private Mend? MendFor(PtxReport report)
    {
        bool canBeMended = report.Support is PtxSupport.TargetLineOnly or PtxSupport.NeedsFamilySuffix or PtxSupport.NeedsArchitectureSuffix;
        if (!canBeMended || report.SuggestedTarget is not { } suggested || report.RequiredVersion is not { } required)
        {
            return null;
        }

        var edits = new List<(PtxSpan Span, string Text)>();
        var actions = new List<string>();
        if (report.Version is { Value: { } version } directive && version < required)
        {
            edits.Add((directive.Span, required.ToString()));
            actions.Add($".version {required}");
        }

        bool otherTarget = report.Findings.Any(finding => finding.Kind is
            PtxFindingKind.TargetNotAccepted or PtxFindingKind.FeatureNeedsSuffix or PtxFindingKind.FeatureNeedsNewerTarget);
        if (otherTarget)
        {
            if (report.Targets is not [{ IsOpen: false } line])
            {
                return null;
            }

            string name = line.Text.StartsWith("compute_", StringComparison.Ordinal) ? suggested.VirtualName : suggested.RealName;
            edits.Add((line.Span, name));
            actions.Add($".target {name}");
        }

        if (edits.Count == 0 || edits.Exists(edit => !_text.IsInOneLiteral(_start + edit.Span.Start, edit.Span.Length)) || !Helps(edits, report.Device))
        {
            return null;
        }

        return new Mend(
            "CUDA1004 " + (otherTarget ? report.Device.RealName : ".version"),
            "Write " + string.Join(" and ", actions),
            edits.Select(edit => new MendEdit(SourceOf(edit.Span), edit.Text, IsCode: false)).ToImmutableArray());
    }

    private bool Helps(List<(PtxSpan Span, string Text)> edits, SmArchitecture device)
    {
        string changed = _module;
        foreach ((PtxSpan span, string text) in edits.OrderByDescending(edit => edit.Span.Start))
        {
            changed = changed.Substring(0, span.Start) + text + changed.Substring(span.Start + span.Length);
        }

        bool IsFine(string module, SmArchitecture target) => PtxAnalyzer.Analyze(module, target, _options).Findings.Count == 0;
        return IsFine(changed, device) && _allTargets.All(other => !IsFine(_module, other) || IsFine(changed, other));
    }
}
