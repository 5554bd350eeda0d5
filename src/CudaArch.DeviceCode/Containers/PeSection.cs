using System.Buffers;
using System.Buffers.Binary;
using CudaArch.DeviceCode.Cubins;
using CudaArch.DeviceCode.IO;

namespace CudaArch.DeviceCode.Containers;

/// <summary>A section of a PE image or COFF object.</summary>
/// <param name="Name">Its name: cut to 8 characters in images, whole in objects.</param>
/// <param name="Address">Where it is loaded, relative to the image's base.</param>
/// <param name="Characteristics">Its flags.</param>
/// <param name="Bytes">Its bytes in the file.</param>
internal readonly record struct PeSection(string Name, uint Address, uint Characteristics, ByteRange Bytes)
{
    private const uint CodeFlag = 0x20, ExecuteFlag = 0x20000000, DiscardableFlag = 0x02000000, RemoveFlag = 0x800;

    /// <summary>Whether device code may stand in it without the section's name telling so.</summary>
    public bool IsData => Bytes.Length > 0 && (Characteristics & (CodeFlag | ExecuteFlag | DiscardableFlag | RemoveFlag)) == 0;
}

/// <summary>Reads the table of sections of a PE image or COFF object.</summary>
internal static class PeSections
{
    private const int HeaderSize = 40, NameSize = 8, SymbolSize = 18, LongestName = 64;
    private const uint UninitializedFlag = 0x80;

    /// <summary>The sections; what lies outside the file is a problem.</summary>
    /// <param name="file">The file.</param>
    /// <param name="table">Where the section headers start.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="symbolTable">Where the symbol table starts, behind which long names stand; 0 when there is none.</param>
    /// <param name="symbolCount">How many symbols there are.</param>
    /// <param name="symbolSize">Size of a symbol.</param>
    /// <param name="context">Takes the problems.</param>
    public static List<PeSection> Read(ByteRange file, long table, uint count, uint symbolTable, uint symbolCount, int symbolSize, ReadContext context)
    {
        var sections = new List<PeSection>();
        long names = symbolTable == 0 ? 0 : symbolTable + ((long)symbolCount * symbolSize);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(HeaderSize);
        try
        {
            Span<byte> header = buffer.AsSpan(0, HeaderSize);
            for (uint i = 0; i < count; i++)
            {
                if (!file.TryReadExactly(table + (i * HeaderSize), header))
                {
                    context.Report(file.Start + file.Length, $"section header {i} of {count} was expected at 0x{table + (i * HeaderSize):x}: the file is truncated or damaged");
                    break;
                }

                uint virtualSize = BinaryPrimitives.ReadUInt32LittleEndian(header.Slice(8)), size = BinaryPrimitives.ReadUInt32LittleEndian(header.Slice(16));
                uint offset = BinaryPrimitives.ReadUInt32LittleEndian(header.Slice(20)), flags = BinaryPrimitives.ReadUInt32LittleEndian(header.Slice(36));
                string name = Name(file, header.Slice(0, NameSize), names);
                if (size == 0 || (flags & UninitializedFlag) != 0)
                {
                    continue;
                }

                // Sizes in images are rounded up to the file's alignment: the bytes must be there, but what is not loaded is padding.
                ByteRange bytes = ElfSections.Clip(file, offset, size, $"section {name}", context);
                if (virtualSize != 0 && virtualSize < bytes.Length)
                {
                    bytes.TrySlice(0, virtualSize, out bytes);
                }

                sections.Add(new PeSection(name, BinaryPrimitives.ReadUInt32LittleEndian(header.Slice(12)), flags, bytes));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return sections;
    }

    /// <summary>Size of a symbol in all but the largest objects.</summary>
    public const int UsualSymbolSize = SymbolSize;

    // "/123": the name stands at offset 123 of the string table behind the symbols.
    private static string Name(ByteRange file, ReadOnlySpan<byte> field, long names)
    {
        int length = field.IndexOf((byte)0);
        string text = Utf8.GetString(length < 0 ? field : field.Slice(0, length));
        if (text.Length < 2 || text[0] != '/' || names == 0 || !uint.TryParse(text.Substring(1), out uint offset))
        {
            return text;
        }

        Span<byte> bytes = stackalloc byte[LongestName];
        ReadOnlySpan<byte> found = bytes.Slice(0, file.Read(names + offset, bytes));
        length = found.IndexOf((byte)0);
        return length < 0 ? text : Utf8.GetString(found.Slice(0, length));
    }
}
