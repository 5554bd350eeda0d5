using System.Collections.Immutable;
using CudaArch.Architectures;
using CudaArch.Ptx;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace CudaArch.Analyzers.EmbeddedSource;

/// <summary>Looks through one file for PTX and judges it.</summary>
internal sealed class PtxPass(SemanticModel model, CudaCompilation cuda, CancellationToken cancellation) : FilePass(model, cuda, cancellation)
{
    private readonly Dictionary<(TextSpan, PtxFindingKind), PtxFault> _faults = [];

    public override void Run(Action<Diagnostic> report)
    {
        foreach (ExpressionSyntax literal in Literals(value => value.Contains(".version") || value.Contains(".target")))
        {
            if (Units.Around(literal) is { } unit)
            {
                JudgeModules(unit);
            }
        }

        foreach (InvocationExpressionSyntax call in Model.SyntaxTree.GetRoot(Cancellation).DescendantNodes().OfType<InvocationExpressionSyntax>())
        {
            if (CompilerSinks.IsInlinePtx(call) && call.ArgumentList.Arguments is [{ Expression: { } instructions }, ..])
            {
                JudgeInstructions(instructions);
            }
        }

        foreach (PtxFault fault in _faults.Values)
        {
            report(fault.ToDiagnostic(Model.SyntaxTree));
        }

        Tests.Report(report);
    }

    private void JudgeModules(TextUnit unit)
    {
        TextUse? use = null;
        foreach ((ComposedText text, ImmutableArray<SmArchitecture> targets) in TextsOnTargets(unit, MayBeModule, IsFineModule))
        {
            foreach ((int start, string module) in ModulesOf(text))
            {
                use ??= unit.Builder is not null || unit.Root is not ExpressionSyntax ? Uses.OfBuilder(unit.Root, unit.Builder) : Uses.Of(unit.Root);
                bool shownOnly = use.Value.Role == TextRole.Shown && module.IndexOf(".entry", StringComparison.Ordinal) < 0;
                if (use.Value.Role == TextRole.Compared || shownOnly)
                {
                    return;
                }

                PtxAnalysisOptions? options = OptionsFor(text, start, module);
                Add(
                    new PtxModuleText(text, start, module, targets, Targets, options),
                    (place, target) => Reach.TestBefore(text.Choices.Add(text.PieceAt(start + place).Node), unit.Root, target, RunsOn),
                    RunsOn);
                bool RunsOn(SmArchitecture device) => PtxAnalyzer.Analyze(module, device, options).Findings.Count == 0;
            }
        }
    }

    private static bool MayBeModule(string text) => text.IndexOf(".version", StringComparison.Ordinal) >= 0 && text.IndexOf(".target", StringComparison.Ordinal) >= 0;

    private static IEnumerable<(int Start, string Module)> ModulesOf(ComposedText text) =>
        PtxModules.In(text.Text).Select(module => (module.Start, PtxModules.WithPlaceholdersOpen(text.Text.Substring(module.Start, module.Length))));

    private bool IsFineModule(ComposedText text, SmArchitecture target) =>
        ModulesOf(text).All(module => PtxAnalyzer.Analyze(module.Module, target, OptionsFor(text, module.Start, module.Module)).Findings.Count == 0);

    private PtxAnalysisOptions? OptionsFor(ComposedText text, int start, string module) => TargetIsNumber(text, start, module) ? PtxAnalysisOptions.NumbersInHoles : null;

    private void JudgeInstructions(ExpressionSyntax instructions)
    {
        var unit = new TextUnit(instructions, Composer.Compose(instructions), null);
        bool IsFine(ComposedText text, SmArchitecture target) => PtxAnalyzer.AnalyzeFragment(text.Text, target).Findings.Count == 0;
        foreach ((ComposedText text, ImmutableArray<SmArchitecture> targets) in TextsOnTargets(unit, static _ => true, IsFine))
        {
            // What needs a suffix lies with the compiler that writes the header, and its users cannot change that.
            Add(new PtxModuleText(text, targets), (place, target) => Reach.TestBefore(text.Choices.Add(text.PieceAt(place).Node), unit.Root, target, RunsOn), RunsOn);
            bool RunsOn(SmArchitecture device) => IsFine(text, device);
        }
    }

    // One report for what one kernel does with one feature: at its first instruction.
    private void Add(PtxModuleText module, Func<int, SmArchitecture, SyntaxNode?> testBefore, Func<SmArchitecture, bool> runsOn)
    {
        foreach (PtxReport report in module.Reports)
        {
            SyntaxNode? test = null;
            var seen = new HashSet<(string?, string, PtxFindingKind)>();
            foreach (PtxFinding finding in report.Findings)
            {
                bool isHeaderElsewhere = finding.Kind is PtxFindingKind.MalformedHeader or PtxFindingKind.UnknownTarget;
                if (isHeaderElsewhere || (finding.Feature is { } feature && !seen.Add((finding.Kernel, feature.Id, finding.Kind))))
                {
                    continue;
                }

                TextSpan place = module.SourceOf(finding.Span);
                test ??= testBefore(finding.Span.Start, report.Device);
                if (test is not null)
                {
                    Tests.Add(test, report.Device, $"PTX that does not run there ({finding.Detail.TrimEnd('.')})", runsOn, place);
                    break;
                }

                if (!_faults.TryGetValue((place, finding.Kind), out PtxFault? fault))
                {
                    fault = new PtxFault(place, finding, module);
                    _faults.Add((place, finding.Kind), fault);
                }

                fault.Add(report.Device);
            }
        }
    }

    // sm_{major}{minor}: the holes are numbers, so no suffix comes with them.
    private bool TargetIsNumber(ComposedText text, int start, string module)
    {
        int line = module.IndexOf(".target", StringComparison.Ordinal);
        int end = line < 0 ? -1 : module.IndexOf('\n', line);
        end = end < 0 ? module.Length : end;
        bool any = false;
        for (int i = line; i >= 0 && i < end; i++)
        {
            if (text.Text[start + i] != ComposedText.Hole)
            {
                continue;
            }

            any = true;
            SyntaxNode hole = text.PieceAt(start + i).Node;
            SpecialType type = hole is ExpressionSyntax expression ? Model.GetTypeInfo(expression, Cancellation).Type?.SpecialType ?? SpecialType.None : SpecialType.None;
            if (type is not (>= SpecialType.System_SByte and <= SpecialType.System_UInt64))
            {
                return false;
            }
        }

        return any;
    }
}
