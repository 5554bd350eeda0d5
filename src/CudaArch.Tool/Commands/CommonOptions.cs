using System.CommandLine;
using System.CommandLine.Completions;
using CudaArch.Architectures;
using CudaArch.DeviceCode;
using CudaArch.Ptx;

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

    /// <summary><c>--format</c> of a command whose answer is also a report for other programs.</summary>
    public static Option<string> ReportFormat()
    {
        var option = new Option<string>("--format")
        {
            Description = "How to answer: text for people, json for programs, sarif for code scanning, markdown for a job summary, html as one page.",
            DefaultValueFactory = _ => "text",
            HelpName = "text|json|sarif|markdown|html",
        };
        option.AcceptOnlyFromAmong("text", "json", "sarif", "markdown", "html");
        return option;
    }

    /// <summary><c>--target</c>: architectures, one or several times; one option may hold several separated by <c>;</c> or <c>,</c>.</summary>
    public static Option<string[]> Targets()
    {
        var option = new Option<string[]>("--target", "-t")
        {
            Description = $"An architecture to answer for, such as sm_121; may be given several times. Default: {ArchitectureCatalog.DefaultTarget}.",
            HelpName = "architecture",
        };
        option.CompletionSources.Add(_ => ArchitectureCatalog.All.Select(info => new CompletionItem(info.Architecture.RealName)));
        return option;
    }

    /// <summary><c>--fail-on</c>: which gaps make the exit code 1.</summary>
    public static Option<string> FailOn()
    {
        var option = new Option<string>("--fail-on")
        {
            Description = "The gaps that make the exit code 1: none (nothing runs), partial (some of it does not run), jit (all that is not native).",
            DefaultValueFactory = _ => "partial",
            HelpName = "none|partial|jit",
        };
        option.AcceptOnlyFromAmong("none", "partial", "jit");
        return option;
    }

    /// <summary>The best coverage that <c>--fail-on</c> still counts as a gap.</summary>
    public static FileCoverage ReadFailOn(ParseResult parsed, Option<string> option) => parsed.GetValue(option) switch
    {
        "none" => FileCoverage.None,
        "jit" => FileCoverage.JitFallback,
        _ => FileCoverage.Partial,
    };

    /// <summary><c>--kind</c>: the kinds of image to answer for.</summary>
    public static Option<string[]> Kinds()
    {
        var option = new Option<string[]>("--kind", "-k")
        {
            Description = "Look at images of this kind only; may be given several times. Default: all.",
            HelpName = string.Join('|', KindWords),
        };
        option.AcceptOnlyFromAmong(KindWords);
        return option;
    }

    /// <summary>The kinds that <c>--kind</c> names; null for all.</summary>
    public static IReadOnlyCollection<ImageKind>? ReadKinds(ParseResult parsed, Option<string[]> option) =>
        parsed.GetValue(option) is { Length: > 0 } words ? [.. words.Select(word => Enum.GetValues<ImageKind>().First(kind => kind.Word() == word)).Distinct()] : null;

    private static string[] KindWords { get; } = [.. Enum.GetValues<ImageKind>().Where(kind => kind != ImageKind.Unknown).Select(kind => kind.Word())];

    /// <summary><c>--output</c>: the file for the answer.</summary>
    public static Option<string?> Output() => new("--output", "-o") { Description = "Write the answer to this file instead of the terminal.", HelpName = "file" };

    /// <summary><c>--driver</c>: the oldest driver in use.</summary>
    public static Option<string?> Driver() => new("--driver")
    {
        Description = "The oldest driver in use, as a branch (580) or the CUDA version that it shows (13.0): newer PTX is not compiled by it. Default: not known, none is too new.",
        HelpName = "version",
    };

    /// <summary>The newest PTX version that the driver of <c>--driver</c> compiles; null when it is not given.</summary>
    /// <exception cref="UsageException">It is no driver.</exception>
    public static PtxVersion? ReadDriver(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) is not { } text ? null
        : PtxVersions.TryParseDriver(text, out PtxVersion version) ? version
        : throw new UsageException($"--driver: '{text}' is no driver branch or CUDA version since 11.0; write it like 580 or 13.0.");

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
