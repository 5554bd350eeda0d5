using CudaArch.Architectures;
using Microsoft.CodeAnalysis;

namespace CudaArch.Analyzers.FeatureUse;

/// <summary>What is wrong.</summary>
internal enum FaultKind
{
    /// <summary>The use itself.</summary>
    Use,

    /// <summary>The use itself, if what it calls is not built for the suffix of the target.</summary>
    Build,

    /// <summary>The use itself, because its library is too old.</summary>
    Age,

    /// <summary>The test before it, which lets the target through.</summary>
    LetsThrough,

    /// <summary>The test before it, which shuts the target out.</summary>
    ShutsOut,
}

/// <summary>A use, or the test before it, that is wrong for some targets.</summary>
internal sealed class FeatureFault
{
    private readonly List<SmArchitecture> _targets;

    public FeatureFault(SymbolUse use, SyntaxNode place, long? value, SmArchitecture target, FaultKind kind = FaultKind.Use)
    {
        Kind = kind;
        Use = use;
        Place = place;
        Value = value;
        _targets = [target];
    }

    /// <summary>What is wrong.</summary>
    public FaultKind Kind { get; }

    /// <summary>The use.</summary>
    public SymbolUse Use { get; }

    /// <summary>What is underlined.</summary>
    public SyntaxNode Place { get; }

    /// <summary>The value of the argument that decides; null when none does.</summary>
    public long? Value { get; }

    /// <summary>The targets for which it is wrong.</summary>
    public IReadOnlyList<SmArchitecture> Targets => _targets;

    /// <summary>Tells faults of one place apart: a use may need several things, a test is one fault however much stands behind it.</summary>
    public string Key => Kind switch
    {
        FaultKind.Use => Use.Needs.Text,
        FaultKind.Build => "build " + Use.Needs.Text,
        FaultKind.Age => "age " + Use.Needs.Text,
        _ => "",
    };

    /// <summary>Adds a target.</summary>
    public void Add(SmArchitecture target)
    {
        if (!_targets.Contains(target))
        {
            _targets.Add(target);
        }
    }
}
