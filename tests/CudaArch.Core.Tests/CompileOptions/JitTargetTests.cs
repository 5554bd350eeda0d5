using CudaArch.Architectures;
using CudaArch.CompileOptions;

namespace CudaArch.Core.Tests.CompileOptions;

public class JitTargetTests
{
    [Theory]
    [InlineData("sm_75", 75)]
    [InlineData("sm_90a", 65626)]
    [InlineData("sm_100a", 65636)]
    [InlineData("sm_100f", 131172)]
    [InlineData("sm_121", 121)]
    [InlineData("sm_121a", 65657)]
    [InlineData("sm_121f", 131193)]
    public void Values_are_those_of_the_header(string architecture, int value)
    {
        Assert.Equal(value, JitTarget.ValueOf(SmArchitecture.Parse(architecture)));
        Assert.True(JitTarget.TryGetArchitecture(value, out SmArchitecture read));
        Assert.Equal(SmArchitecture.Parse(architecture), read);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    [InlineData(-1)]
    [InlineData(65536)]
    [InlineData(0x30000 + 90)]
    [InlineData(long.MaxValue)]
    public void Other_values_are_none(long value) => Assert.False(JitTarget.TryGetArchitecture(value, out _));

    [Theory]
    [InlineData("CU_TARGET_COMPUTE_100A", "sm_100a", "CU_TARGET_COMPUTE_121A")]
    [InlineData("Compute_100A", "sm_100a", "Compute_121A")]
    [InlineData("Compute_90", "sm_90", "Compute_121")]
    [InlineData("Compute100f", "sm_100f", "Compute121f")]
    public void Members_are_read_and_respelled(string member, string architecture, string respelled)
    {
        Assert.True(JitTarget.TryParseMember(member, out SmArchitecture read));
        Assert.Equal(SmArchitecture.Parse(architecture), read);
        Assert.Equal(respelled, JitTarget.Respell(member, ArchitectureCatalog.DefaultTarget));
    }

    [Theory]
    [InlineData("CU_COMPUTE_ACCELERATED_TARGET_BASE")]
    [InlineData("ComputeCapability")]
    [InlineData("Recompute_90")]
    [InlineData("COMPUTE_9_0")]
    [InlineData("")]
    public void Other_members_are_none(string member) => Assert.False(JitTarget.TryParseMember(member, out _));
}
