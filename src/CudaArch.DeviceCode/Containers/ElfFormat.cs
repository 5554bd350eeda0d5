using System.Buffers.Binary;
using CudaArch.DeviceCode.Cubins;
using CudaArch.DeviceCode.IO;

namespace CudaArch.DeviceCode.Containers;

/// <summary>
/// ELF shared objects, programs and object files. Sections with NVIDIA's names are walked, all other data sections searched; a file without section headers is searched
/// by its loadable segments.
/// </summary>
internal sealed class ElfFormat : ContainerFormat
{
    /// <summary>The names of NVIDIA's sections, also in COFF objects.</summary>
    public const string FatbinSection = ".nv_fatbin", RelocatableSection = "__nv_relfatbin", WrapperSection = ".nvFatBinSegment";

    private const int ProgramHeaderSize = 56, LoadableType = 1;

    public override bool Recognizes(ReadOnlySpan<byte> head) => head.StartsWith(ElfHeader.Magic);

    public override Host Read(ByteRange file, ReadContext context)
    {
        ElfHeader header = ElfHeader.Read(file);
        if (header.Machine == CubinHeader.Machine)
        {
            throw new DeviceCodeException(file.Name, file.Start + 16, "an executable or relocatable cubin", "the ELF header of the cubin is damaged");
        }

        var areas = new List<DataArea>();
        IReadOnlyList<NamedElfSection> sections = ElfSections.Read(file, header, context);
        if (sections.Count > 0)
        {
            AddSections(file, sections, areas, context);
        }
        else
        {
            AddSegments(file, header, areas, context);
        }

        int first = context.Modules.Count;
        DataAreaReader.Read(areas, context);
        MarkDeviceLinked(file, sections, new FatbinWrappers(context.Modules.Skip(first)));
        return new Host(HostFormat.Elf, ElfHeader.MachineName(header.Machine));
    }

    private static void AddSections(ByteRange file, IReadOnlyList<NamedElfSection> sections, List<DataArea> areas, ReadContext context)
    {
        foreach (NamedElfSection section in sections)
        {
            AreaKind? kind = section.Name switch
            {
                FatbinSection => AreaKind.Fatbins,
                RelocatableSection => AreaKind.RelocatableFatbins,
                WrapperSection => null,
                _ when section.Header.IsData && context.Options.SearchDataSections => AreaKind.Data,
                _ => null,
            };
            if (kind is not { } known || !section.Header.HasBytes)
            {
                continue;
            }

            areas.Add(new DataArea(section.Name, ElfSections.Clip(file, section.Header.Offset, section.Header.Length, $"section {section.Name}", context), known));
        }
    }

    private static void AddSegments(ByteRange file, ElfHeader header, List<DataArea> areas, ReadContext context)
    {
        if (!context.Options.SearchDataSections)
        {
            return;
        }

        if (header.ProgramEntrySize < ProgramHeaderSize && header.ProgramCount > 0)
        {
            context.Report(file.Start + 54, $"program headers of {header.ProgramEntrySize} bytes, expected {ProgramHeaderSize}");
            return;
        }

        Span<byte> bytes = stackalloc byte[ProgramHeaderSize];
        for (int i = 0; i < header.ProgramCount; i++)
        {
            ulong offset = header.ProgramTable + ((ulong)i * header.ProgramEntrySize);
            if (offset > (ulong)file.Length || !file.TryReadExactly((long)offset, bytes))
            {
                context.Report(file.Start + file.Length, $"program header {i} of {header.ProgramCount} was expected at 0x{offset:x}: the file is truncated or damaged");
                return;
            }

            ulong size = BinaryPrimitives.ReadUInt64LittleEndian(bytes.Slice(32));
            if (BinaryPrimitives.ReadUInt32LittleEndian(bytes) == LoadableType && size > 0)
            {
                ByteRange segment = ElfSections.Clip(file, BinaryPrimitives.ReadUInt64LittleEndian(bytes.Slice(8)), size, $"segment {i}", context);
                areas.Add(new DataArea(FormattableString.Invariant($"segment {i}"), segment, AreaKind.Data));
            }
        }
    }

    private static void MarkDeviceLinked(ByteRange file, IReadOnlyList<NamedElfSection> sections, FatbinWrappers wrappers)
    {
        if (!wrappers.AreNeeded)
        {
            return;
        }

        foreach (NamedElfSection section in ElfSections.Disjoint(sections.Where(section => section.Name == WrapperSection)))
        {
            wrappers.Collect(ElfSections.Clip(file, section.Header), section.Header.Address);
        }

        if (wrappers.LackAddresses)
        {
            foreach (NamedElfSection section in ElfSections.Disjoint(sections.Where(section => section.Header.IsRelocations)))
            {
                ElfRelocations.Apply(ElfSections.Clip(file, section.Header), wrappers);
            }
        }

        wrappers.MarkDeviceLinked(sections.Where(section => section.Name == FatbinSection)
            .Select(section => (section.Header.Address, ElfSections.Clip(file, section.Header))));
    }
}
