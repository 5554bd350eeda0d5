using CudaArch.DeviceCode.Verification;
using CudaArch.Rules;

namespace CudaArch.MSBuild.Reporting;

/// <summary>
/// The user's own severities, by the properties that everyone uses for the compiler's warnings. MSBuild itself applies only some of them to a task's warnings
/// (not <c>TreatWarningsAsErrors</c>), and none to what is an error from the start; here all of them count.
/// </summary>
internal sealed class SeverityPolicy
{
    private readonly HashSet<string> _noWarn;
    private readonly HashSet<string> _asErrors;
    private readonly HashSet<string> _notAsErrors;
    private readonly bool _allAsErrors;

    /// <summary>Takes the properties. As in MSBuild, not reporting wins over all, and a rule that is named an error over the exceptions.</summary>
    /// <param name="noWarn">Rules that are not to be reported.</param>
    /// <param name="asErrors">Rules that are errors.</param>
    /// <param name="notAsErrors">Rules that are never more than warnings.</param>
    /// <param name="allAsErrors">Whether every warning is an error.</param>
    public SeverityPolicy(string? noWarn, string? asErrors, string? notAsErrors, bool allAsErrors)
    {
        _noWarn = Rules(noWarn);
        _asErrors = Rules(asErrors);
        _notAsErrors = Rules(notAsErrors);
        _allAsErrors = allAsErrors;
    }

    /// <summary>How to report a finding.</summary>
    public RuleSeverity For(Finding finding) =>
        finding.Severity == RuleSeverity.Info || _noWarn.Contains(finding.RuleId) ? RuleSeverity.Info
        : _asErrors.Contains(finding.RuleId) ? RuleSeverity.Error
        : _notAsErrors.Contains(finding.RuleId) ? RuleSeverity.Warning
        : _allAsErrors ? RuleSeverity.Error
        : finding.Severity;

    private static HashSet<string> Rules(string? list) => new(Lists.Split(list), StringComparer.OrdinalIgnoreCase);
}
