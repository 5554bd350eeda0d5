using CudaArch.Architectures;
using Microsoft.CodeAnalysis;

namespace CudaArch.Analyzers.FeatureUse;

/// <summary>A use that is wrong for some targets.</summary>
internal sealed class FeatureFault
{
    private readonly List<SmArchitecture> _targets;

    public FeatureFault(SymbolUse use, SyntaxNode place, long? value, SmArchitecture target)
    {
        Use = use;
        Place = place;
        Value = value;
        _targets = [target];
    }

    /// <summary>The use.</summary>
    public SymbolUse Use { get; }

    /// <summary>What is underlined.</summary>
    public SyntaxNode Place { get; }

    /// <summary>The value of the argument that decides; null when none does.</summary>
    public long? Value { get; }

    /// <summary>The targets for which it is wrong.</summary>
    public IReadOnlyList<SmArchitecture> Targets => _targets;

    /// <summary>Adds a target.</summary>
    public void Add(SmArchitecture target)
    {
        if (!_targets.Contains(target))
        {
            _targets.Add(target);
        }
    }
}
