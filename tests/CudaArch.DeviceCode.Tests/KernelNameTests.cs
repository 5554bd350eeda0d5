using CsCheck;
using CudaArch.Testing.Building;

namespace CudaArch.DeviceCode.Tests;

/// <summary>Kernel names from the first bytes of an image are those of its symbol table.</summary>
public class KernelNameTests
{
    public static TheoryData<string> Files => NativeFixtureTests.Files;

    [Theory]
    [MemberData(nameof(Files))]
    public void First_bytes_tell_the_kernels_of_the_symbol_table(string name)
    {
        using DeviceCodeFile file = DeviceCodeReader.Open(ExpectedFixture.Of(name).Path);

        foreach (DeviceCodeImage image in file.Modules.SelectMany(module => module.Images).Where(image => image.Kind == ImageKind.Cubin))
        {
            Assert.Equal(image.ReadKernelDetails()!.Select(kernel => kernel.Name).Order(StringComparer.Ordinal), image.ReadKernels()!.Order(StringComparer.Ordinal));
        }
    }

    // The tools of CUDA 13.0 leave 36 zeros amid or behind the section names; those of 13.5 leave 37 behind them.
    [Theory]
    [InlineData(0, 0, ".shstrtab")]
    [InlineData(36, 0, ".shstrtab")]
    [InlineData(36, 0, ".note.nv.tkinfo")]
    [InlineData(0, 36, ".note.nv.tkinfo")]
    [InlineData(1, 1, ".shstrtab")]
    [InlineData(36, 36, "#ii")]
    [InlineData(36, 36, "_Z6helperf")]
    public void Zeros_among_the_section_names_hide_no_kernel(int amid, int after, string firstSymbol)
    {
        byte[] cubin = CubinBuilder.Build(["_Z3addPf", "_Z5scaleIdEvPT_"], amid, after, firstSymbol);

        Assert.Equal(["_Z3addPf", "_Z5scaleIdEvPT_"], KernelsOf(cubin));
    }

    [Fact]
    public void A_cubin_without_kernels_has_none()
    {
        Assert.Empty(KernelsOf(CubinBuilder.Build([])));
        Assert.Empty(KernelsOf(CubinBuilder.Build([], 36, 36)));
    }

    [Fact]
    public void Many_and_long_names_are_read_whole() => Gen.Select(Gen.Int[1, 400], Gen.Int[1, 3000], Gen.Int[0, 64], Gen.Int[0, 64]).Sample(
        (count, length, amid, after) =>
        {
            string[] kernels = [.. Enumerable.Range(0, count).Select(i => $"_Z{i}" + new string('k', length))];
            Assert.Equal(kernels, KernelsOf(CubinBuilder.Build(kernels, amid, after)));
        }, iter: 100);

    [Fact]
    public void Registers_and_static_shared_memory_are_told()
    {
        using DeviceCodeFile file = DeviceCodeReader.Open(ExpectedFixture.Of("shared_memory_100.so").Path);

        KernelInfo kernel = Assert.Single(file.Modules.SelectMany(module => module.Images).First(image => image.Kind == ImageKind.Cubin).ReadKernelDetails()!);
        Assert.InRange(kernel.Registers!.Value, 1, 255);
        Assert.NotNull(kernel.StaticSharedMemory);
    }

    private static IReadOnlyList<string> KernelsOf(byte[] cubin)
    {
        using DeviceCodeFile file = DeviceCodeReader.Open(cubin, "built.cubin");
        DeviceCodeImage image = Assert.Single(Assert.Single(file.Modules).Images);
        Assert.Equal(image.ReadKernelDetails()!.Select(kernel => kernel.Name), image.ReadKernels());
        Assert.Empty(file.Problems);
        return image.ReadKernels()!;
    }
}
