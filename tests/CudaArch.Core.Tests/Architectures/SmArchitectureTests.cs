using CsCheck;
using CudaArch.Architectures;

namespace CudaArch.Core.Tests.Architectures;

public class SmArchitectureTests
{
    private static readonly Gen<SmArchitecture> Architectures =
        Gen.Select(Gen.Int[1, 99], Gen.Int[0, 9], Gen.Enum<ArchitectureVariant>(), (major, minor, variant) => new SmArchitecture(major, minor, variant));

    [Theory]
    [InlineData("sm_121", 12, 1, ArchitectureVariant.Baseline)]
    [InlineData("sm_121a", 12, 1, ArchitectureVariant.ArchitectureSpecific)]
    [InlineData("sm_120f", 12, 0, ArchitectureVariant.FamilySpecific)]
    [InlineData("compute_90a", 9, 0, ArchitectureVariant.ArchitectureSpecific)]
    [InlineData("COMPUTE_90A", 9, 0, ArchitectureVariant.ArchitectureSpecific)]
    [InlineData("lto_121", 12, 1, ArchitectureVariant.Baseline)]
    [InlineData("12.1", 12, 1, ArchitectureVariant.Baseline)]
    [InlineData("12.1a", 12, 1, ArchitectureVariant.ArchitectureSpecific)]
    [InlineData("121", 12, 1, ArchitectureVariant.Baseline)]
    [InlineData("75", 7, 5, ArchitectureVariant.Baseline)]
    public void A_name_is_read(string text, int major, int minor, ArchitectureVariant variant)
    {
        Assert.True(SmArchitecture.TryParse(text, out SmArchitecture architecture));
        Assert.Equal(new SmArchitecture(major, minor, variant), architecture);
    }

    [Theory]
    [InlineData("")]
    [InlineData("sm_")]
    [InlineData("sm_1")]
    [InlineData("sm_1211")]
    [InlineData("sm_121b")]
    [InlineData("sm-121")]
    [InlineData("sm_021")]
    [InlineData("12.")]
    [InlineData(".1")]
    [InlineData("12.10")]
    [InlineData(" sm_121")]
    public void Other_text_is_refused(string text)
    {
        Assert.False(SmArchitecture.TryParse(text, out _));
        Assert.Throws<FormatException>(() => SmArchitecture.Parse(text));
    }

    [Fact]
    public void Every_way_to_write_a_name_reads_back() => Architectures.Sample(architecture =>
        new[] { architecture.RealName, architecture.VirtualName, architecture.ShortName, architecture.ComputeCapability + architecture.Suffix }
            .All(name => SmArchitecture.Parse(name) == architecture));

    [Fact]
    public void Any_text_is_read_or_refused() => Gen.String.Sample(text =>
        !SmArchitecture.TryParse(text, out SmArchitecture architecture) || SmArchitecture.Parse(architecture.RealName) == architecture);
}
