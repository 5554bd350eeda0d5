using CudaArch.Testing;
using CudaArch.Testing.Building;

namespace CudaArch.Fuzz;

/// <summary>A container format, and small sound files of it from which the inputs are made.</summary>
/// <param name="Name">What <c>--format</c> calls it.</param>
/// <param name="Seeds">The files.</param>
public sealed record FuzzFormat(string Name, IReadOnlyList<byte[]> Seeds)
{
    /// <summary>All formats.</summary>
    public static IReadOnlyList<FuzzFormat> All { get; } = Create();

    private static FuzzFormat[] Create()
    {
        byte[] fatbin = Fixture("lto_121_and_ptx.fatbin"), cubin = Fixture("vector_90.cubin"), ptx = Fixture("vector_75.ptx"), tile = Fixture("tile_ir_only.fatbin");
        byte[] compressed = Container("zstd.so"), lz4 = Container("lz4.so"), concatenated = Container("concatenated.so");
        byte[] smallElf = new ElfBuilder().Section(".nv_fatbin", fatbin).Section("__nv_relfatbin", tile).Section(".nvFatBinSegment", Wrapper()).Section(".data", [0, .. tile, 1, .. compressed]).ToArray();
        byte[] stripped = new ElfBuilder(0xB7).Section("", tile).Section("", [1, .. fatbin]).WithoutSections();
        byte[] coff = CoffBuilder.Object(0x8664, false, (".nv_fatbin", fatbin), ("__nv_relfatbin", tile), (".rdata", tile));
        byte[] bigCoff = CoffBuilder.Object(0xAA64, true, (".nv_fatbin", tile), (".a_long_section_name", fatbin));
        byte[] built = CubinBuilder.Build(["_Z3addPf", "_Z5scaleIdEvPT_"], 36, 12);
        byte[] assembly = ManagedAssemblyBuilder.WithResources(("a.fatbin", tile), ("b.ptx", ptx), ("c.so", smallElf));
        byte[] zip = new ZipBuilder().Add("Demo.nuspec", "<package><metadata><id>Demo</id><version>1.0</version></metadata></package>"u8.ToArray())
            .Add("runtimes/linux-x64/native/a.so", smallElf).Add("b.ptx", ptx, isStored: true).Add(new ZipBuilder.Entry("c.fatbin", tile) { IsZip64 = true }).ToArray(isZip64: true);
        return
        [
            new("elf", [smallElf, stripped, Fixture("stripped_sections.so"), Fixture("relocatable_linked.so"), Fixture("relocatable.o"), Fixture("zstd.so")]),
            new("pe", [Fixture("lz4.dll"), Fixture("none_86.dll")]),
            new("managed", [assembly, ManagedAssemblyBuilder.WithResources(("x.dll", assembly)), ManagedAssemblyBuilder.WithFieldData(tile, ptx)]),
            new("coff", [coff, bigCoff]),
            new("archive",
            [
                ArchiveBuilder.Gnu(("a.o", smallElf), ("a_long_name_of_an_object_file.o", coff)), ArchiveBuilder.Bsd(("a_long_name_of_an_object_file.o", smallElf)),
                ArchiveBuilder.Microsoft(("a.obj", coff), ("a_long_name_of_an_object_file.obj", bigCoff)), ArchiveBuilder.Thin(("nowhere.o", tile)),
            ]),
            new("fatbin", [fatbin, tile, compressed, lz4, concatenated, [.. tile, 0, 0, 0, .. fatbin]]),
            new("cubin", [cubin, built, Fixture("vector_121a.cubin")]),
            new("ptx", [ptx, Fixture("tcgen05_100a.ptx")]),
            new("package", [zip, new ZipBuilder().Add("inner.zip", zip, isStored: true).Add("lib.a", ArchiveBuilder.Gnu(("a.o", smallElf))).ToArray(), new ZipBuilder().Add("inner.zip", zip).ToArray()]),
        ];
    }

    private static byte[] Fixture(string name) => File.ReadAllBytes(Fixtures.PathOf("native/" + name));

    // The containers of a library without the library.
    private static byte[] Container(string name)
    {
        byte[] file = Fixture(name);
        int start = file.AsSpan().IndexOf<byte>([0x50, 0xED, 0x55, 0xBA, 1, 0, 16, 0]);
        return file[start..(start + 16 + BitConverter.ToInt32(file, start + 8))];
    }

    private static byte[] Wrapper() => new Bytes().U32(0x466243B1, 2).U64(0x10000 + 64, 0).ToArray();
}
