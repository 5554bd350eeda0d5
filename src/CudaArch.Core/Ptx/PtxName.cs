namespace CudaArch.Ptx;

/// <summary>A name in a pattern: alternatives with <c>|</c>, each exact or a beginning with <c>*</c>.</summary>
internal readonly struct PtxName
{
    private readonly string[] _alternatives;

    private PtxName(string[] alternatives)
    {
        _alternatives = alternatives;
    }

    public IReadOnlyList<string> Alternatives => _alternatives;

    public static PtxName Parse(string text) => new(text.Split('|'));

    public bool Matches(ReadOnlySpan<char> name)
    {
        foreach (string alternative in _alternatives)
        {
            int fixedLength = alternative.Length - 1;
            bool matches = alternative[fixedLength] == '*'
                ? name.StartsWith(alternative.AsSpan(0, fixedLength), StringComparison.Ordinal)
                : name.SequenceEqual(alternative.AsSpan());
            if (matches)
            {
                return true;
            }
        }

        return false;
    }
}
