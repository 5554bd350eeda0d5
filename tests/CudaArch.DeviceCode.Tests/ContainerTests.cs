using CudaArch.Testing.Building;

namespace CudaArch.DeviceCode.Tests;

/// <summary>Device code is found wherever a host file can hold it: the same images as in the loose file that it was made of.</summary>
public class ContainerTests
{
    private const string Location = ".nv_fatbin";

    private static readonly byte[] Fatbin = Fixture("vector.fatbin"), Cubin = Fixture("vector_121a.cubin"), OtherFatbin = Fixture("lto_121_and_ptx.fatbin");
    private static readonly string FatbinImages = Images(Fatbin), CubinImages = Images(Cubin), OtherImages = Images(OtherFatbin);

    [Theory]
    [InlineData(0x8664, false, "x86-64")]
    [InlineData(0x8664, true, "x86-64")]
    [InlineData(0xAA64, false, "aarch64")]
    [InlineData(0xAA64, true, "aarch64")]
    public void Coff_objects(ushort machine, bool isBig, string name)
    {
        byte[] bytes = CoffBuilder.Object(machine, isBig, (".drectve", [1, 2, 3]), (Location, Fatbin), ("__nv_relfatbin", OtherFatbin), (".nvFatBinSegment", new byte[24]));
        using DeviceCodeFile file = DeviceCodeReader.Open(bytes, "a.obj");

        Assert.Equal((HostFormat.PeCoff, name), (file.HostFormat, file.Machine));
        Assert.Equal([(Location, false, FatbinImages), ("__nv_relfatbin", true, OtherImages)], file.Modules.Select(module => (module.Location, module.IsRelocatable, Images(module))));
        Assert.Empty(file.Problems);
    }

    public static TheoryData<string> ArchiveFamilies => ["gnu", "bsd", "microsoft"];

    [Theory]
    [MemberData(nameof(ArchiveFamilies))]
    public void Archives_with_short_and_long_member_names(string family)
    {
        const string LongName = "a_name_longer_than_sixteen_characters.o", LongestName = "deep/folder/another_long_name_of_an_object_file.o";
        (string, byte[])[] members =
        [
            ("vector.o", Fixture("object_121.o")), (LongName, Elf(Location, Fatbin)), (LongestName, CoffBuilder.Object(0x8664, false, (Location, OtherFatbin))), ("odd.txt", [1, 2, 3]),
        ];
        byte[] bytes = family switch
        {
            "gnu" => ArchiveBuilder.Gnu(members),
            "bsd" => ArchiveBuilder.Bsd(members),
            _ => ArchiveBuilder.Microsoft(members),
        };
        using DeviceCodeFile file = DeviceCodeReader.Open(bytes, "libx.a");

        Assert.Equal((HostFormat.Archive, "x86-64"), (file.HostFormat, file.Machine));
        Assert.Equal(["vector.o", LongName, LongestName], file.Modules.Select(module => module.Member));
        Assert.Equal([Images(Fixture("object_121.o")), FatbinImages, OtherImages], file.Modules.Select(Images));
        Assert.Empty(file.Problems);
    }

    [Fact]
    public void Thin_archives_are_read_from_the_objects_beside_them()
    {
        string folder = Directory.CreateTempSubdirectory("cudaarch").FullName;
        try
        {
            Directory.CreateDirectory(Path.Combine(folder, "objects"));
            File.WriteAllBytes(Path.Combine(folder, "objects", "vector.o"), Fixture("object_121.o"));
            string path = Path.Combine(folder, "libthin.a");
            File.WriteAllBytes(path, ArchiveBuilder.Thin(("objects/vector.o", new byte[100]), ("objects/missing.o", new byte[100])));
            using DeviceCodeFile file = DeviceCodeReader.Open(path);

            DeviceCodeModule module = Assert.Single(file.Modules);
            Assert.Equal(("objects/vector.o", Images(Fixture("object_121.o"))), (module.Member, Images(module)));
            Assert.Contains("objects/missing.o", Assert.Single(file.Problems).Message);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void An_archive_that_refers_to_itself_ends()
    {
        string folder = Directory.CreateTempSubdirectory("cudaarch").FullName;
        try
        {
            string path = Path.Combine(folder, "libself.a");
            File.WriteAllBytes(path, ArchiveBuilder.Thin(("libself.a", new byte[100])));
            using DeviceCodeFile file = DeviceCodeReader.Open(path);

            Assert.Empty(file.Modules);
            Assert.Contains("archive inside an archive", Assert.Single(file.Problems).Message);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData(".data")]
    [InlineData(".lrodata")]
    [InlineData(".cask_resource")]
    public void Containers_and_cubins_in_any_data_section(string section)
    {
        // At odd offsets, with other data between, and after magic numbers that begin nothing.
        byte[] data = new Bytes().Text("text before").Add(Fatbin).Text("x").Add(Cubin).U8(0x50, 0xED, 0x55, 0xBA, 1, 0, 0x10, 0).Text("no container follows this magic, and no entry")
            .Add(OtherFatbin).U8(0x7F).Text("ELF").U8(2, 1, 1).Text("no cubin").ToArray();
        using DeviceCodeFile file = DeviceCodeReader.Open(Elf(section, data), "libx.so");

        Assert.Equal([FatbinImages, CubinImages, OtherImages], file.Modules.Select(Images));
        Assert.All(file.Modules, module => Assert.Equal(section, module.Location));
        Assert.Empty(file.Problems);
    }

    [Fact]
    public void Code_and_what_is_not_loaded_is_not_searched()
    {
        byte[] elf = new ElfBuilder().Section(".text", Fatbin, flags: ElfBuilder.Allocated | ElfBuilder.Executable).Section(".comment", Fatbin, flags: 0).ToArray();
        using DeviceCodeFile file = DeviceCodeReader.Open(elf, "libx.so");

        Assert.Empty(file.Modules);
    }

    [Fact]
    public void Data_sections_are_left_alone_when_asked()
    {
        byte[] elf = new ElfBuilder().Section(".data", OtherFatbin).Section(Location, Fatbin).ToArray();
        using DeviceCodeFile file = DeviceCodeReader.Open(elf, "libx.so", new DeviceCodeReaderOptions { SearchDataSections = false });

        Assert.Equal(FatbinImages, Images(Assert.Single(file.Modules)));
    }

    [Fact]
    public void A_container_that_lies_across_the_chunks_of_the_search_is_found()
    {
        // The search reads 256 KB at a time: put magic numbers on and around every border.
        for (int shift = -9; shift <= 1; shift++)
        {
            byte[] data = new Bytes().Zeros((256 << 10) + shift).Add(OtherFatbin).Zeros(100).ToArray();
            using DeviceCodeFile file = DeviceCodeReader.Open(Elf(".data", data), "libx.so");
            Assert.Equal(OtherImages, Images(Assert.Single(file.Modules)));
        }
    }

    [Fact]
    public void Zeros_between_containers_are_passed_over_however_many_they_are()
    {
        // Around what is read at once, and what of it is enough to begin a container with.
        int[] gaps = [0, 8, 24, 64, 200, 312, 319, 320, 321, 328, 500, 504, 511, 512, 513, 520, 4096 + 512, 5000, 70_000, 300_000];
        var section = new Bytes();
        var offsets = new List<long>();
        foreach (int gap in gaps)
        {
            section.Zeros(gap);
            offsets.Add(section.Length);
            section.Add(OtherFatbin);
        }

        byte[] elf = Elf(Location, section.Zeros(1000).ToArray());
        using DeviceCodeFile file = DeviceCodeReader.Open(elf, "libx.so");

        long start = file.Modules[0].Offset - offsets[0];
        Assert.Equal(offsets, file.Modules.Select(module => module.Offset - start));
        Assert.All(file.Modules, module => Assert.Equal(OtherImages, Images(module)));
        Assert.Empty(file.Problems);
    }

    [Theory]
    [InlineData(64)]
    [InlineData(440)]
    [InlineData(480)]
    [InlineData(5000)]
    public void The_header_of_a_cubin_is_read_wherever_it_lies(int headerSize)
    {
        // Only the ELF flags say that the code is architecture-specific, as in cubins of CUDA 12: bit 11 before ABI 8.
        byte[] cubin = Fixture("vector_90.cubin");
        cubin[8] = 7;
        BitConverter.TryWriteBytes(cubin.AsSpan(48), 0x85Au);
        var entry = new Bytes().U16(2, 0x0101).U32((uint)headerSize).U64((ulong)cubin.Length).U32(0, 0).U16(7, 1).U32(90, 0, 0).U64(0x11, 0, 0).Zeros(headerSize - 64).Add(cubin);
        byte[] container = new Bytes().U32(0xBA55ED50).U16(1, 16).U64((ulong)entry.Length).Add(entry.ToArray()).ToArray();

        foreach (int gap in new[] { 0, 100, 300 })
        {
            using DeviceCodeFile file = DeviceCodeReader.Open(Elf(Location, new Bytes().Zeros(gap).Add(container).ToArray()), "libx.so");
            Assert.Equal("sm_90a", Assert.Single(Assert.Single(file.Modules).Images).ArchitectureName);
        }
    }

    [Fact]
    public void Files_without_section_headers_are_searched_by_segment()
    {
        byte[] elf = new ElfBuilder(0xB7).Section("", Fatbin).Section("", [.. "some data "u8, .. Cubin]).WithoutSections();
        using DeviceCodeFile file = DeviceCodeReader.Open(elf, "libx.so");

        Assert.Equal("aarch64", file.Machine);
        Assert.Equal([("segment 0", FatbinImages), ("segment 1", CubinImages)], file.Modules.Select(module => (module.Location, Images(module))));
        Assert.Empty(file.Problems);
    }

    [Fact]
    public void Bare_cubins_tell_their_suffix_and_debug_state()
    {
        using DeviceCodeFile file = DeviceCodeReader.Open(Cubin, "vector_121a.cubin");

        DeviceCodeImage image = Assert.Single(Assert.Single(file.Modules).Images);
        Assert.Equal(("sm_121a", false, HostFormat.Cubin), (image.ArchitectureName, image.IsDebug, file.HostFormat));
    }

    [Fact]
    public void An_entry_of_an_unknown_kind_is_listed_with_its_number()
    {
        byte[] fatbin = (byte[])OtherFatbin.Clone();
        fatbin[16] = 0x40;
        using DeviceCodeFile file = DeviceCodeReader.Open(fatbin, "x.fatbin");

        DeviceCodeImage image = Assert.Single(file.Modules).Images[0];
        Assert.Equal((ImageKind.Unknown, 0x40), (image.Kind, image.RawKind));
        Assert.Null(image.ReadKernels());
        Assert.Equal(2, file.Modules[0].Images.Count);
    }

    internal static byte[] Fixture(string name) => File.ReadAllBytes(Testing.Fixtures.PathOf("native/" + name));

    internal static byte[] Elf(string section, byte[] bytes) => new ElfBuilder().Section(section, bytes).ToArray();

    internal static string Images(byte[] loose)
    {
        using DeviceCodeFile file = DeviceCodeReader.Open(loose, "loose");
        return Images(Assert.Single(file.Modules));
    }

    internal static string Images(DeviceCodeModule module) => string.Join("; ", module.Images.Select(image =>
        $"{image.Kind.Word()} {image.ArchitectureName} {image.StoredSize} [{string.Join(' ', image.ReadKernels() ?? ["?"])}]"));
}
