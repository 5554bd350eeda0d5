namespace CudaArch.Analyzers.Catalog;

/// <summary>A name, or a pattern in which <c>*</c> stands for any characters. Case matters in a name, as it does for exports, but not in a pattern.</summary>
internal sealed class NamePattern
{
    private readonly string[] _parts;

    public NamePattern(string text)
    {
        Text = text;
        _parts = text.Split('*');
    }

    /// <summary>The pattern as written.</summary>
    public string Text { get; }

    /// <summary>Whether the pattern is one name.</summary>
    public bool IsExact => _parts.Length == 1;

    /// <summary>Whether a name fits.</summary>
    public bool Matches(string name)
    {
        if (IsExact)
        {
            return name == Text;
        }

        string first = _parts[0], last = _parts[_parts.Length - 1];
        if (name.Length < first.Length + last.Length
            || !name.StartsWith(first, StringComparison.OrdinalIgnoreCase)
            || !name.EndsWith(last, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        // Each part between two asterisks as early as possible.
        int position = first.Length, end = name.Length - last.Length;
        for (int i = 1; i < _parts.Length - 1; i++)
        {
            int found = name.IndexOf(_parts[i], position, end - position, StringComparison.OrdinalIgnoreCase);
            if (found < 0)
            {
                return false;
            }

            position = found + _parts[i].Length;
        }

        return true;
    }
}
