using CudaArch.DeviceCode.Verification;
using CudaArch.Rules;

namespace CudaArch.MSBuild.Reporting;

/// <summary>
/// The user's own severities. MSBuild applies its lists to warnings alone; findings that are errors from the start (in CI) are weighed here by the same lists.
/// </summary>
/// <param name="noWarn">Rules that are not to be reported.</param>
/// <param name="notAsErrors">Rules that are never more than warnings.</param>
internal sealed class SeverityPolicy(string? noWarn, string? notAsErrors)
{
    private readonly HashSet<string> _noWarn = new(Lists.Split(noWarn), StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _notAsErrors = new(Lists.Split(notAsErrors), StringComparer.OrdinalIgnoreCase);

    /// <summary>How to report a finding.</summary>
    public RuleSeverity For(Finding finding) =>
        _noWarn.Contains(finding.RuleId) ? RuleSeverity.Info
        : finding.Severity == RuleSeverity.Error && _notAsErrors.Contains(finding.RuleId) ? RuleSeverity.Warning
        : finding.Severity;
}
