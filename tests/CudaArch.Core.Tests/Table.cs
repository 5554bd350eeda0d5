using System.Collections.Concurrent;
using System.Text;
using CudaArch.Testing;

namespace CudaArch.Core.Tests;

/// <summary>Reads a committed table: first line the column names, fields may be quoted, also over several lines.</summary>
internal static class Table
{
    private static readonly ConcurrentDictionary<string, IReadOnlyList<IReadOnlyDictionary<string, string>>> Known = new();

    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Read(string fixture) => Known.GetOrAdd(fixture, Load);

    private static IReadOnlyList<IReadOnlyDictionary<string, string>> Load(string fixture)
    {
        List<List<string>> records = Records(File.ReadAllText(Fixtures.PathOf(fixture)));
        List<string> columns = records[0];
        return [.. records.Skip(1).Select(record => columns.Zip(record).ToDictionary(pair => pair.First, pair => pair.Second))];
    }

    private static List<List<string>> Records(string text)
    {
        var records = new List<List<string>>();
        var record = new List<string>();
        var field = new StringBuilder();
        bool quoted = false;
        foreach (char c in text.Replace("\r\n", "\n"))
        {
            if (c == '"')
            {
                // A doubled quote closes and opens again: the second one is a character of the field.
                if (!quoted && field.Length > 0)
                {
                    field.Append('"');
                }

                quoted = !quoted;
            }
            else if (c is ',' or '\n' && !quoted)
            {
                record.Add(field.ToString());
                field.Clear();
                if (c == '\n')
                {
                    records.Add(record);
                    record = [];
                }
            }
            else
            {
                field.Append(c);
            }
        }

        return records;
    }
}
