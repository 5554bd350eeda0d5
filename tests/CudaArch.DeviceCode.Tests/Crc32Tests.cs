using System.IO.Compression;
using CudaArch.Testing.Building;

namespace CudaArch.DeviceCode.Tests;

/// <summary>The check sums of packages are those that other programs write.</summary>
public class Crc32Tests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(4097)]
    [InlineData(600_000)]
    public void Packages_of_the_platform_are_sound(int zeros)
    {
        // A run of zeros before and behind other bytes, of lengths that are and are not multiples of what is summed up at a time.
        byte[] library = new ElfBuilder().Section(".data", new byte[zeros]).Section(".nv_fatbin", ContainerTests.Fixture("vector.fatbin")).Section(".tail", new byte[zeros]).ToArray();
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (CompressionLevel level in new[] { CompressionLevel.NoCompression, CompressionLevel.Optimal })
            {
                using Stream member = zip.CreateEntry($"{level}.so", level).Open();
                member.Write(library);
            }
        }

        using DeviceCodeFile package = DeviceCodeReader.Open(stream.ToArray(), "x.zip");
        Assert.Equal(2, package.Modules.Count);
        Assert.Empty(package.Problems);
    }
}
