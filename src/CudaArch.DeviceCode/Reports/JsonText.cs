using System.Globalization;

namespace CudaArch.DeviceCode.Reports;

/// <summary>Writes indented JSON, without a library that a build task would have to bring along in the version that its host happens to have.</summary>
internal sealed class JsonText(TextWriter output)
{
    private readonly Stack<bool> _hasEntries = new();

    /// <summary>Renders a whole text: one object, and a line end.</summary>
    /// <param name="write">Writes the object.</param>
    public static string Render(Action<TextWriter> write)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        write(text);
        return text.ToString();
    }

    /// <summary>Writes the object that a text consists of, and a line end.</summary>
    /// <param name="fields">Writes its fields.</param>
    public void Whole(Action fields)
    {
        Object(null, fields);
        output.Write('\n');
    }

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
            output.Write("null");
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
        output.Write(value.ToString(CultureInfo.InvariantCulture));
    }

    private void Nest(string? name, char open, char close, Action content)
    {
        Begin(name);
        output.Write(open);
        _hasEntries.Push(false);
        content();
        if (_hasEntries.Pop())
        {
            NewLine();
        }

        output.Write(close);
    }

    private void Begin(string? name)
    {
        if (_hasEntries.Count > 0)
        {
            if (_hasEntries.Pop())
            {
                output.Write(',');
            }

            _hasEntries.Push(true);
            NewLine();
        }

        if (name is not null)
        {
            Quote(name);
            output.Write(": ");
        }
    }

    private void NewLine()
    {
        output.Write('\n');
        for (int i = 0; i < _hasEntries.Count; i++)
        {
            output.Write("  ");
        }
    }

    private void Quote(string value)
    {
        output.Write('"');
        for (int i = 0; i < value.Length; i++)
        {
            char c = value[i];
            switch (c)
            {
                case '"' or '\\':
                    output.Write('\\');
                    output.Write(c);
                    break;
                case '\n':
                    output.Write("\\n");
                    break;

                // Names come from files: half of a surrogate pair cannot be written as UTF-8.
                case < ' ' or '\u007f' or '\u2028' or '\u2029':
                case var _ when char.IsSurrogate(c) && !IsPair(value, i):
                    output.Write("\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture));
                    break;
                default:
                    output.Write(c);
                    break;
            }
        }

        output.Write('"');
    }

    private static bool IsPair(string value, int i) =>
        char.IsHighSurrogate(value[i]) ? i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]) : i > 0 && char.IsHighSurrogate(value[i - 1]);
}
