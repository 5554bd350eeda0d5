using System.Buffers.Binary;
using CudaArch.DeviceCode.IO;

namespace CudaArch.DeviceCode.Containers;

/// <summary>COFF object files, as in Windows static libraries: the usual form, and the one with more than 65 279 sections (<c>/bigobj</c>).</summary>
internal sealed class CoffObjectFormat : ContainerFormat
{
    private const int HeaderSize = 20, BigHeaderSize = 56, BigSymbolSize = 20, SectionHeaderSize = 40;
    private const uint MaxSections = 1 << 20;
    private const ushort MaxOrdinarySections = 65279;

    private static ReadOnlySpan<byte> BigClass =>
        [0xC7, 0xA1, 0xBA, 0xD1, 0xEE, 0xBA, 0xA9, 0x4B, 0xAF, 0x20, 0xFA, 0xF6, 0x6A, 0xA4, 0xDC, 0xB8];

    public override bool Recognizes(ReadOnlySpan<byte> head) => IsBig(head) || IsOrdinary(head);

    public override Host Read(ByteRange file, ReadContext context)
    {
        Span<byte> header = stackalloc byte[BigHeaderSize];
        header = header.Slice(0, file.Read(0, header));
        ushort machine;
        List<PeSection> sections;
        if (IsBig(header))
        {
            machine = BinaryPrimitives.ReadUInt16LittleEndian(header.Slice(6));
            uint count = BinaryPrimitives.ReadUInt32LittleEndian(header.Slice(44));
            if (count > MaxSections)
            {
                context.Report(file.Start + 44, $"the object states {count} sections, more than the {MaxSections} that are read");
                count = MaxSections;
            }

            sections = PeSections.Read(
                file, BigHeaderSize, count, BinaryPrimitives.ReadUInt32LittleEndian(header.Slice(48)), BinaryPrimitives.ReadUInt32LittleEndian(header.Slice(52)), BigSymbolSize, context);
        }
        else
        {
            machine = BinaryPrimitives.ReadUInt16LittleEndian(header);
            sections = PeSections.Read(
                file, HeaderSize, BinaryPrimitives.ReadUInt16LittleEndian(header.Slice(2)), BinaryPrimitives.ReadUInt32LittleEndian(header.Slice(8)),
                BinaryPrimitives.ReadUInt32LittleEndian(header.Slice(12)), PeSections.UsualSymbolSize, context);
        }

        PeFormat.ReadSections(sections, imageBase: null, further: [], context);
        return new Host(HostFormat.PeCoff, PeFormat.MachineName(machine));
    }

    private static bool IsBig(ReadOnlySpan<byte> head) =>
        head.Length >= BigHeaderSize && head[0] == 0 && head[1] == 0 && head[2] == 0xFF && head[3] == 0xFF && head.Slice(12, BigClass.Length).SequenceEqual(BigClass);

    // No magic: a known machine, no optional header, flags of an object, and room for the section headers that it states.
    private static bool IsOrdinary(ReadOnlySpan<byte> head)
    {
        if (head.Length < HeaderSize + SectionHeaderSize)
        {
            return false;
        }

        ushort sections = BinaryPrimitives.ReadUInt16LittleEndian(head.Slice(2)), characteristics = BinaryPrimitives.ReadUInt16LittleEndian(head.Slice(18));
        return PeFormat.IsObjectMachine(BinaryPrimitives.ReadUInt16LittleEndian(head))
            && sections is > 0 and <= MaxOrdinarySections
            && BinaryPrimitives.ReadUInt16LittleEndian(head.Slice(16)) == 0
            && (characteristics & 0x2) == 0;
    }
}
