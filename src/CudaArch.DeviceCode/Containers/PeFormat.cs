using System.Buffers.Binary;
using CudaArch.DeviceCode.IO;

namespace CudaArch.DeviceCode.Containers;

/// <summary>Windows DLLs and programs, and .NET assemblies. Section names are cut to 8 characters: <c>.nv_fatb</c>, <c>__nv_rel</c>, <c>.nvFatBi</c>.</summary>
internal sealed class PeFormat : ContainerFormat
{
    private const string FatbinSection = ".nv_fatb", RelocatableSection = "__nv_rel", WrapperSection = ".nvFatBi";
    private const int DosHeaderSize = 64, CoffHeaderSize = 24;
    private const ushort Magic32 = 0x10B, Magic64 = 0x20B;
    private const int ManagedDirectory = 14;

    public override bool Recognizes(ReadOnlySpan<byte> head) => head.StartsWith("MZ"u8);

    public override Host Read(ByteRange file, ReadContext context)
    {
        Span<byte> dos = stackalloc byte[DosHeaderSize];
        if (!file.TryReadExactly(0, dos))
        {
            throw new DeviceCodeException(file.Name, file.Start + file.Length, $"a DOS header of {DosHeaderSize} bytes", $"the file ends after {file.Length} bytes");
        }

        uint header = BinaryPrimitives.ReadUInt32LittleEndian(dos.Slice(60));
        Span<byte> coff = stackalloc byte[CoffHeaderSize];
        if (!file.TryReadExactly(header, coff) || !coff.StartsWith("PE\0\0"u8))
        {
            throw header + CoffHeaderSize <= file.Length
                ? new DeviceCodeException(file.Name, file.Start + header, "the PE signature", "this is an MZ program without a PE header") { Failure = DeviceCodeFailure.NotNative }
                : new DeviceCodeException(file.Name, file.Start + file.Length, $"the PE signature at 0x{header:x}", $"the file ends after {file.Length} bytes");
        }

        ushort machine = BinaryPrimitives.ReadUInt16LittleEndian(coff.Slice(4)), optionalSize = BinaryPrimitives.ReadUInt16LittleEndian(coff.Slice(20));
        long optional = header + CoffHeaderSize;
        List<PeSection> sections = PeSections.Read(
            file, optional + optionalSize, BinaryPrimitives.ReadUInt16LittleEndian(coff.Slice(6)), BinaryPrimitives.ReadUInt32LittleEndian(coff.Slice(12)),
            BinaryPrimitives.ReadUInt32LittleEndian(coff.Slice(16)), PeSections.UsualSymbolSize, context);

        ReadOptionalHeader(file, optional, optionalSize, out ulong imageBase, out uint managedHeader);
        IEnumerable<DataArea> managed = managedHeader != 0 && context.Options.SearchDataSections ? ManagedAssembly.Read(sections, managedHeader, context) : [];
        ReadSections(sections, imageBase, managed, context);
        return new Host(HostFormat.PeCoff, MachineName(machine));
    }

    /// <summary>Reads the device code in the sections of an image or object.</summary>
    /// <param name="sections">Its sections.</param>
    /// <param name="imageBase">Where an image is loaded; null for objects, whose addresses are not final.</param>
    /// <param name="further">Further areas to look through.</param>
    /// <param name="context">Takes the modules.</param>
    public static void ReadSections(List<PeSection> sections, ulong? imageBase, IEnumerable<DataArea> further, ReadContext context)
    {
        var areas = new List<DataArea>(further);
        foreach (PeSection section in sections)
        {
            // Objects keep the names that ELF files have.
            AreaKind? kind = section.Name switch
            {
                FatbinSection or ElfFormat.FatbinSection => AreaKind.Fatbins,
                RelocatableSection or ElfFormat.RelocatableSection => AreaKind.RelocatableFatbins,
                WrapperSection or ElfFormat.WrapperSection => null,
                _ when section.IsData && context.Options.SearchDataSections => AreaKind.Data,
                _ => null,
            };
            if (kind is { } known)
            {
                areas.Add(new DataArea(section.Name, section.Bytes, known));
            }
        }

        int first = context.Modules.Count;
        DataAreaReader.Read(areas, context);
        if (imageBase is { } loadedAt)
        {
            var wrappers = new FatbinWrappers(context.Modules.Skip(first));
            if (wrappers.AreNeeded)
            {
                // There is one; many that share their bytes would be read again and again.
                foreach (PeSection section in sections.Where(section => section.Name == WrapperSection).Take(1))
                {
                    wrappers.Collect(section.Bytes, loadedAt + section.Address);
                }

                wrappers.MarkDeviceLinked(sections.Where(section => section.Name == FatbinSection)
                    .Select(section => (loadedAt + section.Address, section.Bytes)));
            }
        }
    }

    /// <summary>The usual name of a machine number.</summary>
    public static string MachineName(ushort machine) => machine switch
    {
        0x8664 => "x86-64",
        0xAA64 => "aarch64",
        0xA641 => "arm64ec",
        0x14C => "x86",
        0x1C4 => "arm",
        _ => FormattableString.Invariant($"pe-machine-0x{machine:x}"),
    };

    /// <summary>Whether CUDA host objects are made for a machine.</summary>
    public static bool IsObjectMachine(ushort machine) => machine is 0x8664 or 0xAA64 or 0xA641;

    private static void ReadOptionalHeader(ByteRange file, long offset, ushort size, out ulong imageBase, out uint managedHeader)
    {
        imageBase = 0;
        managedHeader = 0;
        Span<byte> bytes = stackalloc byte[240];
        bytes = bytes.Slice(0, file.Read(offset, bytes.Slice(0, Math.Min((int)size, bytes.Length))));
        if (bytes.Length < 32)
        {
            return;
        }

        ushort magic = BinaryPrimitives.ReadUInt16LittleEndian(bytes);
        int directories = magic == Magic64 ? 112 : magic == Magic32 ? 96 : int.MaxValue - 8;
        imageBase = magic == Magic64 ? BinaryPrimitives.ReadUInt64LittleEndian(bytes.Slice(24)) : BinaryPrimitives.ReadUInt32LittleEndian(bytes.Slice(28));
        if (bytes.Length >= directories && BinaryPrimitives.ReadUInt32LittleEndian(bytes.Slice(directories - 4)) > ManagedDirectory
            && bytes.Length >= directories + ((ManagedDirectory + 1) * 8))
        {
            managedHeader = BinaryPrimitives.ReadUInt32LittleEndian(bytes.Slice(directories + (ManagedDirectory * 8)));
        }
    }
}
