using CudaArch.Testing.Building;

namespace CudaArch.DeviceCode.Tests;

/// <summary>Packages: every file in them as if it lay loose, and no more harm in them than in any file.</summary>
public class PackageTests
{
    private const string Nuspec = "<?xml version='1.0'?><package xmlns='urn:x'><metadata><id>Demo.Native</id><version>1.2.3-beta</version></metadata></package>";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Members_are_read_as_if_they_were_loose(bool isStored)
    {
        string[] names = ["native_121.so", "none_86.dll", "archive.a", "zstd.so", "vector_121.cubin", "vector.fatbin", "vector_75.ptx", "object_121.o", "no_device_code.so"];
        var zip = new ZipBuilder().Add("Demo.Native.nuspec", System.Text.Encoding.UTF8.GetBytes(Nuspec), isStored).Add("runtimes/", [], isStored: true).Add("readme.md", "# text"u8.ToArray());
        foreach (string name in names)
        {
            zip.Add("runtimes/linux-x64/native/" + name, ContainerTests.Fixture(name), isStored);
        }

        using DeviceCodeFile package = DeviceCodeReader.Open(zip.ToArray(), "demo.nupkg");

        Assert.Equal((HostFormat.Package, new PackageIdentity("Demo.Native", "1.2.3-beta")), (package.HostFormat, package.Package));
        Assert.Equal(names.Select(name => "runtimes/linux-x64/native/" + name), package.Parts.Select(part => part.Member));
        Assert.Empty(package.Problems);
        foreach ((string name, DeviceCodeFile part) in names.Zip(package.Parts))
        {
            using DeviceCodeFile loose = DeviceCodeReader.Open(Testing.Fixtures.PathOf("native/" + name));
            Assert.Equal((loose.HostFormat, loose.Machine, loose.Size), (part.HostFormat, part.Machine, part.Size));
            Assert.Equal(loose.Modules.Select(Describe), part.Modules.Select(Describe));
            Assert.All(part.Modules, module => Assert.StartsWith(part.Member!, module.Member));
        }

        Assert.Equal(package.Modules, package.Parts.SelectMany(part => part.Modules));
    }

    [Fact]
    public void An_archive_in_a_package_in_a_package_tells_its_whole_path()
    {
        byte[] inner = new ZipBuilder().Add("lib/libx.a", ContainerTests.Fixture("archive.a")).ToArray();
        using DeviceCodeFile package = DeviceCodeReader.Open(new ZipBuilder().Add("in/inner.zip", inner).Add("zstd.so", ContainerTests.Fixture("zstd.so")).ToArray(), "outer.zip");

        Assert.Equal(["in/inner.zip/lib/libx.a", "zstd.so"], package.Parts.Select(part => part.Member));
        Assert.Equal(["in/inner.zip/lib/libx.a/vector.o", "in/inner.zip/lib/libx.a/reduce.o", "zstd.so", "zstd.so"], package.Modules.Select(module => module.Member));
        Assert.All(package.Modules, module => Assert.NotNull(module.ReadKernels()));
        Assert.Empty(package.Problems);
    }

    [Fact]
    public void Members_too_large_for_memory_are_read_from_disk()
    {
        var random = new byte[3 << 20];
        new Random(1).NextBytes(random);
        byte[] fatbin = ContainerTests.Fixture("vector.fatbin");
        byte[] large = new ElfBuilder().Section(".data", random).Section(".bss_like", new byte[1 << 20]).Section(".nv_fatbin", fatbin).ToArray();
        byte[] empty = new ElfBuilder().Section(".data", random).ToArray();
        byte[] zip = new ZipBuilder().Add("empty.so", empty).Add("large.so", large).Add("also.so", large).Add("small.so", ContainerTests.Fixture("lz4.so")).ToArray();
        using DeviceCodeFile package = DeviceCodeReader.Open(zip, "x.zip");

        Assert.Equal([0, 1, 1, 2], package.Parts.Select(part => part.Modules.Count));
        Assert.Equal(Enumerable.Repeat(ContainerTests.Images(fatbin), 2), package.Modules.Take(2).Select(ContainerTests.Images));
        Assert.Empty(package.Problems);
    }

    [Fact]
    public void A_wheel_tells_its_name_and_version()
    {
        byte[] wheel = new ZipBuilder().Add("x/libx.so", ContainerTests.Fixture("lz4.so"))
            .Add("x-2.0.dist-info/METADATA", "Metadata-Version: 2.1\r\nName: some-wheel\r\nVersion: 2.0+cu130\r\n\r\nName: not this"u8.ToArray()).ToArray();
        using DeviceCodeFile package = DeviceCodeReader.Open(wheel, "x.whl");

        Assert.Equal(new PackageIdentity("some-wheel", "2.0+cu130"), package.Package);
    }

    [Fact]
    public void Sizes_and_offsets_in_zip64_fields()
    {
        byte[] zip = new ZipBuilder().Add(new ZipBuilder.Entry("a.so", ContainerTests.Fixture("native_121.so")) { IsZip64 = true }).ToArray(isZip64: true);
        using DeviceCodeFile package = DeviceCodeReader.Open(zip, "x.zip");

        Assert.Single(package.Modules);
        Assert.Empty(package.Problems);
    }

    [Fact]
    public void Nesting_stops_at_the_limit()
    {
        byte[] zip = new ZipBuilder().Add("a.so", ContainerTests.Fixture("native_121.so")).ToArray();
        for (int depth = 2; depth <= 4; depth++)
        {
            zip = new ZipBuilder().Add($"{depth}.zip", zip).ToArray();
        }

        using (DeviceCodeFile package = DeviceCodeReader.Open(zip, "x.zip"))
        {
            Assert.Single(package.Modules);
        }

        using DeviceCodeFile deeper = DeviceCodeReader.Open(new ZipBuilder().Add("5.zip", zip).ToArray(), "x.zip");
        Assert.Empty(deeper.Modules);
        Assert.Contains("4 deep", Assert.Single(deeper.Problems).Message);
    }

    [Fact]
    public void A_bomb_unpacks_no_further_than_allowed()
    {
        byte[] bomb = new byte[8 << 20];
        ContainerTests.Fixture("native_121.so").AsSpan(0, 64).CopyTo(bomb);
        byte[] zip = new ZipBuilder().Add("libbomb.so", bomb).Add("libgood.so", ContainerTests.Fixture("native_121.so")).ToArray();

        using DeviceCodeFile byMember = DeviceCodeReader.Open(zip, "x.zip", new DeviceCodeReaderOptions { MaxMemberSize = 1 << 20 });
        Assert.Contains($"claims to unpack to {8 << 20} bytes", Assert.Single(byMember.Problems).Message);
        Assert.Single(byMember.Modules);

        using DeviceCodeFile inAll = DeviceCodeReader.Open(zip, "x.zip", new DeviceCodeReaderOptions { MaxUnpackedSize = 4 << 20 });
        Assert.Contains("more than 4194304 bytes", Assert.Single(inAll.Problems).Message);
        Assert.Empty(inAll.Modules);
    }

    [Theory]
    [InlineData(1000, "more than the 1000 bytes")]
    [InlineData(100_000_000, "where the package's directory states 100000000")]
    public void A_size_that_lies_is_told(ulong claimed, string message)
    {
        byte[] zip = new ZipBuilder().Add(new ZipBuilder.Entry("a.so", ContainerTests.Fixture("native_121.so")) { Size = claimed }).ToArray();
        using DeviceCodeFile package = DeviceCodeReader.Open(zip, "x.zip");

        Assert.Contains(package.Problems, problem => problem.Message.Contains(message) && problem.Member == "a.so");
    }

    [Theory]
    [InlineData("a.so", 1)]
    [InlineData("libcudnn.so.9", 1)]
    [InlineData("notes.txt", 0)]
    public void What_cannot_be_unpacked_is_told_when_its_name_is_that_of_a_library(string name, int problems)
    {
        byte[] encrypted = new ZipBuilder().Add(new ZipBuilder.Entry(name, [1, 2, 3]) { IsEncrypted = true }).ToArray();
        byte[] other = new ZipBuilder().Add(new ZipBuilder.Entry(name, [1, 2, 3]) { Method = 12 }).ToArray();
        using DeviceCodeFile first = DeviceCodeReader.Open(encrypted, "x.zip"), second = DeviceCodeReader.Open(other, "x.zip");

        Assert.Equal((problems, problems), (first.Problems.Count, second.Problems.Count));
    }

    [Fact]
    public void Names_that_lead_out_or_stand_twice_are_only_names()
    {
        byte[] library = ContainerTests.Fixture("native_121.so");
        byte[] zip = new ZipBuilder().Add("../../up.so", library).Add("/etc/absolute.so", library).Add("twice.so", library).Add("twice.so", library).ToArray();
        using DeviceCodeFile package = DeviceCodeReader.Open(zip, "x.zip");

        Assert.Equal(["../../up.so", "/etc/absolute.so", "twice.so", "twice.so"], package.Parts.Select(part => part.Member));
        Assert.Contains("another member of this name", Assert.Single(package.Problems).Message);
    }

    [Fact]
    public void Members_that_share_their_bytes_are_not_unpacked_again_and_again()
    {
        var zip = new ZipBuilder().Add("0.so", ContainerTests.Fixture("native_121.so"));
        for (int i = 1; i < 1000; i++)
        {
            zip.Add(new ZipBuilder.Entry($"{i}.so", []) { SharesPrevious = true, Size = (ulong)ContainerTests.Fixture("native_121.so").Length });
        }

        using DeviceCodeFile package = DeviceCodeReader.Open(zip.ToArray(), "x.zip");

        Assert.Contains("overlap", Assert.Single(package.Problems).Message);
        Assert.True(package.Modules.Count < 20);
    }

    [Fact]
    public void Damage_is_told_where_it_stands()
    {
        byte[] zip = new ZipBuilder().Add("a.so", ContainerTests.Fixture("native_121.so")).Add("b.so", ContainerTests.Fixture("lz4.so")).ToArray();

        // Cut off: no directory.
        Assert.Contains("truncated", Assert.Throws<DeviceCodeException>(() => DeviceCodeReader.Open(zip[..^40], "x.zip")).Message);

        // The first member's compressed bytes.
        byte[] damaged = (byte[])zip.Clone();
        damaged.AsSpan(200, 400).Fill(0xFF);
        using DeviceCodeFile package = DeviceCodeReader.Open(damaged, "x.zip");
        Assert.Contains(package.Problems, problem => problem.Member == "a.so");
        Assert.Equal(2, package.Modules.Count(module => module.Member == "b.so"));

        // The directory's second entry.
        byte[] directory = (byte[])zip.Clone();
        directory[directory.AsSpan().LastIndexOf("PK\x1\x2"u8)] = 0;
        using DeviceCodeFile cut = DeviceCodeReader.Open(directory, "x.zip");
        Assert.Contains("entry 1 of 2", Assert.Single(cut.Problems).Message);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Bytes_that_do_not_match_their_check_sum_are_told(bool isStored)
    {
        byte[] library = ContainerTests.Fixture("native_121.so"), inner = new ZipBuilder().Add("c.so", library).ToArray();
        byte[] zip = new ZipBuilder().Add("good.so", library, isStored)
            .Add(new ZipBuilder.Entry("a.so", library) { IsStored = isStored, CheckSum = 0x12345678 })
            .Add(new ZipBuilder.Entry("in.zip", inner) { IsStored = isStored, CheckSum = 1 })
            .Add(new ZipBuilder.Entry("readme.md", "# text"u8.ToArray()) { IsStored = isStored, CheckSum = 2 })
            .Add(new ZipBuilder.Entry("libgone.so.1", [.. "was a library"u8]) { IsStored = isStored, CheckSum = 3 }).ToArray();
        using DeviceCodeFile package = DeviceCodeReader.Open(zip, "x.zip");

        Assert.Equal(["a.so", "in.zip", "libgone.so.1"], package.Problems.Select(problem => problem.Member));
        Assert.Contains("where the package's directory states 12345678", package.Parts[1].Problems.Single().Message);
        Assert.Equal(["in.zip", "libgone.so.1"], package.OwnProblems.Select(problem => problem.Member));
        Assert.Equal(3, package.Modules.Count);
    }

    [Fact]
    public void A_bit_that_flips_in_a_stored_library_is_told()
    {
        byte[] library = ContainerTests.Fixture("native_121.so"), zip = new ZipBuilder().Add("a.so", library, isStored: true).ToArray();
        zip[1000] ^= 1;
        using DeviceCodeFile package = DeviceCodeReader.Open(zip, "x.zip");
        Assert.Equal("a.so", Assert.Single(package.Problems).Member);
    }

    [Fact]
    public void Hosts_without_cuda_in_a_package_are_no_problem()
    {
        byte[] elf32 = [0x7F, (byte)'E', (byte)'L', (byte)'F', 1, 1, 1, .. new byte[60]], dos = [(byte)'M', (byte)'Z', .. new byte[100]];
        using DeviceCodeFile package = DeviceCodeReader.Open(new ZipBuilder().Add("lib32.so", elf32).Add("tool.com", dos).ToArray(), "x.zip");

        Assert.Empty(package.Problems);
    }

    private static string Describe(DeviceCodeModule module) => $"{module.Location} {module.Offset} {ContainerTests.Images(module)}";
}
