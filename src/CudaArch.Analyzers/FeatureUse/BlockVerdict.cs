using CudaArch.Analyzers.Flow;
using CudaArch.Architectures;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CudaArch.Analyzers.FeatureUse;

/// <summary>Judges the uses in one member: which of them the program comes to on a target that lacks what they need.</summary>
internal sealed class BlockVerdict(OperationBlockAnalysisContext context, CudaCompilation cuda, SymbolUse[] uses)
{
    /// <summary>Reports every place once, with the targets for which it is wrong.</summary>
    public void Report()
    {
        var faults = new Dictionary<(SyntaxNode Place, string Needs), FeatureFault>();
        foreach (SmArchitecture target in cuda.TargetsFor(uses[0].Place.SyntaxTree))
        {
            foreach (FeatureFault fault in FaultsOn(target))
            {
                if (faults.TryGetValue((fault.Place, fault.Use.Needs.Text), out FeatureFault? known))
                {
                    known.Add(target);
                }
                else
                {
                    faults.Add((fault.Place, fault.Use.Needs.Text), fault);
                }
            }
        }

        foreach (FeatureFault fault in faults.Values)
        {
            context.ReportDiagnostic(FeatureReport.Create(fault));
        }
    }

    private IEnumerable<FeatureFault> FaultsOn(SmArchitecture target)
    {
        SymbolUse[] missing = [.. uses.Where(use => !use.Needs.IsMetBy(target) || NarrowFormats.IsTooOld(use))];
        if (missing.Length == 0 || Requirements.Exclude(context.OwningSymbol, target))
        {
            yield break;
        }

        var flow = new DeviceFlow(cuda.Graphs, target, context.CancellationToken);
        bool? isCalled = null;
        foreach (IOperation root in context.OperationBlocks)
        {
            SymbolUse[] inside = [.. missing.Where(use => root.Syntax.FullSpan.Contains(use.Place.Span))];
            if (inside.Length == 0)
            {
                continue;
            }

            foreach (FeatureFault fault in Reached(inside, flow.Analyze(context.GetControlFlowGraph(root)), target))
            {
                // Whether the guard stands around the calls of this member is asked last: it looks through the whole compilation.
                if (isCalled ??= new Callers(cuda.Compilation, cuda.Graphs, flow).MayRun(context.OwningSymbol))
                {
                    yield return fault;
                }
            }
        }
    }

    private static IEnumerable<FeatureFault> Reached(SymbolUse[] uses, BodyFlow body, SmArchitecture target)
    {
        SymbolUse[] reached = [.. uses.Where(use => body.IsReached(use.Place))];
        foreach (SymbolUse use in reached)
        {
            if (use.Conditions.IsEmpty)
            {
                yield return new(use, use.Place, null, target);
                continue;
            }

            // One fault, one report: a named constant that the same body hands over is reported where it stands.
            if (use.DecidingArgument(body) is var (argument, value)
                && !reached.Any(other => other.Constant is { } constant && other.Needs == use.Needs && body.ValueOf(argument.Value.Syntax).Constants.Contains(constant.Constants[0])))
            {
                yield return new(use, argument.Syntax, value, target);
            }
        }
    }
}
