using System.Collections.Concurrent;
using CudaArch.Architectures;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;

namespace CudaArch.Analyzers.Flow;

/// <summary>
/// The bodies of a compilation on each device, run once for all that ask. Each is run by itself, so that what is found does not depend on who asked before.
/// </summary>
internal sealed class BodyRuns(BodyGraphs graphs)
{
    private readonly ConcurrentDictionary<(SmArchitecture Device, SyntaxNode Body), BodyFlow?> _runs = new();

    /// <summary>A declaration with a body, or an initializer; null when broken code has no graph.</summary>
    public BodyFlow? Of(SmArchitecture device, SyntaxNode body, CancellationToken cancellation) =>
        _runs.TryGetValue((device, body), out BodyFlow? known) ? known : Add(device, body, graphs.Of(body, cancellation), cancellation);

    /// <summary>A body of which the graph is at hand.</summary>
    public BodyFlow Of(SmArchitecture device, SyntaxNode body, ControlFlowGraph graph, CancellationToken cancellation) =>
        (_runs.TryGetValue((device, body), out BodyFlow? known) ? known : null) ?? Add(device, body, graph, cancellation)!;

    private BodyFlow? Add(SmArchitecture device, SyntaxNode body, ControlFlowGraph? graph, CancellationToken cancellation) =>
        _runs[(device, body)] = graph is null ? null : new DeviceFlow(graphs, device, cancellation).Analyze(graph);
}
