using CudaArch.Architectures;

namespace CudaArch.DeviceCode.Tests;

/// <summary>Every native fixture says what its <c>expected.json</c> says.</summary>
public class NativeFixtureTests
{
    public static TheoryData<string> Files => [.. ExpectedFixture.All.Select(fixture => fixture.File)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Images_and_kernels_are_as_expected(string name)
    {
        ExpectedFixture expected = ExpectedFixture.Of(name);
        using DeviceCodeFile file = DeviceCodeReader.Open(expected.Path);

        Assert.Equal(
            expected.Modules.Select(module => module.ToString()).Order(StringComparer.Ordinal),
            file.Modules.Select(ExpectedModule.Describe).Order(StringComparer.Ordinal));
        Assert.Empty(file.Problems);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Host_is_as_expected(string name)
    {
        ExpectedFixture expected = ExpectedFixture.Of(name);
        using DeviceCodeFile file = DeviceCodeReader.Open(expected.Path);

        // An archive's host is that of its members.
        string format = file.HostFormat == HostFormat.Archive ? "elf" : file.HostFormat.Word();
        Assert.Equal(expected.Host, file.Machine is null ? "none" : $"{format}/{file.Machine}");
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Coverage_of_each_module_is_as_expected(string name)
    {
        ExpectedFixture expected = ExpectedFixture.Of(name);
        using DeviceCodeFile file = DeviceCodeReader.Open(expected.Path);

        foreach ((SmArchitecture target, List<Coverage> coverage) in expected.Coverage)
        {
            // The order of modules may differ, so each is found by its images.
            var byImages = expected.Modules.Where(module => !module.IsRelocatable).Zip(coverage).ToLookup(pair => pair.First.ToString(), pair => pair.Second);
            CoverageReport report = CoverageReport.For(file, target);
            Assert.Equal(coverage.Count, report.Modules.Count);
            Assert.All(report.Modules, module => Assert.Equal(byImages[ExpectedModule.Describe(module.Module)].Single(), module.Coverage));
        }
    }
}
