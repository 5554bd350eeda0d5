using System.Collections.Concurrent;
using CudaArch.Architectures;
using Microsoft.CodeAnalysis;

namespace CudaArch.Analyzers.Flow;

/// <summary>
/// What fields and properties hold on a device, found out once for all bodies that read them. Each is found out by itself, so that the answer does not depend on who
/// asked first.
/// </summary>
internal sealed class MemberValues
{
    private readonly ConcurrentDictionary<SmArchitecture, ConcurrentDictionary<ISymbol, FlowValue?>> _values = new();

    /// <summary>The value of a member; null when it is not known.</summary>
    /// <param name="member">The member, as declared.</param>
    /// <param name="device">The device.</param>
    /// <param name="find">Finds it out.</param>
    public FlowValue? Of(ISymbol member, SmArchitecture device, Func<ISymbol, FlowValue?> find)
    {
        ConcurrentDictionary<ISymbol, FlowValue?> values = _values.GetOrAdd(device, static _ => new(SymbolEqualityComparer.Default));
        return values.TryGetValue(member, out FlowValue? known) ? known : values.GetOrAdd(member, find(member));
    }
}
