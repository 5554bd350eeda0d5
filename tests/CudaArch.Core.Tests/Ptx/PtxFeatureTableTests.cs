using CudaArch.Architectures;
using CudaArch.Ptx;

namespace CudaArch.Core.Tests.Ptx;

/// <summary>Our answer equals the assembler's for every measured snippet on every target: whether it is taken, and from which PTX version on.</summary>
public class PtxFeatureTableTests
{
    private static readonly string[] NoTargets = ["feature", "snippet", "min_ptx"];

    [Fact]
    public void Every_cell_of_the_measured_features_is_ours()
    {
        IReadOnlyList<IReadOnlyDictionary<string, string>> rows = Table.Read("tables/ptx-features.csv");
        Assert.Equal(574, rows.Count);
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
                    wrong.Add($"{row["feature"]} on {target}: measured '{row[target]}', ours '{ours}'");
                }
            }
        }

        Assert.Equal(574 * 26, cells);
        Assert.Empty(wrong);
    }
}
