using CudaArch.CudaCpp.Syntax;
using CudaArch.CudaCpp.Text;

namespace CudaArch.CudaCpp.Execution;

/// <content>Parameter packs: expansions and folds.</content>
internal sealed partial class Interpreter
{
    private const int MostExpansions = 256;

    // "pattern...": the values of the pattern for each element of the packs in it.
    private List<CppValue> Expanded(TokenRange pattern)
    {
        if (PacksIn(pattern).Count == 0)
        {
            CppValue value = Evaluate(pattern);
            return value is PackValue known ? [.. known.Values] : [value];
        }

        return ForEachElement(pattern, () => Evaluate(pattern));
    }

    private List<CppValue> ExpandedArguments(TokenRange pattern) => ForEachElement(pattern, () => TemplateArgument(pattern));

    private List<CppValue> ForEachElement(TokenRange pattern, Func<CppValue> read)
    {
        Dictionary<string, PackValue> packs = PacksIn(pattern);

        var values = new List<CppValue>();
        int count = Math.Min(MostExpansions, packs.Values.Max(pack => pack.Values.Count));
        for (int i = 0; i < count && Step(); i++)
        {
            foreach (KeyValuePair<string, PackValue> pack in packs)
            {
                _frame.Bind(pack.Key, i < pack.Value.Values.Count ? pack.Value.Values[i] : CppValue.Unknown);
            }

            values.Add(read());
        }

        foreach (KeyValuePair<string, PackValue> pack in packs)
        {
            _frame.Bind(pack.Key, pack.Value);
        }

        return values;
    }

    private Dictionary<string, PackValue> PacksIn(TokenRange pattern)
    {
        var packs = new Dictionary<string, PackValue>(StringComparer.Ordinal);
        for (int i = pattern.Start; i < pattern.End; i++)
        {
            if (_unit[i].Kind == CppTokenKind.Name && !packs.ContainsKey(_unit[i].Text) && _frame.Find(_unit[i].Text) is PackValue pack)
            {
                packs.Add(_unit[i].Text, pack);
            }
        }

        return packs;
    }

    // The index of the "..." of a fold; null when the range is none.
    private int? FoldIn(TokenRange range)
    {
        for (int i = range.Start; i < range.End; i = _unit.Behind(i, range.End))
        {
            if (_unit.Is(i, "..."))
            {
                return i;
            }
        }

        return null;
    }

    // "(pattern op ...)", "(... op pattern)", "(first op ... op pattern)".
    private CppValue Folded(TokenRange range, int dots)
    {
        string symbol = dots + 1 < range.End ? _unit[dots + 1].Text : dots > range.Start ? _unit[dots - 1].Text : "";
        List<CppValue> values = [];
        if (dots > range.Start + 1)
        {
            values.AddRange(Expanded(new TokenRange(range.Start, dots - 1)));
        }

        if (dots + 2 < range.End)
        {
            values.AddRange(Expanded(new TokenRange(dots + 2, range.End)));
        }

        switch (symbol)
        {
            case "&&" or "and":
                return values.Exists(value => value.Truth == false) ? CppValue.Of(false) : values.TrueForAll(value => value.Truth == true) ? CppValue.Of(true) : CppValue.Unknown;
            case "||" or "or":
                return values.Exists(value => value.Truth == true) ? CppValue.Of(true) : values.TrueForAll(value => value.Truth == false) ? CppValue.Of(false) : CppValue.Unknown;
            case "+" or "*" or "|" or "&" or "^" when values.Count > 0:
                return values.Aggregate((left, right) => CppArithmetic.Combine(symbol, left, right));
            default:
                return CppValue.Unknown;
        }
    }
}
