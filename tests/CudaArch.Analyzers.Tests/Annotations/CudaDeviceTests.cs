using CudaArch.Annotations;
using CudaArch.Architectures;
using CudaArch.Features;

namespace CudaArch.Analyzers.Tests.Annotations;

public sealed class CudaDeviceTests
{
    [Fact]
    public void At_run_time_every_feature_is_where_the_analyzer_takes_it_to_be()
    {
        foreach (SmArchitecture device in ArchitectureCatalog.All.Select(info => info.Architecture))
        {
            Assert.All(FeatureCatalog.All, feature => Assert.Equal(
                (feature.Id, feature.SupportOn(device) != FeatureSupport.Unsupported),
                (feature.Id, DeviceRules.Has(feature.Id, device.Major, device.Minor))));
        }
    }

    [Fact]
    public void At_run_time_code_runs_where_the_analyzer_takes_it_to_run()
    {
        foreach (SmArchitecture device in ArchitectureCatalog.All.Select(info => info.Architecture))
        {
            foreach (SmArchitecture built in ArchitectureCatalog.All.SelectMany(info =>
                Enum.GetValues<ArchitectureVariant>().Select(info.Architecture.With)).Where(ArchitectureCatalog.IsKnown))
            {
                bool runs = Compatibility.PtxLoads(built, device);
                Assert.Equal((built, device, runs), (built, device, DeviceRules.Runs(built.RealName, device.Major, device.Minor)));
                Assert.Equal(runs, DeviceRules.Runs("compute_" + built.ShortName, device.Major, device.Minor));
            }
        }
    }

    [Theory]
    [InlineData("no such feature")]
    [InlineData("")]
    public void What_is_no_feature_no_device_has(string feature) => Assert.False(DeviceRules.Has(feature, 12, 1));

    [Theory]
    [InlineData("")]
    [InlineData("sm_")]
    [InlineData("sm_1")]
    [InlineData("sm_90x")]
    [InlineData("sm_99999999999")]
    [InlineData("ampere")]
    public void What_is_no_architecture_runs_nowhere(string architecture) => Assert.False(DeviceRules.Runs(architecture, 12, 1));

    [Fact]
    public void Without_a_device_everything_is_false_and_nothing_throws()
    {
        // True on machines with a device, too: what it is then is its own answer.
        bool isThere = CudaDevice.ComputeCapabilityMajor > 0;
        Assert.Equal(isThere, CudaDevice.Supports("lop3"));
        Assert.Equal(isThere, CudaDevice.Runs("sm_50"));
        Assert.False(DeviceRules.Has("lop3", 0, 0));
        Assert.False(DeviceRules.Runs("sm_50", 0, 0));
    }
}
