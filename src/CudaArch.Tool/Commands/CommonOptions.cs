using System.CommandLine;
using CudaArch.Architectures;

namespace CudaArch.Tool.Commands;

/// <summary>Options that several subcommands have.</summary>
internal static class CommonOptions
{
    /// <summary><c>--format</c>: text for people, json for programs.</summary>
    public static Option<string> Format()
    {
        var option = new Option<string>("--format") { Description = "How to answer: text for people, json for programs.", DefaultValueFactory = _ => "text", HelpName = "text|json" };
        option.AcceptOnlyFromAmong("text", "json");
        return option;
    }

    /// <summary><c>--target</c>: architectures, one or several times; one option may hold several separated by <c>;</c> or <c>,</c>.</summary>
    public static Option<string[]> Targets() => new("--target", "-t")
    {
        Description = $"An architecture to answer for, such as sm_121; may be given several times. Default: {ArchitectureCatalog.DefaultTarget}.",
        HelpName = "architecture",
    };

    /// <summary>The architectures that <c>--target</c> names, each once.</summary>
    /// <exception cref="UsageException">One of them does not exist.</exception>
    public static IReadOnlyList<SmArchitecture> ReadTargets(ParseResult parsed, Option<string[]> option)
    {
        var targets = new List<SmArchitecture>();
        foreach (string text in (parsed.GetValue(option) ?? []).SelectMany(value => value.Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
        {
            if (!SmArchitecture.TryParse(text, out SmArchitecture target))
            {
                throw new UsageException($"'{text}' is not the name of a CUDA architecture; write it like sm_121 or 12.1.");
            }

            if (!ArchitectureCatalog.IsKnown(target))
            {
                throw new UsageException($"There is no architecture {target}; 'cudaarch targets' lists those there are.");
            }

            if (!targets.Contains(target))
            {
                targets.Add(target);
            }
        }

        return targets.Count > 0 ? targets : [ArchitectureCatalog.DefaultTarget];
    }
}
