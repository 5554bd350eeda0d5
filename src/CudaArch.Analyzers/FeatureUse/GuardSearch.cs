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
internal sealed class GuardSearch(CudaCompilation cuda, DeviceFlow onTarget, CancellationToken cancellation)
{
    private readonly Dictionary<SmArchitecture, DeviceFlow> _flows = [];

    /// <summary>
    /// The test that lets the target through to a use that it comes to. Such a test lets a device through that has what is needed, and keeps away the devices just before
    /// the first of these: <c>major >= 10</c> before tcgen05. A lower threshold, or a test for the target itself, was not meant as a guard.
    /// </summary>
    public SyntaxNode? LettingThrough(SymbolUse use, ISymbol owner, ControlFlowGraph graph, BodyFlow body)
    {
        if (LastBefore(use.Needs) is not { } before || before.Number == onTarget.Facts.Device.Number)
        {
            return null;
        }

        if (!ArchitectureCatalog.All.Any(info => use.Needs.IsMetBy(info.Architecture) && FlowOn(info.Architecture).Analyze(graph).IsReached(use.Place)))
        {
            return null;
        }

        DeviceFlow other = FlowOn(before);
        BodyFlow otherBody = other.Analyze(graph);
        return otherBody.IsReached(use.Place)
            ? AroundCalls(owner, new Callers(cuda.Sources, onTarget), new Callers(cuda.Sources, other))
            : Parting(body, otherBody, use.Place);
    }

    /// <summary>
    /// The test for equality that shuts the target out from a use that would work there, although it lets another device through: <c>major == 10</c> before NVFP4.
    /// Code that knows the target by another branch means it.
    /// </summary>
    public SyntaxNode? ShuttingOut(SymbolUse use, ControlFlowGraph graph, BodyFlow body)
    {
        foreach (ArchitectureInfo info in ArchitectureCatalog.All)
        {
            if (info.Architecture.Major == onTarget.Facts.Device.Major || !use.Needs.IsMetBy(info.Architecture))
            {
                continue;
            }

            BodyFlow other = FlowOn(info.Architecture).Analyze(graph);
            if (other.IsReached(use.Place))
            {
                return !KnowsTarget(body, other) && Parting(body, other, use.Place) is { } condition && IsEquality(condition) ? condition : null;
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

    // The nearest test before the use that goes another way on the other device.
    private static SyntaxNode? Parting(BodyFlow body, BodyFlow other, SyntaxNode use)
    {
        SyntaxNode root = use.SyntaxTree.GetRoot();
        SyntaxNode? nearest = null;
        foreach (BodyFlow.Place place in Differing(body, other).OrderBy(place => place.Span.Start))
        {
            if (place.Span.End <= use.SpanStart && root.FindNode(place.Span, getInnermostNodeForTie: true) is { } node && node.Span == place.Span)
            {
                nearest = node;
            }
        }

        return nearest;
    }

    private static IEnumerable<BodyFlow.Place> Differing(BodyFlow body, BodyFlow other)
    {
        Dictionary<BodyFlow.Place, FlowValue> others = other.Conditions.ToDictionary(entry => entry.Key, entry => entry.Value);
        foreach (KeyValuePair<BodyFlow.Place, FlowValue> entry in body.Conditions)
        {
            if (entry.Value is { FromDevice: true, Truth: { } truth } && others.TryGetValue(entry.Key, out FlowValue? value) && value.Truth is { } otherTruth && truth != otherTruth)
            {
                yield return entry.Key;
            }
        }
    }

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
                return Parting(body, other, site);
            }
        }

        return null;
    }

    private DeviceFlow FlowOn(SmArchitecture device)
    {
        if (!_flows.TryGetValue(device, out DeviceFlow? flow))
        {
            _flows.Add(device, flow = new DeviceFlow(cuda.Graphs, device, cancellation));
        }

        return flow;
    }

    // The newest device without it that is older than every device with it.
    private static SmArchitecture? LastBefore(Requirement needs)
    {
        SmArchitecture? last = null;
        foreach (ArchitectureInfo info in ArchitectureCatalog.All)
        {
            if (needs.IsMetBy(info.Architecture))
            {
                return last;
            }

            last = info.Architecture;
        }

        return null;
    }
}
