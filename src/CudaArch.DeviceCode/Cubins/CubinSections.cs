using System.Buffers.Binary;
using CudaArch.DeviceCode.Compression;
using CudaArch.DeviceCode.IO;

namespace CudaArch.DeviceCode.Cubins;

/// <summary>A section of a cubin.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its ELF type.</param>
/// <param name="Link">Its link field.</param>
/// <param name="Size">Its size; of a section without bytes (shared memory), what it reserves.</param>
/// <param name="Bytes">Its bytes; none when it has none or they lie outside the cubin.</param>
internal readonly record struct CubinSection(string Name, uint Type, uint Link, ulong Size, ByteRange Bytes)
{
    private const int MaxSize = 256 << 20;

    /// <exception cref="PayloadException">The section is larger than any real one.</exception>
    public byte[] ReadBytes()
    {
        if (Bytes.Length > MaxSize)
        {
            throw new PayloadException($"section {Name} has {Bytes.Length} bytes, more than the {MaxSize} that are read");
        }

        var bytes = new byte[Bytes.Length];
        Bytes.Read(0, bytes);
        return bytes;
    }
}

/// <summary>Reads the section headers of a cubin.</summary>
internal static class CubinSections
{
    private const int HeaderSize = 64;
    private const uint NoBitsType = 8;

    /// <exception cref="PayloadException">The headers lie outside the cubin.</exception>
    public static IReadOnlyList<CubinSection> Read(ByteRange cubin, CubinHeader header)
    {
        if (!cubin.TrySlice(header.SectionTable, (ulong)header.SectionCount * HeaderSize, out ByteRange table))
        {
            throw new PayloadException($"the cubin's {header.SectionCount} section headers were expected at 0x{header.SectionTable:x}, outside its {cubin.Length} bytes");
        }

        var headers = new byte[table.Length];
        table.Read(0, headers);
        var names = new NameTable(header.NameSection < header.SectionCount ? At(cubin, headers, header.NameSection, new NameTable([])).ReadBytes() : []);
        var sections = new CubinSection[header.SectionCount];
        for (int i = 0; i < sections.Length; i++)
        {
            sections[i] = At(cubin, headers, i, names);
        }

        return sections;
    }

    private static CubinSection At(ByteRange cubin, byte[] headers, int index, NameTable names)
    {
        ReadOnlySpan<byte> header = headers.AsSpan(index * HeaderSize, HeaderSize);
        uint type = BinaryPrimitives.ReadUInt32LittleEndian(header.Slice(4));
        ulong size = BinaryPrimitives.ReadUInt64LittleEndian(header.Slice(32));
        ByteRange bytes = default;
        if (type != NoBitsType)
        {
            cubin.TrySlice(BinaryPrimitives.ReadUInt64LittleEndian(header.Slice(24)), size, out bytes);
        }

        return new CubinSection(
            names.TextAt(BinaryPrimitives.ReadUInt32LittleEndian(header)), type, BinaryPrimitives.ReadUInt32LittleEndian(header.Slice(40)), size, bytes);
    }
}
