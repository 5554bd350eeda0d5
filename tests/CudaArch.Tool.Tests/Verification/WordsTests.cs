using CudaArch.Architectures;
using CudaArch.DeviceCode;
using CudaArch.DeviceCode.Verification;

namespace CudaArch.Tool.Tests.Verification;

/// <summary>The parts of which messages are made.</summary>
public class WordsTests
{
    [Theory]
    [InlineData("sm_80 sm_86", "sm_80, sm_86 cubins, no PTX")]
    [InlineData("sm_89", "sm_89 cubin, no PTX")]
    [InlineData("sm_80 compute_80", "sm_80 cubin and compute_80 PTX")]
    [InlineData("compute_75", "compute_75 PTX, no cubin")]
    [InlineData("", "no image")]
    public void Images_are_named_compactly(string images, string expected) => Assert.Equal(expected, ImageLabel.Describe(Labels(images)));

    [Fact]
    public void Intermediate_code_is_named_for_what_it_is() =>
        Assert.Equal(
            "compute_121 LTO-IR and compute_121 Tile IR",
            ImageLabel.Describe([new ImageLabel(ImageKind.LtoIr, new SmArchitecture(12, 1)), new ImageLabel(ImageKind.TileIr, new SmArchitecture(12, 1))]));

    [Theory]
    [InlineData("sm_80 sm_90", "sm_121", "a cubin loads only within its own major version")]
    [InlineData("sm_120a compute_120a", "sm_121", "the suffix a ties sm_120a to 12.0 exactly")]
    [InlineData("sm_80 sm_120a", "sm_121", "the suffix a ties sm_120a to 12.0 exactly")]
    [InlineData("sm_100f compute_100f", "sm_121", "the suffix f ties sm_100f to its family from 10.0 on")]
    [InlineData("compute_121", "sm_120", "compute_121 PTX is for 12.1 and later")]
    [InlineData("sm_121", "sm_120", "a cubin does not load on a lower minor version")]
    [InlineData("sm_86", "sm_87", "8.7 is a Tegra part, which loads no other part's cubins")]
    [InlineData("", "sm_121", null)]
    public void The_rule_behind_a_miss_is_named(string images, string target, string? expected) =>
        Assert.Equal(expected, Advice.WhyNot(Labels(images), SmArchitecture.Parse(target)));

    [Theory]
    [InlineData("sm_80", "sm_121", "-gencode arch=compute_121,code=sm_121 (or compute_120f/sm_120f for all of 12.x)")]
    [InlineData("sm_120a", "sm_121", "-gencode arch=compute_121a,code=sm_121a (or compute_120f/sm_120f for all of 12.x)")]
    [InlineData("sm_80", "sm_103", "-gencode arch=compute_103,code=sm_103 (or compute_100f/sm_100f for all of 10.x)")]
    [InlineData("sm_80", "sm_110", "-gencode arch=compute_110,code=sm_110 (or compute_110f/sm_110f for all of 11.x)")]
    [InlineData("sm_80", "sm_90", "-gencode arch=compute_90,code=sm_90")]
    [InlineData("sm_90a", "sm_90", "-gencode arch=compute_90a,code=sm_90a")]
    [InlineData("sm_90a", "sm_89", "-gencode arch=compute_89,code=sm_89")]
    public void The_option_that_helps_is_named(string images, string target, string expected) =>
        Assert.Equal(expected, Advice.CompilerOption(SmArchitecture.Parse(target), Labels(images)));

    [Theory]
    [InlineData("a", 3, "a")]
    [InlineData("a b c", 3, "a, b, c")]
    [InlineData("a b c d", 3, "a, b, c, d")]
    [InlineData("a b c d e", 3, "a, b, c and 2 more")]
    [InlineData("a b c", 0, "a and 2 more")]
    [InlineData("", 3, "")]
    public void Long_lists_are_cut_with_a_count(string kernels, int most, string expected) =>
        Assert.Equal(expected, KernelList.Describe(kernels.Split(' ', StringSplitOptions.RemoveEmptyEntries), most));

    [Fact]
    public void A_long_or_unprintable_name_cannot_break_the_line()
    {
        Assert.Equal(60, KernelList.Describe([new string('x', 500)], 3).Length);
        Assert.Equal("a?[31mb?c", KernelList.Describe(["a\e[31mb\nc"], 3));
    }

    private static IReadOnlyList<ImageLabel> Labels(string names) =>
    [
        .. names.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name =>
            new ImageLabel(name.StartsWith("sm_", StringComparison.Ordinal) ? ImageKind.Cubin : ImageKind.Ptx, SmArchitecture.Parse(name))),
    ];
}
