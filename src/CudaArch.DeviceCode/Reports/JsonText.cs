using System.Globalization;
using System.Text;

namespace CudaArch.DeviceCode.Reports;

/// <summary>Writes indented JSON, without a library that a build task would have to bring along in the version that its host happens to have.</summary>
internal sealed class JsonText
{
    private readonly StringBuilder _text = new();
    private readonly Stack<bool> _hasEntries = new();

    /// <inheritdoc/>
    public override string ToString() => _text.Append('\n').ToString();

    /// <summary>Writes an object.</summary>
    /// <param name="name">Its field's name; null in an array, and for the whole.</param>
    /// <param name="fields">Writes its fields.</param>
    public void Object(string? name, Action fields) => Nest(name, '{', '}', fields);

    /// <summary>Writes an array.</summary>
    public void Array<T>(string name, IEnumerable<T> items, Action<T> write) => Nest(name, '[', ']', () =>
    {
        foreach (T item in items)
        {
            write(item);
        }
    });

    /// <summary>Writes an array of strings.</summary>
    public void Array(string name, IEnumerable<string> items) => Array(name, items, item => Value(null, item));

    /// <summary>Writes a string, or null.</summary>
    public void Value(string? name, string? value)
    {
        Begin(name);
        if (value is null)
        {
            _text.Append("null");
        }
        else
        {
            Quote(value);
        }
    }

    /// <summary>Writes a number.</summary>
    public void Value(string? name, long value)
    {
        Begin(name);
        _text.Append(value.ToString(CultureInfo.InvariantCulture));
    }

    private void Nest(string? name, char open, char close, Action content)
    {
        Begin(name);
        _text.Append(open);
        _hasEntries.Push(false);
        content();
        if (_hasEntries.Pop())
        {
            NewLine();
        }

        _text.Append(close);
    }

    private void Begin(string? name)
    {
        if (_hasEntries.Count > 0)
        {
            if (_hasEntries.Pop())
            {
                _text.Append(',');
            }

            _hasEntries.Push(true);
            NewLine();
        }

        if (name is not null)
        {
            Quote(name);
            _text.Append(": ");
        }
    }

    private void NewLine() => _text.Append('\n').Append(' ', 2 * _hasEntries.Count);

    private void Quote(string value)
    {
        _text.Append('"');
        for (int i = 0; i < value.Length; i++)
        {
            char c = value[i];
            switch (c)
            {
                case '"' or '\\':
                    _text.Append('\\').Append(c);
                    break;
                case '\n':
                    _text.Append("\\n");
                    break;

                // Names come from files: half of a surrogate pair cannot be written as UTF-8.
                case < ' ' or '\u007f' or '\u2028' or '\u2029':
                case var _ when char.IsSurrogate(c) && !IsPair(value, i):
                    _text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
                    break;
                default:
                    _text.Append(c);
                    break;
            }
        }

        _text.Append('"');
    }

    private static bool IsPair(string value, int i) =>
        char.IsHighSurrogate(value[i]) ? i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]) : i > 0 && char.IsHighSurrogate(value[i - 1]);
}
