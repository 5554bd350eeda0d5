using CudaArch.Analyzers.Flow;
using CudaArch.Architectures;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace CudaArch.Analyzers.FeatureUse;

/// <summary>Judges the uses in one member: which of them the program comes to on a target that lacks what they need.</summary>
internal sealed class BlockVerdict(OperationBlockAnalysisContext context, CudaCompilation cuda, SymbolUse[] uses, ReportedTests tests)
{
    /// <summary>Reports every place once, with the targets for which it is wrong.</summary>
    public void Report()
    {
        var faults = new Dictionary<(SyntaxNode Place, string Key), FeatureFault>();
        foreach (SmArchitecture target in cuda.TargetsFor(uses[0].Place.SyntaxTree))
        {
            foreach (FeatureFault fault in FaultsOn(target))
            {
                if (faults.TryGetValue((fault.Place, fault.Key), out FeatureFault? known))
                {
                    known.Add(target);
                }
                else
                {
                    faults.Add((fault.Place, fault.Key), fault);
                }
            }
        }

        foreach (FeatureFault fault in faults.Values)
        {
            // One test may stand before uses in several members.
            if (fault.Kind is FaultKind.Use or FaultKind.Build or FaultKind.Age || (tests.Add(fault.Place) && IsOurs(fault.Place)))
            {
                context.ReportDiagnostic(FeatureReport.Create(fault, cuda.Libraries));
            }
        }
    }

    // What another rule says of the test is said first.
    private bool IsOurs(SyntaxNode test) => cuda.TestOwners.Of(test, context.CancellationToken) is null && !CapabilityTestAnalyzer.IsWrong(test, cuda, context.CancellationToken);

    private IEnumerable<FeatureFault> FaultsOn(SmArchitecture target)
    {
        SymbolUse[] relevant = [.. uses.Where(use => (IsMissing(use, target) && use.MayHold) || MayBeShutOut(use))];
        if (relevant.Length == 0 || Requirements.Exclude(context.OwningSymbol, target))
        {
            yield break;
        }

        var search = new GuardSearch(cuda, target, context.CancellationToken);
        bool? isCalled = null;
        foreach (IOperation root in context.OperationBlocks)
        {
            SymbolUse[] inside = [.. relevant.Where(use => root.Syntax.FullSpan.Contains(use.Place.Span))];
            if (inside.Length == 0)
            {
                continue;
            }

            ControlFlowGraph graph = context.GetControlFlowGraph(root);
            BodyFlow body = cuda.Graphs.Runs.Of(target, root.Syntax, graph, context.CancellationToken);
            foreach (FeatureFault fault in Reached([.. inside.Where(use => IsMissing(use, target))], body, target))
            {
                // Whether the guard stands around the calls of this member is asked last: it looks through the whole compilation.
                if (isCalled ??= new Callers(cuda.Sources, target, context.CancellationToken).MayRun(context.OwningSymbol))
                {
                    // One fault, one report: a wrong test is the fault, not what stands behind it.
                    yield return !fault.Use.Needs.IsMetBy(target) && search.LettingThrough(fault.Use, context.OwningSymbol, root.Syntax, graph, body) is { } test
                        ? new(fault.Use, test, null, target, FaultKind.LetsThrough)
                        : fault;
                }
            }

            foreach (SymbolUse use in inside.Where(use => !IsMissing(use, target) && !body.IsReached(use.Place)))
            {
                if (!inside.Any(other => other.Needs == use.Needs && body.IsReached(other.Place)) && search.ShuttingOut(use, root.Syntax, graph, body) is { } test)
                {
                    yield return new(use, test, null, target, FaultKind.ShutsOut);
                }
            }
        }
    }

    private bool IsMissing(SymbolUse use, SmArchitecture target) => !use.Needs.IsMetBy(target) || cuda.Libraries.TooOld(use, target) is not null || NarrowFormats.IsMatterOfBuild(use.Needs, target);

    // Formats are what programs keep from devices by mistake; a kernel that is not built for the target may have its reasons.
    private static bool MayBeShutOut(SymbolUse use) => use.Conditions.IsEmpty && NarrowFormats.IsFormat(use.Needs);

    private IEnumerable<FeatureFault> Reached(SymbolUse[] missing, BodyFlow body, SmArchitecture target)
    {
        SymbolUse[] reached = [.. missing.Where(use => body.IsReached(use.Place))];
        foreach (SymbolUse use in reached)
        {
            if (use.Conditions.IsEmpty)
            {
                yield return new(use, use.Place, null, target, KindOf(use, target));
                continue;
            }

            // A named constant that the same body hands over is reported where it stands.
            if (use.Deciding(body) is var (argument, place, value)
                && !reached.Any(other => other.Constant is { } constant && other.Needs == use.Needs && body.ValueOf(argument.Syntax).Constants.Contains(constant.Constants[0])))
            {
                yield return new(use, place, value, target, KindOf(use, target));
            }
        }
    }

    private static FaultKind KindOf(SymbolUse use, SmArchitecture target) =>
        NarrowFormats.IsMatterOfBuild(use.Needs, target) ? FaultKind.Build : use.Needs.IsMetBy(target) ? FaultKind.Age : FaultKind.Use;
}
