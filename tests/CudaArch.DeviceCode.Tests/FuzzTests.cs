using CudaArch.Fuzz;

namespace CudaArch.DeviceCode.Tests;

/// <summary>The bounded part of the fuzz runs: the same few thousand inputs each time. <c>docs/robustness.md</c> tells how to run millions.</summary>
public class FuzzTests
{
    private const ulong Seed = 20;
    private const int Inputs = 1500;

    public static TheoryData<string> Formats => [.. FuzzFormat.All.Select(format => format.Name)];

    [Theory]
    [MemberData(nameof(Formats))]
    public void Altered_files_are_read_or_refused_within_bounds(string format)
    {
        FuzzResult result = FuzzRun.Run(FuzzFormat.All.Single(known => known.Name == format), Seed, 0, Inputs);

        Assert.Empty(result.Failures);
        Assert.Equal(Inputs, result.Inputs);

        // The inputs must reach the code behind the first check, or they prove nothing.
        Assert.True(result.Opened > Inputs / 10, $"{result.Opened} of {Inputs} were opened");
        Assert.True(format is "managed" or "ptx" or "package" || result.WithKernels > 0, "no input had kernels");
    }

    [Theory]
    [MemberData(nameof(Formats))]
    public void Sound_files_pass(string format) =>
        Assert.All(FuzzFormat.All.Single(known => known.Name == format).Seeds, seed => Assert.Null(new FuzzCheck().Run(seed)));
}
