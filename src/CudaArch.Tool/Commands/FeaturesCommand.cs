using System.CommandLine;
using System.CommandLine.Completions;
using CudaArch.Architectures;
using CudaArch.Features;
using CudaArch.Tool.Output;

namespace CudaArch.Tool.Commands;

/// <summary><c>cudaarch features</c>: the hardware features that are known, and whether targets have them.</summary>
internal static class FeaturesCommand
{
    /// <summary>What a user writes.</summary>
    public const string Name = "features";

    /// <summary>What the help says of it.</summary>
    public const string Description = "List the hardware features that code can need, and the architectures that have them.";

    /// <summary>The subcommand with all that it takes.</summary>
    /// <param name="console">The streams to use.</param>
    public static Command Create(ToolConsole console)
    {
        var names = new Argument<string[]>("feature") { Description = "The features to tell of, such as tcgen05. Default: all.", Arity = ArgumentArity.ZeroOrMore, HelpName = "feature" };
        names.CompletionSources.Add(_ => FeatureCatalog.All.Select(feature => new CompletionItem(feature.Id)));
        Option<string[]> targets = CommonOptions.Targets();
        targets.Description = "Say for each feature whether this architecture has it, such as sm_121; may be given several times.";
        var command = new Command(Name, Description) { names, targets };
        command.SetAction(parsed => Run(console, Find(parsed.GetValue(names) ?? []), parsed.GetResult(targets) is null ? [] : CommonOptions.ReadTargets(parsed, targets)));
        return command;
    }

    private static IReadOnlyList<CudaFeature> Find(string[] names) => names.Length == 0 ? FeatureCatalog.All
        : [.. names.Select(name => FeatureCatalog.All.FirstOrDefault(feature => feature.Id.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new UsageException($"There is no feature '{name}'; 'cudaarch features' lists those there are."))];

    private static int Run(ToolConsole console, IReadOnlyList<CudaFeature> features, IReadOnlyList<SmArchitecture> targets)
    {
        string[] columns = ["feature", .. targets.Select(target => target.ToString()), "architectures", "what it is", .. targets.Count > 0 ? ["instead"] : Array.Empty<string>()];
        var table = new TextTable(columns);
        foreach (CudaFeature feature in features)
        {
            string[] answers = [.. targets.Select(target => Answer(feature, target))];
            bool isMissing = targets.Any(target => feature.SupportOn(target) != FeatureSupport.Baseline);
            table.Add([feature.Id, .. answers, feature.Architectures, feature.Title, .. targets.Count > 0 ? [isMissing ? feature.Remedy : ""] : Array.Empty<string>()]);
        }

        table.Write(console);
        return ExitCodes.Covered;
    }

    private static string Answer(CudaFeature feature, SmArchitecture target) => feature.SupportOn(target) switch
    {
        FeatureSupport.Baseline => "yes",
        FeatureSupport.NeedsFamilySuffix => "as " + target.With(ArchitectureVariant.FamilySpecific),
        FeatureSupport.NeedsArchitectureSuffix => "as " + target.With(ArchitectureVariant.ArchitectureSpecific),
        _ => "no",
    };
}
