using CudaArch.DeviceCode.Verification;
using CudaArch.Rules;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace CudaArch.MSBuild.Reporting;

/// <summary>Reports findings to MSBuild, at the project, where a package is chosen and a file is included.</summary>
/// <param name="log">The task's log.</param>
/// <param name="engine">The build, which knows the warnings that the user makes errors.</param>
/// <param name="policy">The user's own severities.</param>
/// <param name="claims">What this build has said already.</param>
/// <param name="projectFile">The project.</param>
internal sealed class FindingLog(TaskLoggingHelper log, IBuildEngine engine, SeverityPolicy policy, BuildClaims claims, string projectFile)
{
    /// <summary>Whether a finding that has been left to another target framework is an error.</summary>
    public bool LeftErrorToAnother { get; private set; }

    /// <summary>Reports a finding.</summary>
    public void Report(Finding finding)
    {
        RuleSeverity severity = policy.For(finding);
        if (severity != RuleSeverity.Info && !claims.TryClaim(severity + " " + finding.RuleId + " " + finding.Message))
        {
            LeftErrorToAnother |= severity == RuleSeverity.Error || engine is IBuildEngine8 lists && lists.ShouldTreatWarningAsError(finding.RuleId);
            log.LogMessage(MessageImportance.Low, "{0}: said for another target framework: {1}", finding.RuleId, finding.Message);
            return;
        }

        string help = RuleIds.HelpLink(finding.RuleId);
        switch (severity)
        {
            case RuleSeverity.Error:
                log.LogError(null, finding.RuleId, null, help, projectFile, 0, 0, 0, 0, "{0}", finding.Message);
                break;
            case RuleSeverity.Warning:
                log.LogWarning(null, finding.RuleId, null, help, projectFile, 0, 0, 0, 0, "{0}", finding.Message);
                break;
            default:
                log.LogMessage(MessageImportance.Low, "{0}: {1}", finding.RuleId, finding.Message);
                break;
        }
    }
}
