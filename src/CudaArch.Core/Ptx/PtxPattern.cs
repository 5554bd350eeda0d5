using CudaArch.Features;

namespace CudaArch.Ptx;

/// <summary>
/// A row of <c>ptx-patterns.csv</c>: which instructions and directives need a feature. Columns, all conditions of a row together:
/// <list type="bullet">
/// <item><c>opcode</c>: the leading parts, <c>cp.async.bulk.tensor</c>; a directive with its dot, <c>.reg</c>; a special register, <c>%clusterid</c>;</item>
/// <item><c>with</c>: names of which each is among the later parts, in whatever order;</item>
/// <item><c>without</c>: names of which none is among them;</item>
/// <item><c>types</c>: the types in the order they stand, <c>*</c> for any;</item>
/// <item><c>operands</c>: <c>4</c> or <c>&gt;=5</c> operands, <c>2=13</c> (operand 2, from 0, is this number), <c>0:Pair</c> (its shape), <c>3:Predicate</c> (a predicate register), <c>0~word</c> (it contains this).</item>
/// </list>
/// A name may list alternatives with <c>|</c> and end in <c>*</c>.
/// </summary>
internal sealed class PtxPattern
{
    private readonly PtxName[] _opcode, _with, _without, _types;
    private readonly PtxOperandCondition[] _operands;

    public PtxPattern(IReadOnlyDictionary<string, string> row)
    {
        Feature = FeatureCatalog.Find(row["feature"])
            ?? throw new InvalidOperationException($"ptx-patterns.csv: there is no feature '{row["feature"]}'.");
        string opcode = row["opcode"];
        bool directive = opcode[0] == '.';
        _opcode = [.. opcode.Substring(directive ? 1 : 0).Split('.').Select(PtxName.Parse)];
        IsDirective = directive;
        _with = Names(row["with"]);
        _without = Names(row["without"]);
        _types = Names(row["types"]);
        _operands = [.. Words(row["operands"]).Select(PtxOperandCondition.Parse)];
    }

    /// <summary>What a match needs.</summary>
    public CudaFeature Feature { get; }

    /// <summary>Whether it speaks of a directive.</summary>
    public bool IsDirective { get; }

    /// <summary>The first parts that it can match: mnemonics, directives without the dot, or special registers with their percent sign.</summary>
    public IReadOnlyList<string> Heads => _opcode[0].Alternatives;

    /// <summary>Whether it depends on operands beside the opcode.</summary>
    public bool HasOperandConditions => _operands.Length > 0;

    public bool Matches(ReadOnlySpan<char> text, PtxStatement statement, PtxRegisters registers)
    {
        if (!MatchesOpcode(text, statement))
        {
            return false;
        }

        foreach (PtxOperandCondition condition in _operands)
        {
            if (!condition.Holds(text, statement, registers))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether a statement fits whose operands are as they should be.</summary>
    public bool MatchesOpcode(ReadOnlySpan<char> text, PtxStatement statement)
    {
        ReadOnlySpan<PtxSpan> parts = statement.Parts;
        if (parts.Length < _opcode.Length || statement.IsDirective != IsDirective)
        {
            return false;
        }

        for (int i = 0; i < _opcode.Length; i++)
        {
            if (!_opcode[i].Matches(text.Slice(parts[i].Start, parts[i].Length)))
            {
                return false;
            }
        }

        ReadOnlySpan<PtxSpan> rest = parts.Slice(_opcode.Length);
        foreach (PtxName name in _with)
        {
            if (!IsAmong(name, text, rest))
            {
                return false;
            }
        }

        foreach (PtxName name in _without)
        {
            if (IsAmong(name, text, rest))
            {
                return false;
            }
        }

        return _types.Length == 0 || TypesMatch(text, rest);
    }

    private static bool IsAmong(PtxName name, ReadOnlySpan<char> text, ReadOnlySpan<PtxSpan> parts)
    {
        foreach (PtxSpan part in parts)
        {
            if (name.Matches(text.Slice(part.Start, part.Length)))
            {
                return true;
            }
        }

        return false;
    }

    private bool TypesMatch(ReadOnlySpan<char> text, ReadOnlySpan<PtxSpan> parts)
    {
        int matched = 0;
        foreach (PtxSpan part in parts)
        {
            ReadOnlySpan<char> name = text.Slice(part.Start, part.Length);
            if (matched < _types.Length && PtxType.IsType(name))
            {
                if (!_types[matched].Matches(name))
                {
                    return false;
                }

                matched++;
            }
        }

        return matched == _types.Length;
    }

    private static PtxName[] Names(string field) => [.. Words(field).Select(PtxName.Parse)];

    private static string[] Words(string field) => field.Split([' '], StringSplitOptions.RemoveEmptyEntries);
}
