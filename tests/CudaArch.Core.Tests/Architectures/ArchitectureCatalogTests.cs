using CudaArch.Architectures;

namespace CudaArch.Core.Tests.Architectures;

public class ArchitectureCatalogTests
{
    [Fact]
    public void A_target_begins_with_the_measured_PTX_version()
    {
        int compared = 0;
        foreach (IReadOnlyDictionary<string, string> row in Table.Read("tables/ptx-target-versions.csv"))
        {
            SmArchitecture target = SmArchitecture.Parse(row["target"]);

            // Names before Maxwell and sm_82 stand for no device of the catalog.
            if (ArchitectureCatalog.Find(target) is { } info)
            {
                compared++;
                Assert.Equal(PtxVersion.Parse(row["lowest_13.5.37"]), info.FirstPtxVersionOf(target.Variant));
                Assert.True(ArchitectureCatalog.IsKnown(target));
            }
        }

        Assert.Equal(37, compared);
    }

    [Theory]
    [InlineData("sm_89a")]
    [InlineData("sm_90f")]
    [InlineData("sm_122")]
    [InlineData("sm_99")]
    public void A_name_that_no_assembler_takes_is_not_known(string name) => Assert.False(ArchitectureCatalog.IsKnown(SmArchitecture.Parse(name)));
}
