using CudaArch.Analyzers.Flow;
using CudaArch.Architectures;
using CudaArch.Features;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CudaArch.Analyzers.FeatureUse;

/// <summary>Judges the uses in one member: which of them the program comes to on a target that lacks what they need.</summary>
internal sealed class BlockVerdict(OperationBlockAnalysisContext context, CudaCompilation cuda, SymbolUse[] uses)
{
    /// <summary>Reports every place once, with the targets for which it is wrong.</summary>
    public void Report()
    {
        var lacking = new Dictionary<(SyntaxNode Place, CudaFeature Feature), (SymbolUse Use, List<SmArchitecture> Targets)>();
        foreach (SmArchitecture target in cuda.TargetsFor(uses[0].Place.SyntaxTree))
        {
            foreach ((SymbolUse use, SyntaxNode place) in WrongOn(target))
            {
                if (!lacking.TryGetValue((place, use.Feature), out (SymbolUse, List<SmArchitecture> Targets) entry))
                {
                    lacking.Add((place, use.Feature), entry = (use, []));
                }

                if (!entry.Targets.Contains(target))
                {
                    entry.Targets.Add(target);
                }
            }
        }

        foreach (KeyValuePair<(SyntaxNode Place, CudaFeature Feature), (SymbolUse Use, List<SmArchitecture> Targets)> entry in lacking)
        {
            context.ReportDiagnostic(FeatureReport.Create(entry.Value.Use, entry.Key.Place, entry.Value.Targets));
        }
    }

    private IEnumerable<(SymbolUse Use, SyntaxNode Place)> WrongOn(SmArchitecture target)
    {
        SymbolUse[] missing = [.. uses.Where(use => use.Feature.SupportOn(target) == FeatureSupport.Unsupported)];
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

            foreach ((SymbolUse, SyntaxNode) reached in Reached(inside, flow.Analyze(context.GetControlFlowGraph(root))))
            {
                // Whether the guard stands around the calls of this member is asked last: it looks through the whole compilation.
                if (isCalled ??= new Callers(cuda.Compilation, cuda.Graphs, flow).MayRun(context.OwningSymbol))
                {
                    yield return reached;
                }
            }
        }
    }

    private static IEnumerable<(SymbolUse Use, SyntaxNode Place)> Reached(SymbolUse[] uses, BodyFlow body)
    {
        SymbolUse[] reached = [.. uses.Where(use => body.IsReached(use.Place))];
        foreach (SymbolUse use in reached)
        {
            if (use.Line.Arguments.IsEmpty)
            {
                yield return (use, use.Place);
                continue;
            }

            // One fault, one report: a named constant that the same body hands over is reported where it stands.
            if (use.DecidingArgument(body) is { } argument
                && !reached.Any(other => other.Constant is { } constant && other.Line.Feature == use.Line.Feature
                    && body.ValueOf(argument.Value.Syntax).Constants.Contains(constant.Constants[0])))
            {
                yield return (use, argument.Syntax);
            }
        }
    }
}
