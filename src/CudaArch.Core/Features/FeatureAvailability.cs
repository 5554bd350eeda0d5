using System.Globalization;
using CudaArch.Architectures;

namespace CudaArch.Features;

/// <summary>
/// The targets that have a feature, and the lowest PTX version under which each of them takes it. Written as clauses with <c>;</c> between them:
/// <list type="bullet">
/// <item><c>&gt;=90@7.8</c>: from 9.0 on, whatever the suffix, from PTX 7.8 on;</item>
/// <item><c>100f@8.6</c>: the family of 10.0 from 10.0 on, compiled as <c>f</c> or <c>a</c>;</item>
/// <item><c>121a</c>: exactly this architecture-specific target;</item>
/// <item><c>90</c> and <c>90-103</c>: these numbers, whatever the suffix;</item>
/// <item><c>&gt;=70@..6.3</c>: only up to a PTX version;</item>
/// <item><c>all</c>: every target; <c>none</c>: no target.</item>
/// </list>
/// A target never has a feature before its own first PTX version. Where several clauses hold, the lowest version counts.
/// </summary>
public sealed class FeatureAvailability
{
    private readonly Clause[] _clauses;

    private FeatureAvailability(string text, Clause[] clauses)
    {
        Text = text;
        _clauses = clauses;
    }

    /// <summary>The clauses as they were written.</summary>
    public string Text { get; }

    /// <summary>Reads the clauses.</summary>
    /// <exception cref="FormatException">A clause is none of the forms above.</exception>
    public static FeatureAvailability Parse(string text) =>
        new(text, [.. text.Split(';').Select(clause => Clause.Parse(clause.Trim())).Where(clause => clause.Kind != ClauseKind.None)]);

    /// <summary>Whether a target has the feature under some PTX version.</summary>
    public bool Includes(SmArchitecture target)
    {
        foreach (Clause clause in _clauses)
        {
            if (clause.Includes(target) && (clause.To is not { } last || FirstVersionOf(target) <= last))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a target has the feature under a PTX version.</summary>
    public bool Includes(SmArchitecture target, PtxVersion version)
    {
        foreach (Clause clause in _clauses)
        {
            if (clause.Includes(target) && version >= clause.From && (clause.To is not { } last || version <= last))
            {
                return version >= FirstVersionOf(target);
            }
        }

        return false;
    }

    /// <summary>The lowest PTX version under which a target has the feature; null when it has it under none.</summary>
    public PtxVersion? FirstVersionOn(SmArchitecture target)
    {
        PtxVersion own = FirstVersionOf(target);
        PtxVersion? lowest = null;
        foreach (Clause clause in _clauses)
        {
            PtxVersion from = clause.From < own ? own : clause.From;
            if (clause.Includes(target) && (clause.To is not { } last || from <= last) && (lowest is not { } known || from < known))
            {
                lowest = from;
            }
        }

        return lowest;
    }

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static PtxVersion FirstVersionOf(SmArchitecture target) => ArchitectureCatalog.Find(target)?.FirstPtxVersionOf(target.Variant) ?? default;

    private enum ClauseKind
    {
        None,
        Numbers,
        Family,
        Exact,
    }

    private readonly struct Clause
    {
        private Clause(ClauseKind kind, SmArchitecture low, SmArchitecture high, PtxVersion from, PtxVersion? to)
        {
            Kind = kind;
            Low = low;
            High = high;
            From = from;
            To = to;
        }

        public ClauseKind Kind { get; }

        public SmArchitecture Low { get; }

        public SmArchitecture High { get; }

        public PtxVersion From { get; }

        public PtxVersion? To { get; }

        public bool Includes(SmArchitecture target) => Kind switch
        {
            ClauseKind.Numbers => Low.Number <= target.Number && target.Number <= High.Number,
            ClauseKind.Exact => target.Variant == ArchitectureVariant.ArchitectureSpecific && Compatibility.AssemblerAccepts(Low, target),
            ClauseKind.Family => target.Variant != ArchitectureVariant.Baseline && Compatibility.AssemblerAccepts(Low, target),
            _ => false,
        };

        public static Clause Parse(string text)
        {
            PtxVersion from = default;
            PtxVersion? to = null;
            string set = text;
            int at = text.IndexOf('@');
            if (at >= 0)
            {
                set = text.Substring(0, at);
                string versions = text.Substring(at + 1);
                int dots = versions.IndexOf("..", StringComparison.Ordinal);
                from = dots == 0 ? default : PtxVersion.Parse(dots < 0 ? versions : versions.Substring(0, dots));
                to = dots < 0 ? null : PtxVersion.Parse(versions.Substring(dots + 2));
            }

            if (set == "none")
            {
                return default;
            }

            SmArchitecture lowest = new(1, 0), highest = new(99, 9);
            if (set == "all")
            {
                return new Clause(ClauseKind.Numbers, lowest, highest, from, to);
            }

            if (set.StartsWith(">=", StringComparison.Ordinal))
            {
                return new Clause(ClauseKind.Numbers, Plain(set.Substring(2), text), highest, from, to);
            }

            int dash = set.IndexOf('-');
            if (dash > 0)
            {
                return new Clause(ClauseKind.Numbers, Plain(set.Substring(0, dash), text), Plain(set.Substring(dash + 1), text), from, to);
            }

            SmArchitecture named = Named(set, text);
            return named.Variant switch
            {
                ArchitectureVariant.Baseline => new Clause(ClauseKind.Numbers, named, named, from, to),
                ArchitectureVariant.FamilySpecific => new Clause(ClauseKind.Family, named, named, from, to),
                _ => new Clause(ClauseKind.Exact, named, named, from, to),
            };
        }

        private static SmArchitecture Plain(string name, string clause)
        {
            SmArchitecture architecture = Named(name, clause);
            return architecture.Variant == ArchitectureVariant.Baseline ? architecture : throw Malformed(clause);
        }

        private static SmArchitecture Named(string name, string clause) =>
            SmArchitecture.TryParse(name.AsSpan(), out SmArchitecture architecture) ? architecture : throw Malformed(clause);

        private static FormatException Malformed(string clause) =>
            new(string.Format(CultureInfo.InvariantCulture, "'{0}' is no availability; write it like >=90@7.8, 100f@8.6, 121a or 90-103.", clause));
    }
}
