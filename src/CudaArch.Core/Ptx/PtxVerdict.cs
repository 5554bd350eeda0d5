using CudaArch.Architectures;
using CudaArch.Features;

namespace CudaArch.Ptx;

/// <summary>Turns the contents of a text into a report for one device.</summary>
internal sealed class PtxVerdict
{
    private readonly string _text;
    private readonly PtxContents _contents;
    private readonly SmArchitecture _device;
    private readonly PtxAnalysisOptions _options;
    private readonly List<PtxFinding> _findings = [];
    private readonly PtxSupport _featureSupport;
    private int[]? _lineEnds;

    public PtxVerdict(string text, PtxContents contents, SmArchitecture device, PtxAnalysisOptions options)
    {
        _text = text;
        _contents = contents;
        _device = device.With(ArchitectureVariant.Baseline);
        _options = options;
        _featureSupport = FeatureSupportOfText();
    }

    /// <summary>The report on a module with a header.</summary>
    public PtxReport Judge()
    {
        PtxTargetDirective? line = _contents.Targets.Count == 0 ? null : _contents.Targets[_contents.Targets.Count - 1];
        bool isOpen = line is { IsOpen: true } || _contents.Version is { } version && HasHole(version.Span);
        PtxSupport support = _featureSupport;
        bool loads;
        if (!HeaderIsUsable(line) || IsThirtyTwoBit())
        {
            support = PtxSupport.Malformed;
            loads = false;
        }
        else
        {
            JudgeShared(ref support);
            SmArchitecture? target = line is { IsOpen: true } ? OpenTarget(line.Value) : line?.Architecture;
            if (line is { IsOpen: false, Architecture: null } unknown)
            {
                Report(PtxFindingKind.UnknownTarget, unknown.Span, unknown.Text, PtxWording.UnknownTarget(unknown.Text, Suggested(support)));
            }

            // Text that is valid for its own target is valid on every device the target goes to, also when newer targets no longer take it (measured).
            JudgeVersion(line, target);
            if (!IsValidForOwnTarget(target) || target is not { } own || !Compatibility.PtxLoads(own, _device))
            {
                JudgeFeatures(line, target, support);
            }

            loads = _findings.Count == 0;
            support = loads ? PtxSupport.Runs : support == PtxSupport.Runs ? PtxSupport.TargetLineOnly : support;
        }

        return Report(support, loads);
    }

    /// <summary>The report on instructions without a header.</summary>
    public PtxReport JudgeFragment()
    {
        foreach (PtxUse use in WorstUses())
        {
            FeatureSupport support = use.Feature.SupportOn(_device);
            if (support != FeatureSupport.Baseline)
            {
                ReportUse(support == FeatureSupport.Unsupported ? PtxFindingKind.FeatureMissing : PtxFindingKind.FeatureNeedsSuffix, use);
            }
        }

        return Report(_featureSupport, _featureSupport == PtxSupport.Runs);
    }

    private PtxSupport FeatureSupportOfText()
    {
        var worst = PtxSupport.Runs;
        foreach (PtxUse use in _contents.Uses)
        {
            PtxSupport support = use.Feature.SupportOn(_device) switch
            {
                FeatureSupport.Baseline => PtxSupport.Runs,
                FeatureSupport.NeedsFamilySuffix => PtxSupport.NeedsFamilySuffix,
                FeatureSupport.NeedsArchitectureSuffix => PtxSupport.NeedsArchitectureSuffix,
                _ => PtxSupport.LacksHardware,
            };
            worst = support > worst ? support : worst;
        }

        return worst;
    }

    private bool HeaderIsUsable(PtxTargetDirective? line)
    {
        if (_contents.HeaderComesFirst && _contents.Version is { } version && (version.Value is not null || HasHole(version.Span)) && line is not null)
        {
            return true;
        }

        PtxSpan place = _contents.Version?.Span ?? _contents.TargetLine ?? new PtxSpan(0, 0);
        Report(PtxFindingKind.MalformedHeader, place, Text(place), PtxWording.MalformedHeader);
        return false;
    }

    private bool IsThirtyTwoBit()
    {
        if (_contents.AddressSize is ("32", PtxSpan span))
        {
            Report(PtxFindingKind.ThirtyTwoBit, span, "32", PtxWording.ThirtyTwoBit);
            return true;
        }

        if (_contents.SmallAddress is { } use)
        {
            Report(PtxFindingKind.ThirtyTwoBit, use, Text(use), PtxWording.ThirtyTwoBit);
            return true;
        }

        return false;
    }

    private void JudgeShared(ref PtxSupport support)
    {
        int most = ArchitectureCatalog.Find(_device)?.SharedMemoryPerBlock ?? int.MaxValue;
        foreach (PtxSharedMemory shared in _contents.SharedMemory.Where(shared => shared.Bytes > ArchitectureInfo.StaticSharedMemoryPerBlock))
        {
            support = shared.Bytes > most ? PtxSupport.LacksHardware : support == PtxSupport.Runs ? PtxSupport.NeedsDynamicSharedMemory : support;
            Report(PtxFindingKind.SharedMemoryTooLarge, shared.Span, ".shared", PtxWording.SharedMemoryTooLarge(shared, most, _device), shared.Kernel);
        }
    }

    private void JudgeVersion(PtxTargetDirective? line, SmArchitecture? target)
    {
        if (_contents.Version is not { Value: { } version } directive)
        {
            return;
        }

        string token = Text(directive.Span);
        if (_options.DriverVersion is { } driver && version > driver)
        {
            Report(PtxFindingKind.VersionTooNewForDriver, directive.Span, token, PtxWording.VersionTooNewForDriver(version, driver));
        }

        // A target that is filled in at run time is the device's own.
        SmArchitecture judged = target ?? _device;
        if (line is { IsOpen: false, Architecture: null } || ArchitectureCatalog.Find(judged)?.FirstPtxVersionOf(judged.Variant) is not { } first)
        {
            return;
        }

        if (version < first)
        {
            Report(PtxFindingKind.VersionTooLowForTarget, directive.Span, token, PtxWording.VersionTooLowForTarget(version, judged, first));
            return;
        }

        foreach (PtxUse use in _contents.Uses)
        {
            if (use.Feature.Availability.FirstVersionOn(judged) is { } needed && version < needed)
            {
                Report(PtxFindingKind.VersionTooLowForFeature, directive.Span, token, PtxWording.VersionTooLowForFeature(version, use, needed), use.Kernel, use.Feature);
                return;
            }
        }
    }

    private bool IsValidForOwnTarget(SmArchitecture? target) =>
        target is { } own && _contents.Version is { Value: { } version } && _contents.Uses.All(use => use.Feature.Availability.Includes(own, version));

    private void JudgeFeatures(PtxTargetDirective? line, SmArchitecture? target, PtxSupport support)
    {
        bool reachesDevice = target is not { } written || Compatibility.PtxLoads(written, _device);
        if (support != PtxSupport.LacksHardware && !reachesDevice)
        {
            Report(PtxFindingKind.TargetNotAccepted, line!.Value.Span, line.Value.Text, PtxWording.TargetNotAccepted(line.Value.Text, _device, Suggested(support)));
            return;
        }

        foreach (PtxUse use in WorstUses())
        {
            FeatureSupport onDevice = use.Feature.SupportOn(_device);
            if (onDevice == FeatureSupport.Unsupported)
            {
                ReportUse(PtxFindingKind.FeatureMissing, use);
            }
            else if (support != PtxSupport.LacksHardware && target is { } known && !use.Feature.IsAvailableOn(known))
            {
                ReportUse(onDevice == FeatureSupport.Baseline ? PtxFindingKind.FeatureNeedsNewerTarget : PtxFindingKind.FeatureNeedsSuffix, use);
            }
        }
    }

    // One report an instruction: that of the feature which is hardest to get.
    private IEnumerable<PtxUse> WorstUses()
    {
        for (int i = 0; i < _contents.Uses.Count;)
        {
            PtxUse worst = _contents.Uses[i];
            int next = i + 1;
            while (next < _contents.Uses.Count && _contents.Uses[next].Span == worst.Span)
            {
                PtxUse other = _contents.Uses[next++];
                worst = other.Feature.SupportOn(_device) > worst.Feature.SupportOn(_device) ? other : worst;
            }

            yield return worst;
            i = next;
        }
    }

    // "sm_" with a hole: the device's own number, with the suffix that stands behind the hole. A hole alone may hold the suffix as well.
    private SmArchitecture? OpenTarget(PtxTargetDirective line)
    {
        int behind = line.Text.LastIndexOf(PtxLexer.Hole) + 1;
        string suffix = line.Text.Substring(behind);
        return suffix switch
        {
            "a" => _device.With(ArchitectureVariant.ArchitectureSpecific),
            "f" => _device.With(ArchitectureVariant.FamilySpecific),
            "" when _options.HolesAreNumbers && line.Text[0] != PtxLexer.Hole => _device,
            _ => null,
        };
    }

    private SmArchitecture? Suggested(PtxSupport support) => support switch
    {
        PtxSupport.Runs or PtxSupport.TargetLineOnly => _device,
        PtxSupport.NeedsFamilySuffix => _device.With(ArchitectureVariant.FamilySpecific),
        PtxSupport.NeedsArchitectureSuffix => _device.With(ArchitectureVariant.ArchitectureSpecific),
        _ => null,
    };

    private PtxReport Report(PtxSupport support, bool loads)
    {
        SmArchitecture? suggested = support == PtxSupport.Malformed ? null : Suggested(_featureSupport);
        PtxVersion? required = suggested is { } target ? ArchitectureCatalog.Find(target)?.FirstPtxVersionOf(target.Variant) : null;
        foreach (PtxUse use in _contents.Uses)
        {
            if (suggested is { } at && use.Feature.Availability.FirstVersionOn(at) is { } needed && (required is not { } known || needed > known))
            {
                required = needed;
            }
        }

        return new PtxReport
        {
            Device = _device,
            Version = _contents.Version,
            Targets = _contents.Targets,
            Entries = _contents.Entries,
            Findings = [.. _findings.OrderBy(finding => finding.Span.Start)],
            Support = support,
            LoadsAsWritten = loads,
            SuggestedTarget = suggested,
            RequiredVersion = required,
        };
    }

    private void ReportUse(PtxFindingKind kind, PtxUse use) =>
        Report(kind, use.Span, use.Token, PtxWording.Feature(kind, use, _device), use.Kernel, use.Feature);

    private void Report(PtxFindingKind kind, PtxSpan span, string token, string detail, string? kernel = null, CudaFeature? feature = null) =>
        _findings.Add(new PtxFinding { Kind = kind, Span = span, Token = token, Detail = detail, Kernel = kernel, Feature = feature, Line = LineOf(span.Start) });

    private int LineOf(int position)
    {
        _lineEnds ??= [.. Enumerable.Range(0, _text.Length).Where(i => _text[i] == '\n')];
        int index = Array.BinarySearch(_lineEnds, position);
        return 1 + (index < 0 ? ~index : index);
    }

    private string Text(PtxSpan span) => _text.Substring(span.Start, span.Length);

    private bool HasHole(PtxSpan span) => _text.IndexOf(PtxLexer.Hole, span.Start, span.Length) >= 0;
}
