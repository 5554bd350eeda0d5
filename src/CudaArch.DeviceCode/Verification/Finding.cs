using CudaArch.Architectures;
using CudaArch.Rules;

namespace CudaArch.DeviceCode.Verification;

/// <summary>One fault of one file. The build task, the command and every report say it in the same words.</summary>
public sealed record Finding
{
    /// <summary>Creates a finding.</summary>
    /// <param name="ruleId">One of <see cref="RuleIds"/>.</param>
    /// <param name="severity">How much it weighs, before the user's own settings.</param>
    /// <param name="target">The target it is about; null when it is about all of them.</param>
    /// <param name="message">One line: what, where from, why, which kernels, what to do.</param>
    /// <param name="kernels">The kernels that cannot run, by their mangled names; empty when none is known.</param>
    public Finding(string ruleId, RuleSeverity severity, SmArchitecture? target, string message, IReadOnlyList<string> kernels)
    {
        RuleId = ruleId;
        Severity = severity;
        Target = target;
        Message = message;
        Kernels = kernels;
    }

    /// <summary>The rule, one of <see cref="RuleIds"/>.</summary>
    public string RuleId { get; }

    /// <summary>How much it weighs, before the user's own settings.</summary>
    public RuleSeverity Severity { get; init; }

    /// <summary>The target it is about; null when it is about all of them.</summary>
    public SmArchitecture? Target { get; }

    /// <summary>One line: what, where from, why, which kernels, what to do.</summary>
    public string Message { get; }

    /// <summary>The kernels that cannot run, by their mangled names, the most specific first; empty when none is known.</summary>
    public IReadOnlyList<string> Kernels { get; }
}
