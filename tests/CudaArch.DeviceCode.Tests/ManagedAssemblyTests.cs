using System.Reflection;
using CudaArch.Testing.Building;

namespace CudaArch.DeviceCode.Tests;

/// <summary>Device code inside .NET assemblies: embedded resources and the bytes behind literals.</summary>
public class ManagedAssemblyTests
{
    // The compiler keeps these as field data of this very assembly.
    private static ReadOnlySpan<byte> PtxLiteral => """
        .version 8.7
        .target sm_121a
        .address_size 64
        .visible .entry literal_kernel() { ret; }
        """u8;

    // tile_ir_only.fatbin: a container header, and an image header that says what follows.
    private static ReadOnlySpan<byte> FatbinLiteral =>
    [
        0x50, 0xED, 0x55, 0xBA, 1, 0, 16, 0, 72, 0, 0, 0, 0, 0, 0, 0,
        8, 0, 1, 1, 64, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 67, 0, 103, 0, 0, 0,
        0, 0, 0, 0, 0, 0, 0, 0, 0x11, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        1, 2, 3, 4, 5, 6, 7, 8,
    ];

    [Fact]
    public void Literals_of_a_compiled_assembly()
    {
        Assert.True(PtxLiteral.Length + FatbinLiteral.Length > 0);
        using DeviceCodeFile file = DeviceCodeReader.Open(Assembly.GetExecutingAssembly().Location);

        Assert.Equal(HostFormat.PeCoff, file.HostFormat);
        DeviceCodeImage[] images = [.. file.Modules.SelectMany(module => module.Images)];
        DeviceCodeImage ptx = Assert.Single(images, image => image.Kind == ImageKind.Ptx && image.ArchitectureName == "compute_121a");
        Assert.Equal(["literal_kernel"], ptx.ReadKernels());
        Assert.Equal("compute_103", Assert.Single(images, image => image.Kind == ImageKind.LtoIr).ArchitectureName);
        Assert.Empty(file.Problems);
    }

    [Theory]
    [InlineData("native_121.so")]
    [InlineData("native_121.dll")]
    [InlineData("vector.fatbin")]
    [InlineData("vector_75.ptx")]
    [InlineData("vector_121.cubin")]
    public void Embedded_resources(string name)
    {
        byte[] assembly = ManagedAssemblyBuilder.WithResources(("Demo.readme.txt", "text"u8.ToArray()), ("Demo." + name, ContainerTests.Fixture(name)), ("Demo.other", new byte[5]));
        using DeviceCodeFile file = DeviceCodeReader.Open(assembly, "Demo.dll");

        using DeviceCodeFile loose = DeviceCodeReader.Open(Testing.Fixtures.PathOf("native/" + name));
        Assert.Equal(loose.Modules.Select(ContainerTests.Images), file.Modules.Select(ContainerTests.Images));
        Assert.All(file.Modules, module => Assert.Equal("Demo." + name, module.Member));
        Assert.Empty(file.Problems);
    }
}
