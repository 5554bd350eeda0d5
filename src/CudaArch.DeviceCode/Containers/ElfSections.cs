using System.Buffers;
using CudaArch.DeviceCode.Cubins;
using CudaArch.DeviceCode.IO;

namespace CudaArch.DeviceCode.Containers;

/// <summary>A section header with its name.</summary>
internal readonly record struct NamedElfSection(string Name, ElfSection Header);

/// <summary>Reads the table of section headers.</summary>
internal static class ElfSections
{
    private const int MaxSections = 1 << 20, HeadersPerRead = 256, MaxNamesSize = 16 << 20;
    private const ushort ExtendedIndex = 0xFFFF;

    /// <summary>The sections that have bytes in the file; none when the file has no section headers or they lie outside it, which is then a problem.</summary>
    public static IReadOnlyList<NamedElfSection> Read(ByteRange file, ElfHeader header, ReadContext context)
    {
        if (header.SectionTable == 0)
        {
            return [];
        }

        // With more sections than the header's fields hold, the counts stand in section 0.
        Span<byte> first = stackalloc byte[ElfSection.Size];
        if (header.SectionTable > (ulong)file.Length || !file.TryReadExactly((long)header.SectionTable, first))
        {
            context.Report(file.Start + file.Length, $"section headers were expected at 0x{header.SectionTable:x} where the file has {file.Length} bytes: the file is truncated or damaged");
            return [];
        }

        var section0 = new ElfSection(first);
        ulong count = header.SectionCount != 0 ? header.SectionCount : section0.Length;
        uint nameSection = header.NameSection != ExtendedIndex ? header.NameSection : section0.Link;
        if (header.SectionEntrySize != ElfSection.Size)
        {
            context.Report(file.Start + 58, $"section headers of {header.SectionEntrySize} bytes, expected {ElfSection.Size}");
            return [];
        }

        if (count > MaxSections || !file.TrySlice(header.SectionTable, count * ElfSection.Size, out ByteRange table))
        {
            context.Report(
                file.Start + (long)header.SectionTable,
                $"{count} section headers were expected where {(file.Length - (long)header.SectionTable) / ElfSection.Size} fit: the file is truncated or damaged");
            return [];
        }

        List<ElfSection> headers = ReadTable(table);
        return Named(file, headers, nameSection, context);
    }

    /// <summary>The part of a section or segment that lies in the file; a part that does not is a problem.</summary>
    public static ByteRange Clip(ByteRange file, ulong offset, ulong length, string what, ReadContext context)
    {
        if (file.TrySlice(offset, length, out ByteRange range))
        {
            return range;
        }

        context.Report(
            file.Start + (long)Math.Min(offset, (ulong)file.Length),
            $"{what} of {length} bytes was expected at 0x{offset:x} where the file has {file.Length}: the file is truncated or damaged");
        return file.From((long)Math.Min(offset, (ulong)file.Length));
    }

    /// <summary>The part of a section that lies in the file.</summary>
    public static ByteRange Clip(ByteRange file, ElfSection section) =>
        file.TrySlice(section.Offset, section.Length, out ByteRange range) ? range : file.From((long)Math.Min(section.Offset, (ulong)file.Length));

    /// <summary>Sections in file order, without those that start inside an earlier one: no byte need be read twice for them.</summary>
    public static IEnumerable<NamedElfSection> Disjoint(IEnumerable<NamedElfSection> sections)
    {
        ulong reached = 0;
        foreach (NamedElfSection section in sections.OrderBy(section => section.Header.Offset))
        {
            if (section.Header.Offset >= reached)
            {
                reached = section.Header.Offset > ulong.MaxValue - section.Header.Length ? ulong.MaxValue : section.Header.Offset + section.Header.Length;
                yield return section;
            }
        }
    }

    private static List<ElfSection> ReadTable(ByteRange table)
    {
        var headers = new List<ElfSection>();
        byte[] buffer = ArrayPool<byte>.Shared.Rent(HeadersPerRead * ElfSection.Size);
        try
        {
            for (long position = 0; position < table.Length; position += HeadersPerRead * ElfSection.Size)
            {
                ReadOnlySpan<byte> bytes = buffer.AsSpan(0, table.Read(position, buffer.AsSpan(0, HeadersPerRead * ElfSection.Size)));
                for (; bytes.Length >= ElfSection.Size; bytes = bytes.Slice(ElfSection.Size))
                {
                    headers.Add(new ElfSection(bytes));
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return headers;
    }

    private static List<NamedElfSection> Named(ByteRange file, List<ElfSection> headers, uint nameSection, ReadContext context)
    {
        byte[] names = [];
        if (nameSection < headers.Count && headers[(int)nameSection] is { HasBytes: true } section)
        {
            ByteRange range = Clip(file, section.Offset, Math.Min(section.Length, MaxNamesSize), "the table of section names", context);
            names = new byte[range.Length];
            range.Read(0, names);
        }
        else if (headers.Count > 1)
        {
            context.Report(file.Start + 62, $"section {nameSection} was expected to hold the sections' names; all data sections are searched instead");
        }

        var named = new List<NamedElfSection>();
        foreach (ElfSection header in headers)
        {
            if (header.HasBytes)
            {
                named.Add(new NamedElfSection(NameAt(names, header.Name), header));
            }
        }

        return named;
    }

    private static string NameAt(byte[] names, uint offset)
    {
        if (offset >= (uint)names.Length)
        {
            return "";
        }

        // Longer names than this are of no interest here.
        ReadOnlySpan<byte> text = names.AsSpan((int)offset);
        text = text.Slice(0, Math.Min(text.Length, 64));
        int end = text.IndexOf((byte)0);
        return Utf8.GetString(end < 0 ? text : text.Slice(0, end));
    }
}
