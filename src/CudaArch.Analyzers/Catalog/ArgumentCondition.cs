using System.Collections.Immutable;

namespace CudaArch.Analyzers.Catalog;

/// <summary>What an argument of a call must be.</summary>
/// <param name="Index">The position of the parameter, from 0.</param>
/// <param name="Values">Ranges of values, ends included.</param>
internal sealed record ArgumentCondition(int Index, ImmutableArray<(long From, long To)> Values)
{
    /// <summary>Whether a value is among them.</summary>
    public bool Includes(long value) => Values.Any(range => range.From <= value && value <= range.To);
}
