using System.Collections.Concurrent;
using CudaArch.Architectures;
using CudaArch.Ptx;

namespace CudaArch.Core.Tests.Ptx;

/// <summary>Our answer equals the assembler's for every measured snippet on every target: whether it is taken, and from which PTX version on.</summary>
public class PtxFeatureTableTests
{
    private static readonly string[] NoTargets = ["feature", "snippet", "min_ptx"];

    /// <summary>The features table, and 1241 other spellings, types, shapes and compositions, asked of the same assembler for the same targets.</summary>
    [Theory]
    [InlineData("tables/ptx-features.csv", 574)]
    [InlineData("tables/ptx-variants.csv", 1241)]
    public void Every_measured_cell_is_ours(string table, int count)
    {
        IReadOnlyList<IReadOnlyDictionary<string, string>> rows = Table.Read(table);
        Assert.Equal(count, rows.Count);
        var wrong = new List<string>();
        int cells = 0;
        foreach (IReadOnlyDictionary<string, string> row in rows)
        {
            string text = Snippet.InModule(row["snippet"]);
            foreach (string target in row.Keys.Except(NoTargets))
            {
                cells++;
                string ours = PtxAnalyzer.LowestVersion(text, SmArchitecture.Parse(target))?.ToString() ?? "";
                if (ours != row[target])
                {
                    wrong.Add($"{row["snippet"]} on {target}: measured '{row[target]}', ours '{ours}'");
                }
            }
        }

        Assert.Equal(count * 26, cells);
        Assert.Empty(wrong);
    }

    /// <summary>
    /// Random changes of the measured snippets: modifiers dropped, added, exchanged and put in another order, operands too, as far as the assembler takes them for any target
    /// at all. A target outside a row's list refuses its text.
    /// </summary>
    [Fact]
    public void Every_random_text_runs_where_the_assembler_takes_it()
    {
        string[] targets = "75 80 86 89 90 90a 100 100a 100f 103a 103f 107a 107f 110a 110f 120 120a 120f 121 121a 121f".Split(' ');
        IReadOnlyList<IReadOnlyDictionary<string, string>> rows = Table.Read("tables/ptx-random.csv");
        Assert.Equal(3123, rows.Count);
        var wrong = new ConcurrentQueue<string>();
        Parallel.ForEach(rows, row =>
        {
            string[] taken = row["targets"].Split(' ');
            foreach (string target in targets)
            {
                bool ours = PtxAnalyzer.Analyze(Snippet.InKernel(row["snippet"], target), SmArchitecture.Parse(target)).LoadsAsWritten;
                if (ours != taken.Contains(target))
                {
                    wrong.Enqueue($"{row["snippet"]} on {target}: ours {ours}");
                }
            }
        });
        Assert.Empty(wrong);
    }
}
