namespace CudaArch.Architectures;

/// <summary>The targets that a user wrote, in a property or an option, and what of the text is not one.</summary>
public sealed class TargetList
{
    private static readonly char[] Separators = [';', ',', ' ', '\t', '\r', '\n'];

    private TargetList(IReadOnlyList<SmArchitecture> targets, IReadOnlyList<string> unknown)
    {
        Targets = targets;
        Unknown = unknown;
    }

    /// <summary>What is assumed when nothing is written.</summary>
    public static TargetList Default { get; } = new([ArchitectureCatalog.DefaultTarget], []);

    /// <summary>The targets in the order written, each once; never empty.</summary>
    public IReadOnlyList<SmArchitecture> Targets { get; }

    /// <summary>The parts of the text that name no known architecture, as written.</summary>
    public IReadOnlyList<string> Unknown { get; }

    /// <summary>Reads <c>sm_121</c> or <c>sm_90;sm_121</c>, separated by semicolons, commas or blanks. Text without a target means the default.</summary>
    public static TargetList Parse(string? text)
    {
        var targets = new List<SmArchitecture>();
        var unknown = new List<string>();
        foreach (string name in (text ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries))
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

        return new(targets.Count > 0 ? targets : Default.Targets, unknown);
    }
}
