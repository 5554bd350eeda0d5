using CudaArch.CudaCpp.Execution;
using CudaArch.Features;

namespace CudaArch.CudaCpp.Headers;

/// <summary>A row of <c>header-names.csv</c>: functions or types of headers that need a feature.</summary>
internal sealed class HeaderName
{
    private readonly string[] _parts;
    private readonly string[] _words;
    private readonly string _use;

    public HeaderName(IReadOnlyDictionary<string, string> row)
    {
        _parts = row["name"].Split('*');
        _words = row["words"].Split(['|'], StringSplitOptions.RemoveEmptyEntries);
        _use = row["use"];
        Feature = FeatureCatalog.Find(row["feature"]) ?? throw new InvalidOperationException($"header-names.csv: there is no feature '{row["feature"]}'.");
        IsSoftwareElsewhere = row["fallback"] == "software";
    }

    /// <summary>What the name needs.</summary>
    public CudaFeature Feature { get; }

    /// <summary>Whether the header computes in plain code where the feature is missing.</summary>
    public bool IsSoftwareElsewhere { get; }

    /// <summary>Whether a full name is one of these.</summary>
    public bool IsNamed(string name)
    {
        if (_parts.Length == 1)
        {
            return name == _parts[0];
        }

        if (!name.StartsWith(_parts[0], StringComparison.Ordinal))
        {
            return false;
        }

        int at = _parts[0].Length;
        for (int i = 1; i < _parts.Length - 1; i++)
        {
            int found = name.IndexOf(_parts[i], at, StringComparison.Ordinal);
            if (found < 0)
            {
                return false;
            }

            at = found + _parts[i].Length;
        }

        string last = _parts[_parts.Length - 1];
        return name.Length - at >= last.Length && name.EndsWith(last, StringComparison.Ordinal);
    }

    /// <summary>Whether a use in a text is of this kind.</summary>
    public bool Matches(ReachedName use) =>
        IsNamed(use.Name)
        && _use switch { "call" => use.Kind == ReachedNameKind.Call, "construct" => use.Kind == ReachedNameKind.Construction, _ => true }
        && (_words.Length == 0 || _words.Any(word => use.Arguments.Any(argument => argument.EndsWith(word, StringComparison.Ordinal) || argument.Contains(word + "(") || argument.Contains(word + "{"))));
}
