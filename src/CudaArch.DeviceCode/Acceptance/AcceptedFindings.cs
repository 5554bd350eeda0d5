using CudaArch.DeviceCode.Verification;

namespace CudaArch.DeviceCode.Acceptance;

/// <summary>Tells findings that are accepted, by suppressions or by a baseline, from those to report; and notes what was of use.</summary>
/// <param name="suppressions">What the user suppresses.</param>
/// <param name="baseline">What was there when the baseline was written.</param>
public sealed class AcceptedFindings(IReadOnlyList<Suppression> suppressions, Baseline baseline)
{
    private readonly HashSet<Suppression> _used = [];

    /// <summary>Suppressions that no finding needed.</summary>
    public IEnumerable<Suppression> Unused => suppressions.Where(suppression => !_used.Contains(suppression));

    /// <summary>Why a finding is accepted; null when it is to be reported. One that names kernels is accepted when every one of them is.</summary>
    public string? ReasonFor(VerificationInput input, Finding finding)
    {
        Suppression[] about = [.. suppressions.Where(suppression => suppression.IsAbout(input, finding))];
        if (about.Length > 0 && Covers(about, finding))
        {
            _used.UnionWith(about);
            string reason = string.Join("; ", about.Select(suppression => suppression.Reason).Where(text => text.Length > 0).Distinct(StringComparer.Ordinal));
            return reason.Length == 0 ? "suppressed" : "suppressed: " + reason;
        }

        return baseline.Accepts(input, finding) ? "accepted by the baseline" : null;
    }

    private static bool Covers(Suppression[] about, Finding finding) =>
        finding.Kernels.Count == 0
            ? about.Any(suppression => suppression.Kernels.Count == 0)
            : finding.Kernels.All(kernel => about.Any(suppression => suppression.Accepts(kernel)));
}
