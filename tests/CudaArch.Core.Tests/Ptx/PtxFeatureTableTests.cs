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
}
