using CudaArch.Data;
using CudaArch.Features;

namespace CudaArch.Ptx;

/// <summary>The table <c>ptx-patterns.csv</c>: which feature an instruction, a directive or a special register needs.</summary>
internal static class PtxPatterns
{
    private static readonly PtxNameTable<PtxPattern[]> ByHead = Load(register: false);
    private static readonly PtxNameTable<PtxPattern[]> ByRegister = Load(register: true);
    private static readonly PtxPattern[] OfAnyHead = ByHead.TryFind("*".AsSpan(), out PtxPattern[] patterns) ? patterns : [];

    /// <summary>Adds the features that a statement needs to a list, each once.</summary>
    public static void FindFeatures(ReadOnlySpan<char> text, PtxStatement statement, PtxRegisters registers, List<CudaFeature> features)
    {
        PtxSpan head = statement.Parts[0];
        if (ByHead.TryFind(text.Slice(head.Start, head.Length), out PtxPattern[] patterns))
        {
            Match(patterns, text, statement, registers, features);
        }

        Match(OfAnyHead, text, statement, registers, features);
        foreach (PtxSpan name in statement.PercentNames)
        {
            // In inline asm the percent sign of a register is doubled.
            int doubled = name.Length > 1 && text[name.Start + 1] == '%' ? 1 : 0;
            if (OfRegister(text.Slice(name.Start + doubled, name.Length - doubled)) is { } feature && !features.Contains(feature))
            {
                features.Add(feature);
            }
        }
    }

    /// <summary>The feature that a special register needs, by its name with the percent sign; null when it needs none.</summary>
    public static CudaFeature? OfRegister(ReadOnlySpan<char> name) => ByRegister.TryFind(name, out PtxPattern[] patterns) ? patterns[0].Feature : null;

    /// <summary>What a statement needs by its opcode alone.</summary>
    /// <param name="text">The text.</param>
    /// <param name="statement">The statement; its operands play no part.</param>
    /// <param name="dependsOnOperands">Whether it can need more by its operands.</param>
    public static CudaFeature[] OfOpcode(ReadOnlySpan<char> text, PtxStatement statement, out bool dependsOnOperands)
    {
        var features = new List<CudaFeature>();
        dependsOnOperands = false;
        PtxSpan head = statement.Parts[0];
        PtxPattern[] patterns = ByHead.TryFind(text.Slice(head.Start, head.Length), out PtxPattern[] known) ? known : [];
        foreach (PtxPattern[] list in new[] { patterns, OfAnyHead })
        {
            foreach (PtxPattern pattern in list)
            {
                if (pattern.MatchesOpcode(text, statement))
                {
                    dependsOnOperands |= pattern.HasOperandConditions;
                    if (!pattern.HasOperandConditions && !features.Contains(pattern.Feature))
                    {
                        features.Add(pattern.Feature);
                    }
                }
            }
        }

        return [.. features];
    }

    private static void Match(PtxPattern[] patterns, ReadOnlySpan<char> text, PtxStatement statement, PtxRegisters registers, List<CudaFeature> features)
    {
        foreach (PtxPattern pattern in patterns)
        {
            if (pattern.Matches(text, statement, registers) && !features.Contains(pattern.Feature))
            {
                features.Add(pattern.Feature);
            }
        }
    }

    private static PtxNameTable<PtxPattern[]> Load(bool register) =>
        new(EmbeddedCsv.Read("ptx-patterns.csv")
            .Where(row => row["opcode"][0] == '%' == register)
            .Select(row => new PtxPattern(row))
            .SelectMany(pattern => pattern.Heads, (pattern, head) => (head, pattern))
            .GroupBy(pair => pair.head, pair => pair.pattern, StringComparer.Ordinal)
            .Select(group => new KeyValuePair<string, PtxPattern[]>(group.Key, [.. group])));
}
