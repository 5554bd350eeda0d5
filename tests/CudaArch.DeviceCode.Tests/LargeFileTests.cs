using CudaArch.Testing.Building;

namespace CudaArch.DeviceCode.Tests;

/// <summary>Offsets beyond 2 and 4 GiB, in files that are mostly holes.</summary>
public sealed class LargeFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cudaarch").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData((2L << 30) + 8)]
    [InlineData((4L << 30) + 16)]
    [InlineData((9L << 30) + 1)]
    public void Elf_files(long offset)
    {
        byte[] fatbin = ContainerTests.Fixture("vector.fatbin"), other = ContainerTests.Fixture("lto_121_and_ptx.fatbin");
        string path = Path.Combine(_folder, "liblarge.so");
        using (FileStream stream = File.Create(path))
        {
            new ElfBuilder().Section(".nv_fatbin", fatbin, offset: 4096).Section("__nv_relfatbin", other, offset: offset).Section(".data", fatbin, offset: offset + (1 << 20)).WriteTo(stream);
        }

        using DeviceCodeFile file = DeviceCodeReader.Open(path);

        Assert.Equal([4096, offset, offset + (1 << 20)], file.Modules.Select(module => module.Offset));
        Assert.Equal(
            [ContainerTests.Images(fatbin), ContainerTests.Images(other), ContainerTests.Images(fatbin)], file.Modules.Select(ContainerTests.Images));
        Assert.Empty(file.Problems);
    }

    [Fact]
    public void A_container_of_gigabytes_is_stepped_over()
    {
        // One image that is a hole of 5 GiB, and a real container behind it.
        byte[] fatbin = ContainerTests.Fixture("vector.fatbin");
        const ulong Hole = 5UL << 30;
        byte[] head = new Bytes().U32(0xBA55ED50).U16(1, 16).U64(Hole + 64)
            .U16(2, 0x0101).U32(64).U64(Hole).U32(0, 0).U16(8, 1).U32(90, 0, 0).U64(0x11, 0, 0).ToArray();
        string path = Path.Combine(_folder, "large.fatbin");
        using (FileStream stream = File.Create(path))
        {
            stream.Write(head);
            stream.Position = head.Length + (long)Hole;
            stream.Write(fatbin);
        }

        using DeviceCodeFile file = DeviceCodeReader.Open(path);

        Assert.Equal([0, head.Length + (long)Hole], file.Modules.Select(module => module.Offset));
        Assert.Equal((long)Hole, file.Modules[0].Images[0].Size);
        Assert.Null(file.Modules[0].Images[0].ReadKernels());
        Assert.Equal(ContainerTests.Images(fatbin), ContainerTests.Images(file.Modules[1]));
    }

    [Fact]
    public void A_library_of_gigabytes_stored_in_a_package()
    {
        byte[] fatbin = ContainerTests.Fixture("vector.fatbin");
        string path = Path.Combine(_folder, "large.whl");
        using (FileStream stream = File.Create(path))
        {
            var elf = new MemoryStream();
            new ElfBuilder().Section(".nv_fatbin", fatbin, offset: 4096).WriteTo(elf);
            const long Hole = 2L << 30;
            const string Name = "pkg/lib/liblarge.so";
            long size = elf.Length + Hole;
            stream.Write(new Bytes().U32(0x04034B50).U16(45, 0, 0, 0, 0).U32(0, size, size).U16(Name.Length, 0).Text(Name).ToArray());
            stream.Write(elf.ToArray());
            stream.Position += Hole;
            long directory = stream.Position;
            stream.Write(new Bytes().U32(0x02014B50).U16(45, 45, 0, 0, 0, 0).U32(0, size, size).U16(Name.Length, 0, 0, 0, 0).U32(0, 0).Text(Name).ToArray());
            stream.Write(new Bytes().U32(0x06054B50).U16(0, 0, 1, 1).U32(stream.Position - directory, directory).U16(0).ToArray());
        }

        using DeviceCodeFile file = DeviceCodeReader.Open(path);

        Assert.Equal(ContainerTests.Images(fatbin), ContainerTests.Images(Assert.Single(file.Modules)));
        Assert.True(Assert.Single(file.Parts).Size > int.MaxValue);
        // Its check sum, which the package states as 0, was made of all of it.
        Assert.Contains(" has CRC-32 ", Assert.Single(file.Problems).Message);
    }
}
