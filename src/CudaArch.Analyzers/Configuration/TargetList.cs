using System.Collections.Immutable;
using CudaArch.Architectures;

namespace CudaArch.Analyzers.Configuration;

/// <summary>The targets that a user wrote, and what of the text is not one.</summary>
internal sealed class TargetList
{
    private static readonly char[] Separators = [';', ',', ' ', '\t', '\r', '\n'];

    private TargetList(ImmutableArray<SmArchitecture> targets, ImmutableArray<string> unknown)
    {
        Targets = targets;
        Unknown = unknown;
    }

    /// <summary>What is assumed when nothing is written.</summary>
    public static TargetList Default { get; } = new(ImmutableArray.Create(ArchitectureCatalog.DefaultTarget), ImmutableArray<string>.Empty);

    /// <summary>The targets in the order written, each once; never empty.</summary>
    public ImmutableArray<SmArchitecture> Targets { get; }

    /// <summary>The parts of the text that name no known architecture, as written.</summary>
    public ImmutableArray<string> Unknown { get; }

    /// <summary>Reads <c>sm_121</c> or <c>sm_90;sm_121</c>, separated by semicolons, commas or blanks. Text without a target means the default.</summary>
    public static TargetList Parse(string text)
    {
        var targets = ImmutableArray.CreateBuilder<SmArchitecture>();
        var unknown = ImmutableArray.CreateBuilder<string>();
        foreach (string name in text.Split(Separators, StringSplitOptions.RemoveEmptyEntries))
        {
            if (!SmArchitecture.TryParse(name.AsSpan(), out SmArchitecture target) || !ArchitectureCatalog.IsKnown(target))
            {
                unknown.Add(name);
            }
            else if (!targets.Contains(target))
            {
                targets.Add(target);
            }
        }

        if (targets.Count == 0)
        {
            targets.AddRange(Default.Targets);
        }

        return new(targets.ToImmutable(), unknown.ToImmutable());
    }
}
