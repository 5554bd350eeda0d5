using CudaArch.Architectures;
using CudaArch.Features;

namespace CudaArch.Core.Tests.Features;

public class FeatureCatalogTests
{
    [Theory]
    [InlineData("tcgen05", FeatureSupport.Unsupported, "sm_100a/f, sm_103a/f, sm_107a/f, sm_110a/f")]
    [InlineData("wgmma", FeatureSupport.Unsupported, "sm_90a")]
    [InlineData("mma.block_scale.fp4", FeatureSupport.NeedsFamilySuffix, "sm_120a/f, sm_121a/f")]
    [InlineData("mma.block_scale.fp4.sparse", FeatureSupport.NeedsArchitectureSuffix, "sm_120a, sm_121a")]
    [InlineData("cluster", FeatureSupport.Baseline, "sm_90 and later")]
    [InlineData("shared_memory.228k", FeatureSupport.Unsupported, "sm_90, sm_100, sm_103, sm_107, sm_110")]
    public void A_feature_knows_who_has_it(string id, FeatureSupport onSpark, string architectures)
    {
        CudaFeature feature = FeatureCatalog.Find(id)!;
        Assert.Equal(onSpark, feature.SupportOn(SmArchitecture.Parse("sm_121")));
        Assert.Equal(onSpark, feature.SupportOn(SmArchitecture.Parse("sm_121a")));
        Assert.Equal(architectures, feature.Architectures);
    }

    [Fact]
    public void Every_row_says_what_it_is_and_where_it_comes_from()
    {
        Assert.All(FeatureCatalog.All, feature =>
        {
            Assert.NotEmpty(feature.Title);
            Assert.NotEmpty(feature.Source);

            // Some libraries name what they offer nowhere; such a row says so outright.
            Assert.Equal(feature.Availability.Text == "none", feature.Architectures == "no architecture");
            Assert.Same(feature, FeatureCatalog.Find(feature.Id));
        });
        Assert.Null(FeatureCatalog.Find("no.such.feature"));
    }

    [Fact]
    public void A_suffix_never_takes_a_feature_away()
    {
        foreach (CudaFeature feature in FeatureCatalog.All)
        {
            foreach (ArchitectureInfo info in ArchitectureCatalog.All)
            {
                SmArchitecture[] targets = [.. Enum.GetValues<ArchitectureVariant>().Order().Select(info.Architecture.With).Where(ArchitectureCatalog.IsKnown)];
                Assert.Equal(targets.Select(feature.IsAvailableOn).Order(), targets.Select(feature.IsAvailableOn));
            }
        }
    }

    [Theory]
    [InlineData("100x@8.6")]
    [InlineData(">=90a")]
    [InlineData("")]
    [InlineData("90@eight")]
    public void A_malformed_availability_is_refused(string text) => Assert.Throws<FormatException>(() => FeatureAvailability.Parse(text));
}
