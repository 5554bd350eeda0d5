namespace CudaArch.Rules;

/// <summary>A rule and how much it weighs when the user says nothing; a row of <c>rules.csv</c>.</summary>
public sealed class RuleInfo
{
    internal RuleInfo(IReadOnlyDictionary<string, string> row)
    {
        Id = row["id"];
        Title = row["title"];
        LocalSeverity = ParseSeverity(row["local"]);
        CiSeverity = ParseSeverity(row["ci"]);
    }

    /// <summary>The id, one of <see cref="RuleIds"/>.</summary>
    public string Id { get; }

    /// <summary>What the rule reports, as a sentence without a full stop.</summary>
    public string Title { get; }

    /// <summary>Severity on a developer's machine.</summary>
    public RuleSeverity LocalSeverity { get; }

    /// <summary>Severity in continuous integration: see <see cref="ContinuousIntegration"/>.</summary>
    public RuleSeverity CiSeverity { get; }

    /// <summary>The rule's documentation page.</summary>
    public string HelpLink => RuleIds.HelpLink(Id);

    /// <summary>The severity to use.</summary>
    /// <param name="gapsAreErrors">True in continuous integration, or when the user asked for it.</param>
    public RuleSeverity Severity(bool gapsAreErrors) => gapsAreErrors ? CiSeverity : LocalSeverity;

    private static RuleSeverity ParseSeverity(string word) => word switch
    {
        "info" => RuleSeverity.Info,
        "warning" => RuleSeverity.Warning,
        "error" => RuleSeverity.Error,
        _ => throw new FormatException($"'{word}' is not a severity; write info, warning or error."),
    };
}
