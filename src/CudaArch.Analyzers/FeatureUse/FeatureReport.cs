using System.Collections.Immutable;
using System.Globalization;
using CudaArch.Architectures;
using CudaArch.Features;
using CudaArch.Libraries;
using Microsoft.CodeAnalysis;

namespace CudaArch.Analyzers.FeatureUse;

/// <summary>The words of a report, and which rule it belongs to.</summary>
internal static class FeatureReport
{
    /// <summary>The property of a diagnostic that holds what is needed (<see cref="Requirement.Text"/>), for the code fixes.</summary>
    public const string NeedsProperty = "Needs";

    /// <summary>The property of a diagnostic that holds the least shared memory that all its targets offer, in bytes.</summary>
    public const string LimitProperty = "Limit";

    /// <summary>The property of a diagnostic that lists the targets at fault (<c>90;121</c>).</summary>
    public const string TargetsProperty = TestReport.TargetsProperty;

    /// <summary>The property of a diagnostic that holds the text that a test should be.</summary>
    public const string ReplacementProperty = "Replacement";

    /// <summary>The diagnostic for a fault.</summary>
    public static Diagnostic Create(FeatureFault fault, LibraryAge libraries)
    {
        SymbolUse use = fault.Use;
        if (fault.Kind == FaultKind.Build)
        {
            string owners = $"{TargetNames.Sentence(fault.Targets)} {(fault.Targets.Count == 1 ? "has" : "have")} in code for {Suffixed(fault.Targets)} only";
            return Of(Descriptors.NarrowFormat, fault, $"needs {use.Needs.Title}, which {owners}: make sure that its library is built for that", DiagnosticSeverity.Info);
        }

        if (fault.Kind == FaultKind.Age)
        {
            return Of(Descriptors.NarrowFormat, fault, TooOld(fault, libraries));
        }

        if (fault.Kind != FaultKind.Use)
        {
            return Test(fault);
        }

        return use.Needs switch
        {
            { IsAnnotation: true } => Of(Descriptors.AnnotatedMember, fault, Lacking(fault)),
            { Feature: { } feature } when feature.Id.StartsWith("shared_memory.", StringComparison.Ordinal) && fault.Value is { } size => SharedMemory(fault, size),
            _ when NarrowFormats.Concern(use) => Of(Descriptors.NarrowFormat, fault, NarrowFormat(fault)),
            _ => Of(Descriptors.FeatureNotOnTarget, fault, Lacking(fault)),
        };
    }

    private static Diagnostic Of(DiagnosticDescriptor rule, FeatureFault fault, string what, DiagnosticSeverity? severity = null) => Diagnostic.Create(
        rule,
        fault.Place.GetLocation(),
        severity ?? rule.DefaultSeverity,
        additionalLocations: null,
        ImmutableDictionary<string, string?>.Empty.Add(NeedsProperty, fault.Use.Needs.Text).Add(TargetsProperty, TestReport.Numbers(fault.Targets)),
        fault.Use.Name,
        what);

    private static Diagnostic Test(FeatureFault fault)
    {
        SymbolUse use = fault.Use;
        if (fault.Kind == FaultKind.LetsThrough)
        {
            return TestReport.LetsThrough(fault.Place, fault.Targets, $"'{use.Name}', which {Lacking(fault)}", use.Needs.IsMetBy, use.Place.GetLocation());
        }

        string owners = use.Needs.Feature is { } feature ? Owners(feature).Replace("it exists", "exists") : "";
        return TestReport.ShutsOut(fault.Place, fault.Targets, $"'{use.Name}', which works there: {use.Needs.Title} {owners}", use.Place.GetLocation());
    }

    private static Diagnostic SharedMemory(FeatureFault fault, long size)
    {
        (SmArchitecture Target, int Limit)[] limits = [.. fault.Targets.Select(target => (target, ArchitectureCatalog.Find(target)!.SharedMemoryPerBlock))];
        return Diagnostic.Create(
            Descriptors.SharedMemoryOptIn,
            fault.Place.GetLocation(),
            ImmutableDictionary<string, string?>.Empty
                .Add(NeedsProperty, fault.Use.Needs.Text)
                .Add(LimitProperty, limits.Min(entry => entry.Limit).ToString(CultureInfo.InvariantCulture)),
            fault.Use.Name,
            size,
            string.Join(", ", limits.Select(entry => $"{entry.Target.RealName} has at most {entry.Limit}")));
    }

    // needs X, which sm_121 lacks; it exists on Y; use Z
    private static string Lacking(FeatureFault fault)
    {
        string verb = fault.Targets.Count == 1 ? "lacks" : "lack";
        return fault.Use.Needs is { Feature: { } feature }
            ? $"needs {feature.Title}, which {TargetNames.Sentence(fault.Targets)} {verb}; {Owners(feature)}{Remedy(feature)}"
            : $"needs {fault.Use.Needs.Title}; that of {TargetNames.Sentence(fault.Targets)} does not";
    }

    // The highest version that any of the targets needs.
    private static string TooOld(FeatureFault fault, LibraryAge libraries)
    {
        (string Library, FormatLibrary Wanted)? oldest = null;
        foreach (SmArchitecture target in fault.Targets)
        {
            if (libraries.TooOld(fault.Use, target) is { } found && (oldest is null || oldest.Value.Wanted.FirstVersion.IsBelow(found.Wanted.FirstVersion)))
            {
                oldest = found;
            }
        }

        (string library, FormatLibrary wanted) = oldest!.Value;
        return $"needs {fault.Use.Needs.Title}, for which {library} is too old on {TargetNames.Sentence(fault.Targets)}; link {wanted.Product} {wanted.FirstVersion} or later";
    }

    private static string NarrowFormat(FeatureFault fault)
    {
        // A kernel of another route to a format that the target has.
        CudaFeature feature = fault.Use.Needs.Feature!;
        return fault.Use.Constant is null && fault.Use.Conditions.IsEmpty && fault.Targets.All(NarrowFormats.IsWarpLevelOn)
            ? $"needs {feature.Title}, which {TargetNames.Sentence(fault.Targets)} {(fault.Targets.Count == 1 ? "lacks" : "lack")}; FP4 and FP6 exist there by warp-level mma.sync, "
                + $"in code for {Suffixed(fault.Targets)}: use the kernel that its library builds for that"
            : Lacking(fault);
    }

    // sm_121a or sm_121f
    private static string Suffixed(IReadOnlyList<SmArchitecture> targets) => string.Join(
        ", ", targets.Select(target => $"{target.With(ArchitectureVariant.ArchitectureSpecific).RealName} or {target.With(ArchitectureVariant.FamilySpecific).RealName}"));

    private static string Owners(CudaFeature feature) =>
        feature.Architectures == "no architecture" ? "no architecture has it" : "it exists on " + feature.Architectures;

    private static string Remedy(CudaFeature feature) => feature.Remedy.Length == 0 ? "" : "; " + feature.Remedy;
}
