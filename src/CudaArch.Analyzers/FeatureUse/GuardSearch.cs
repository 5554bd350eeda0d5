using CudaArch.Analyzers.Flow;
using CudaArch.Architectures;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace CudaArch.Analyzers.FeatureUse;

/// <summary>
/// Finds the test that was meant to keep a use away from a target and does not, or keeps it away by mistake, by running the code on a second device: where the two runs
/// part is the test.
/// </summary>
internal sealed class GuardSearch(CudaCompilation cuda, SmArchitecture target, CancellationToken cancellation)
{
    /// <summary>
    /// The test that lets the target through to a use that it comes to. Such a test lets a device through that has what is needed, and keeps away the devices just before
    /// the first of these: <c>major >= 10</c> before tcgen05. A lower threshold, or a test for the target itself, was not meant as a guard.
    /// </summary>
    public SyntaxNode? LettingThrough(SymbolUse use, ISymbol owner, SyntaxNode root, ControlFlowGraph graph, BodyFlow body)
    {
        if (DeviceOrder.LastBefore(use.Needs.IsMetBy) is not { } before || before.Number == target.Number)
        {
            return null;
        }

        if (!ArchitectureCatalog.All.Any(info => use.Needs.IsMetBy(info.Architecture) && RunOn(info.Architecture, root, graph).IsReached(use.Place)))
        {
            return null;
        }

        BodyFlow otherBody = RunOn(before, root, graph);
        return otherBody.IsReached(use.Place)
            ? AroundCalls(owner, new Callers(cuda.Sources, target, cancellation), new Callers(cuda.Sources, before, cancellation))
            : PartingTest.Before(use.Place, body, otherBody);
    }

    /// <summary>
    /// The test for equality that shuts the target out from a use that would work there, although it lets another device through: <c>major == 10</c> before NVFP4.
    /// Code that knows the target by another branch means it.
    /// </summary>
    public SyntaxNode? ShuttingOut(SymbolUse use, SyntaxNode root, ControlFlowGraph graph, BodyFlow body)
    {
        foreach (ArchitectureInfo info in ArchitectureCatalog.All)
        {
            if (info.Architecture.Major == target.Major || !use.Needs.IsMetBy(info.Architecture))
            {
                continue;
            }

            BodyFlow other = RunOn(info.Architecture, root, graph);
            if (other.IsReached(use.Place))
            {
                return !KnowsTarget(body, other) && PartingTest.Before(use.Place, body, other) is { } condition && IsEquality(condition) ? condition : null;
            }
        }

        return null;
    }

    // A test that holds on the target and not, or not at all, on the other device.
    private static bool KnowsTarget(BodyFlow body, BodyFlow other)
    {
        Dictionary<BodyFlow.Place, FlowValue> others = other.Conditions.ToDictionary(entry => entry.Key, entry => entry.Value);
        return body.Conditions.Any(entry => entry.Value is { FromDevice: true, Truth: true } && !(others.TryGetValue(entry.Key, out FlowValue? value) && value.Truth == true));
    }

    private static bool IsEquality(SyntaxNode condition) => condition is BinaryExpressionSyntax { OperatorToken.Text: "==" or "!=" } or IsPatternExpressionSyntax;

    private static SyntaxNode? AroundCalls(ISymbol owner, Callers callers, Callers others)
    {
        if (others.MayRun(owner))
        {
            return null;
        }

        foreach ((SyntaxNode site, BodyFlow body) in callers.ReachedSites(owner))
        {
            if (others.BodyAround(site) is { } other && !other.IsReached(site))
            {
                return PartingTest.Before(site, body, other);
            }
        }

        return null;
    }

    private BodyFlow RunOn(SmArchitecture device, SyntaxNode root, ControlFlowGraph graph) => cuda.Graphs.Runs.Of(device, root, graph, cancellation);
}
