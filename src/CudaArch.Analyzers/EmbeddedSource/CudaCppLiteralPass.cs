using CudaArch.Architectures;
using CudaArch.CudaCpp;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace CudaArch.Analyzers.EmbeddedSource;

/// <summary>Looks through one file for CUDA C++ and judges it.</summary>
internal sealed class CudaCppLiteralPass(SemanticModel model, CudaCompilation cuda, CancellationToken cancellation) : FilePass(model, cuda, cancellation)
{
    /// <summary>What every text with a kernel has.</summary>
    public const string KernelWord = "__global__";

    private readonly Dictionary<TextSpan, CudaCppFault> _faults = [];
    private readonly NameExpressions _names = new(model, cancellation);

    public override void Run(Action<Diagnostic> report)
    {
        var options = new CudaCppOptions(Model, Composer, Cancellation);
        foreach (ExpressionSyntax literal in Literals(value => value.Contains(KernelWord)))
        {
            if (Units.Around(literal) is { } unit)
            {
                Judge(unit, options);
            }
        }

        foreach (CudaCppFault fault in _faults.Values)
        {
            report(fault.ToDiagnostic(Model.SyntaxTree));
        }

        Tests.Report(report);
    }

    private bool IsCompiled(TextUnit unit)
    {
        TextUse use = unit.Builder is not null || unit.Root is not ExpressionSyntax ? Uses.OfBuilder(unit.Root, unit.Builder) : Uses.Of(unit.Root);
        return use.Role is TextRole.Compiled or TextRole.Free;
    }

    private void Judge(TextUnit unit, CudaCppOptions options)
    {
        bool? isCompiled = null;
        foreach ((ComposedText text, IEnumerable<SmArchitecture> targets) in TextsOnTargets(unit, HasKernel, (text, target) => IsFine(_names.With(text.Text), target, options.For(unit.Root, target))))
        {
            // Asked late: the answer looks through other files.
            if (!(isCompiled ??= IsCompiled(unit)))
            {
                return;
            }

            foreach (SmArchitecture target in targets)
            {
                Cancellation.ThrowIfCancellationRequested();
                Judge(new CudaCppText(text, _names.With(text.Text), unit.Root, options), target);
            }
        }
    }

    // A kernel has a body; without one the word may stand in prose.
    private static bool HasKernel(string text) => text.IndexOf(KernelWord, StringComparison.Ordinal) is int kernel and >= 0 && text.IndexOf('{', kernel) >= 0;

    private static bool IsFine(string text, SmArchitecture target, CudaCppTargets named) => named.Architectures.Count > 0
        ? named.Architectures.Any(architecture => CudaCppAnalyzer.Check(text, architecture).Count == 0)
        : CudaCppAnalyzer.Judge(text, target).Verdict == CudaCppVerdict.Runs;

    private void Judge(CudaCppText source, SmArchitecture target)
    {
        CudaCppTargets named = source.Options.For(source.Root, target);
        if (named.Architectures.Count > 0)
        {
            IReadOnlyList<CudaCppFinding>? refused = null;
            foreach (SmArchitecture architecture in named.Architectures)
            {
                IReadOnlyList<CudaCppFinding> findings = CudaCppAnalyzer.Check(source.Compiled, architecture);
                if (findings.Count == 0)
                {
                    return;
                }

                refused ??= findings;
            }

            if (CudaCppAnalyzer.Judge(source.Compiled, target) is { Verdict: not CudaCppVerdict.Runs } report)
            {
                Report(source, target, report, named);
            }
            else
            {
                // The plain target takes it: the suffix is at fault.
                ReportSuffix(source, target, refused![0], named.Architectures[0]);
            }

            return;
        }

        CudaCppReport verdict = CudaCppAnalyzer.Judge(source.Compiled, target);
        if (verdict.Verdict != CudaCppVerdict.Runs)
        {
            Report(source, target, verdict, named);
        }
    }

    // One report for what the text does with one feature: at the first place that decides.
    private void Report(CudaCppText text, SmArchitecture target, CudaCppReport report, CudaCppTargets named)
    {
        if (report.Verdict != CudaCppVerdict.LacksHardware && named.MayBringSuffix)
        {
            return;
        }

        var seen = new HashSet<string>();
        foreach (CudaCppOffender offender in report.Offenders)
        {
            if (offender.Needs == report.Verdict && seen.Add(offender.Finding.Feature?.Id ?? offender.Finding.Span.Start.ToString(System.Globalization.CultureInfo.InvariantCulture)))
            {
                Add(text, offender.Finding, offender.Describe(target), target);
            }
        }
    }

    private void ReportSuffix(CudaCppText text, SmArchitecture target, CudaCppFinding finding, SmArchitecture named)
    {
        string needed = finding.Feature is { } feature ? $" ({feature.Title}: {feature.Architectures})" : "";
        Add(text, finding, $"'{finding.Token}' is refused for {named.RealName}{needed}, and the text leaves it out for {target.RealName}; compile with --gpu-architecture={target.RealName}", target);
    }

    private void Add(CudaCppText source, CudaCppFinding finding, string detail, SmArchitecture target)
    {
        ComposedText text = source.Text;
        if (finding.Span.Start >= text.Text.Length)
        {
            return;
        }

        TextSpan place = text.SourceOf(finding.Span.Start, finding.Span.Length);

        // Without options beside it the text is compiled as it must be for each device.
        bool RunsOn(SmArchitecture device) => source.Options.For(source.Root, device) is { Architectures.Count: > 0 } named
            ? IsFine(source.Compiled, device, named)
            : CudaCppAnalyzer.Judge(source.Compiled, device).Verdict != CudaCppVerdict.LacksHardware;
        if (Reach.TestBefore(text.Choices.Add(text.PieceAt(finding.Span.Start).Node), source.Root, target, RunsOn) is { } test)
        {
            Tests.Add(test, target, $"CUDA C++ that does not run there ({detail.TrimEnd('.')})", RunsOn, place);
            return;
        }

        if (!_faults.TryGetValue(place, out CudaCppFault? fault))
        {
            fault = new CudaCppFault(place, detail);
            _faults.Add(place, fault);
        }

        fault.Add(target);
    }

    /// <summary>A text, what is compiled for it, where it is put together, and what stands beside it.</summary>
    private readonly record struct CudaCppText(ComposedText Text, string Compiled, SyntaxNode Root, CudaCppOptions Options);
}
