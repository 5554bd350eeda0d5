using CudaArch.Architectures;
using CudaArch.CudaCpp.Text;

namespace CudaArch.CudaCpp;

/// <summary>
/// Says whether CUDA C++ text compiles for a device, without a compiler: it runs the preprocessor, finds what its kernels reach, and judges the instructions and header functions there.
/// Any text is taken, in bounded time and memory; nothing is thrown.
/// </summary>
public static class CudaCppAnalyzer
{
    /// <summary>Other targets that a text may be written for: what they compile and the plain target does not is why there is another branch.</summary>
    private static readonly SmArchitecture[] OtherTargets = [.. new[] { "121f", "121a", "120a", "120f", "100a", "100f", "90a", "103a", "110a" }.Select(SmArchitecture.Parse)];

    /// <summary>What the compiler refuses when it compiles for one target.</summary>
    /// <param name="text">The text. An unknown part may be given as <see cref="Ptx.PtxLexer.Hole"/>.</param>
    /// <param name="target">The target, its suffix taken exactly as it stands.</param>
    /// <param name="compiler">The compiler.</param>
    public static IReadOnlyList<CudaCppFinding> Check(string text, SmArchitecture target, CudaCompiler compiler = CudaCompiler.Nvrtc) =>
        CudaCppPass.Run(CppLexer.Read(text), target, compiler).Findings;

    /// <summary>Judges a text for a device: plain, then with the suffixes that the device's targets have.</summary>
    /// <param name="text">The text. An unknown part may be given as <see cref="Ptx.PtxLexer.Hole"/>.</param>
    /// <param name="device">The device; its suffix is ignored.</param>
    /// <param name="compiler">The compiler.</param>
    public static CudaCppReport Judge(string text, SmArchitecture device, CudaCompiler compiler = CudaCompiler.Nvrtc)
    {
        List<CppToken> tokens = CppLexer.Read(text);
        SmArchitecture plain = device.With(ArchitectureVariant.Baseline);
        CudaCppPass first = CudaCppPass.Run(tokens, plain, compiler);
        if (first.Findings.Count == 0)
        {
            return new CudaCppReport(() => CudaCppFallbacks.Of(tokens, first, plain, OtherTargets))
            {
                Device = plain,
                Verdict = CudaCppVerdict.Runs,
                Offenders = [],
                SoftwareConversions = CudaCppFallbacks.SoftwareConversions(first, plain),
            };
        }

        CudaCppPass? family = Pass(ArchitectureVariant.FamilySpecific), specific = Pass(ArchitectureVariant.ArchitectureSpecific);
        CudaCppVerdict verdict = family is { Findings.Count: 0 } ? CudaCppVerdict.NeedsFamilySuffix
            : specific is { Findings.Count: 0 } ? CudaCppVerdict.NeedsArchitectureSuffix
            : CudaCppVerdict.LacksHardware;
        return new CudaCppReport(() => CudaCppFallback.None)
        {
            Device = plain,
            Verdict = verdict,
            Offenders = Offenders(first, family, specific, verdict),
            SoftwareConversions = [],
        };

        CudaCppPass? Pass(ArchitectureVariant variant) =>
            ArchitectureCatalog.IsKnown(plain.With(variant)) ? CudaCppPass.Run(tokens, plain.With(variant), compiler) : null;
    }

    private static List<CudaCppOffender> Offenders(CudaCppPass plain, CudaCppPass? family, CudaCppPass? specific, CudaCppVerdict verdict)
    {
        List<CudaCppOffender> offenders = [.. plain.Findings.Select(finding => new CudaCppOffender(
            finding,
            family is not null && !Has(family, finding) ? CudaCppVerdict.NeedsFamilySuffix
                : specific is not null && !Has(specific, finding) ? CudaCppVerdict.NeedsArchitectureSuffix
                : CudaCppVerdict.LacksHardware))];

        // A suffix may bring code of its own that nothing takes.
        if (verdict == CudaCppVerdict.LacksHardware && !offenders.Exists(offender => offender.Needs == verdict))
        {
            offenders.AddRange((specific ?? family)?.Findings.Select(finding => new CudaCppOffender(finding, verdict)) ?? []);
            offenders.Sort((left, right) => left.Finding.Span.Start.CompareTo(right.Finding.Span.Start));
        }

        return offenders;
    }

    private static bool Has(CudaCppPass pass, CudaCppFinding finding) => pass.Findings.Any(other => other.Span.Start == finding.Span.Start && other.Token == finding.Token);
}
