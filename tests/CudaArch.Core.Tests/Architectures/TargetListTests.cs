using CudaArch.Architectures;

namespace CudaArch.Core.Tests.Architectures;

public sealed class TargetListTests
{
    [Theory]
    [InlineData("sm_121", "sm_121", "")]
    [InlineData("sm_90;sm_121", "sm_90 sm_121", "")]
    [InlineData(" sm_90 , compute_121a,,;", "sm_90 sm_121a", "")]
    [InlineData("12.1;121;sm_121", "sm_121", "")]
    [InlineData("sm_90;spark;sm_89a", "sm_90", "spark sm_89a")]
    [InlineData("sm_122", "sm_121", "sm_122")]
    [InlineData("", "sm_121", "")]
    [InlineData(null, "sm_121", "")]
    [InlineData(" ; ", "sm_121", "")]
    public void Reads_names_and_keeps_what_is_none(string? text, string targets, string unknown)
    {
        var list = TargetList.Parse(text);

        Assert.Equal(targets, string.Join(" ", list.Targets));
        Assert.Equal(unknown, string.Join(" ", list.Unknown));
    }
}
