using CudaArch.Rules;
using Microsoft.CodeAnalysis;
using static CudaArch.Analyzers.Resources.Strings;

namespace CudaArch.Analyzers;

/// <summary>
/// Every rule that the analyzers report. Titles stand in <see cref="RuleCatalog"/>, messages in <c>Resources/Strings.resx</c>. A rule is added here, in
/// <c>AnalyzerReleases.Unshipped.md</c>, as a page under <c>docs/rules</c>, and with tests; <c>RuleConsistencyTests</c> fails when a part is missing.
/// </summary>
internal static class Descriptors
{
    private const string Category = "CudaArch";

    /// <summary>{0}: the symbol, {1}: what it needs, which targets lack it, who has it, and what to use instead.</summary>
    public static readonly DiagnosticDescriptor FeatureNotOnTarget = new(
        RuleIds.FeatureNotOnTarget,
        Title(RuleIds.FeatureNotOnTarget),
        Text("CUDA1001_Message"),
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        Text("CUDA1001_Description"),
        RuleIds.HelpLink(RuleIds.FeatureNotOnTarget));

    /// <summary>{0}: the symbol, {1}: what it needs, which targets lack it, who has it, and what to use instead.</summary>
    public static readonly DiagnosticDescriptor NarrowFormat = new(
        RuleIds.NarrowFormat,
        Title(RuleIds.NarrowFormat),
        Text("CUDA1002_Message"),
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        Text("CUDA1002_Description"),
        RuleIds.HelpLink(RuleIds.NarrowFormat));

    /// <summary>{0}: the name as written, {1}: what the compiler makes for it, {2}: the targets, {3}: what to write instead.</summary>
    public static readonly DiagnosticDescriptor ArchitectureOption = new(
        RuleIds.ArchitectureOption,
        Title(RuleIds.ArchitectureOption),
        Text("CUDA1003_Message"),
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        Text("CUDA1003_Description"),
        RuleIds.HelpLink(RuleIds.ArchitectureOption));

    /// <summary>{0}: what is wrong and what to do.</summary>
    public static readonly DiagnosticDescriptor EmbeddedDeviceSource = new(
        RuleIds.EmbeddedDeviceSource,
        Title(RuleIds.EmbeddedDeviceSource),
        Text("CUDA1004_Message"),
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        Text("CUDA1004_Description"),
        RuleIds.HelpLink(RuleIds.EmbeddedDeviceSource));

    /// <summary>{0}: what is wrong and what to do.</summary>
    public static readonly DiagnosticDescriptor CapabilityTest = new(
        RuleIds.CapabilityTest,
        Title(RuleIds.CapabilityTest),
        Text("CUDA1005_Message"),
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        Text("CUDA1005_Description"),
        RuleIds.HelpLink(RuleIds.CapabilityTest));

    /// <summary>{0}: the function, {1}: the bytes asked for, {2}: what the targets have.</summary>
    public static readonly DiagnosticDescriptor SharedMemoryOptIn = new(
        RuleIds.SharedMemoryOptIn,
        Title(RuleIds.SharedMemoryOptIn),
        Text("CUDA1006_Message"),
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        Text("CUDA1006_Description"),
        RuleIds.HelpLink(RuleIds.SharedMemoryOptIn));

    /// <summary>{0}: the symbol, {1}: what it needs, which targets lack it, who has it, and what to use instead.</summary>
    public static readonly DiagnosticDescriptor AnnotatedMember = new(
        RuleIds.AnnotatedMember,
        Title(RuleIds.AnnotatedMember),
        Text("CUDA1007_Message"),
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        Text("CUDA1007_Description"),
        RuleIds.HelpLink(RuleIds.AnnotatedMember));

    /// <summary>{0}: the library as imported, {1}: its file, {2}: the targets, {3}: what does not run, {4}: the rule of the build that says more.</summary>
    public static readonly DiagnosticDescriptor UncoveredImport = new(
        RuleIds.UncoveredImport,
        Title(RuleIds.UncoveredImport),
        Text("CUDA1008_Message"),
        Category,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        Text("CUDA1008_Description"),
        RuleIds.HelpLink(RuleIds.UncoveredImport));

    /// <summary>{0}: what is wrong, {1}: what to write instead.</summary>
    public static readonly DiagnosticDescriptor MalformedConfiguration = new(
        RuleIds.MalformedConfiguration,
        Title(RuleIds.MalformedConfiguration),
        Text("CUDA1009_Message"),
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        Text("CUDA1009_Description"),
        RuleIds.HelpLink(RuleIds.MalformedConfiguration),
        WellKnownDiagnosticTags.CompilationEnd);

    /// <summary>The same at a place in code, where it is said at once. {0}: what is wrong, {1}: what to write instead.</summary>
    public static readonly DiagnosticDescriptor MalformedAnnotation = new(
        RuleIds.MalformedConfiguration,
        Title(RuleIds.MalformedConfiguration),
        Text("CUDA1009_Message"),
        Category,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        Text("CUDA1009_Description"),
        RuleIds.HelpLink(RuleIds.MalformedConfiguration));

    /// <summary>{0}: the fault.</summary>
    public static readonly DiagnosticDescriptor NotJudged = new(
        RuleIds.NotJudged,
        Title(RuleIds.NotJudged),
        Text("CUDA1010_Message"),
        Category,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        Text("CUDA1010_Description"),
        RuleIds.HelpLink(RuleIds.NotJudged));

    private static string Title(string id) => RuleCatalog.Get(id).Title;
}
