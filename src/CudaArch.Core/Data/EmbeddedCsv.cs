using System.Text;

namespace CudaArch.Data;

/// <summary>Reads the tables that are embedded in this assembly: RFC 4180, first line the column names, <c>#</c> lines skipped.</summary>
internal static class EmbeddedCsv
{
    /// <summary>The rows of an embedded table, each a map from column name to field.</summary>
    /// <exception cref="InvalidOperationException">There is no such table, or a row has another number of fields than the first line.</exception>
    public static IEnumerable<IReadOnlyDictionary<string, string>> Read(string name)
    {
        using Stream stream = typeof(EmbeddedCsv).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The table {name} is not embedded.");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        string[]? columns = null;
        int line = 0;
        while (reader.ReadLine() is { } text)
        {
            line++;
            if (text.Length == 0 || text[0] == '#')
            {
                continue;
            }

            string[] fields = SplitLine(text);
            if (columns is null)
            {
                columns = fields;
                continue;
            }

            if (fields.Length != columns.Length)
            {
                throw new InvalidOperationException($"{name}, line {line}: {fields.Length} fields, {columns.Length} expected.");
            }

            var row = new Dictionary<string, string>(columns.Length, StringComparer.Ordinal);
            for (int i = 0; i < columns.Length; i++)
            {
                row[columns[i]] = fields[i];
            }

            yield return row;
        }
    }

    private static string[] SplitLine(string line)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        bool quoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            if (c == '"')
            {
                if (quoted && i + 1 < line.Length && line[i + 1] == '"')
                {
                    field.Append('"');
                    i++;
                }
                else
                {
                    quoted = !quoted;
                }
            }
            else if (c == ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(c);
            }
        }

        fields.Add(field.ToString());
        return [.. fields];
    }
}
