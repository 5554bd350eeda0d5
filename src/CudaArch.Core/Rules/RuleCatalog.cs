using CudaArch.Data;

namespace CudaArch.Rules;

/// <summary>All rules with their titles and default severities, from <c>rules.csv</c>: the one place where a severity is chosen.</summary>
public static class RuleCatalog
{
    /// <summary>Every rule, by id.</summary>
    public static IReadOnlyList<RuleInfo> All { get; } = [.. EmbeddedCsv.Read("rules.csv").Select(row => new RuleInfo(row))];

    private static readonly Dictionary<string, RuleInfo> ById = All.ToDictionary(rule => rule.Id, StringComparer.OrdinalIgnoreCase);

    /// <summary>The rule with an id in any case; null when there is none.</summary>
    public static RuleInfo? Find(string id) => ById.TryGetValue(id, out RuleInfo? rule) ? rule : null;

    /// <summary>The rule with an id of <see cref="RuleIds"/>.</summary>
    /// <exception cref="ArgumentException">There is no such rule.</exception>
    public static RuleInfo Get(string id) => Find(id) ?? throw new ArgumentException($"There is no rule {id}.", nameof(id));
}
