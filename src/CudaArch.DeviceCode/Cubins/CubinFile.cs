using System.Buffers.Binary;
using CudaArch.DeviceCode.Compression;

namespace CudaArch.DeviceCode.Cubins;

/// <summary>A whole cubin: its kernels and what they need, from the symbol table and the <c>.nv.info</c> sections.</summary>
internal sealed class CubinFile
{
    private const int SectionHeaderSize = 64, SymbolSize = 24;
    private const uint SymbolTableType = 2;
    private const int FunctionSymbol = 2;

    // STO_CUDA_ENTRY: set on kernels, clear on device functions; other bits of st_other are set as well.
    private const byte EntryBit = 0x10;

    private const byte InfoLengthFormat = 4, InfoRegisterCount = 0x2F;

    private CubinFile(IReadOnlyList<KernelInfo> kernels) => Kernels = kernels;

    /// <summary>Its kernels in the order of the symbol table.</summary>
    public IReadOnlyList<KernelInfo> Kernels { get; }

    /// <exception cref="PayloadException">The bytes are not a whole cubin.</exception>
    public static CubinFile Parse(byte[] bytes)
    {
        if (!CubinHeader.TryRead(bytes, out CubinHeader header))
        {
            throw new PayloadException("the payload is not a cubin: expected a 64-bit ELF file of machine 190");
        }

        Section[] sections = ReadSections(bytes, header);
        ReadOnlySpan<byte> names = header.NameSection < sections.Length ? sections[header.NameSection].Bytes(bytes) : default;
        Section? symbols = sections.FirstOrDefault(section => section.Type == SymbolTableType);
        if (symbols is null)
        {
            return new CubinFile([]);
        }

        if (symbols.Link >= sections.Length)
        {
            throw new PayloadException($"the cubin's symbol table names section {symbols.Link} as its text where there are {sections.Length}");
        }

        Dictionary<int, int> registers = ReadRegisters(bytes, sections, names);
        Dictionary<string, long> shared = ReadSharedMemory(bytes, sections, names);
        ReadOnlySpan<byte> table = symbols.Bytes(bytes), texts = sections[symbols.Link].Bytes(bytes);
        var kernels = new List<KernelInfo>();
        for (int i = 0; (i + 1) * SymbolSize <= table.Length; i++)
        {
            ReadOnlySpan<byte> symbol = table.Slice(i * SymbolSize, SymbolSize);
            if ((symbol[4] & 0xF) != FunctionSymbol || (symbol[5] & EntryBit) == 0)
            {
                continue;
            }

            string name = TextAt(texts, BinaryPrimitives.ReadUInt32LittleEndian(symbol));
            kernels.Add(new KernelInfo(name, registers.TryGetValue(i, out int count) ? count : null, shared.TryGetValue(name, out long size) ? size : 0));
        }

        return new CubinFile(kernels);
    }

    private static Section[] ReadSections(byte[] bytes, CubinHeader header)
    {
        var sections = new Section[header.SectionCount];
        if (header.SectionTable > (ulong)bytes.Length || (ulong)sections.Length * SectionHeaderSize > (ulong)bytes.Length - header.SectionTable)
        {
            throw new PayloadException($"the cubin's {sections.Length} section headers at {header.SectionTable} lie outside its {bytes.Length} bytes");
        }

        for (int i = 0; i < sections.Length; i++)
        {
            sections[i] = new Section(bytes.AsSpan((int)header.SectionTable + (i * SectionHeaderSize), SectionHeaderSize));
        }

        return sections;
    }

    // Registers by symbol index, from the attributes of .nv.info: format, id, length, and for this one a symbol index and a count.
    private static Dictionary<int, int> ReadRegisters(byte[] bytes, Section[] sections, ReadOnlySpan<byte> names)
    {
        var registers = new Dictionary<int, int>();
        foreach (Section section in sections)
        {
            if (TextAt(names, section.Name) != ".nv.info")
            {
                continue;
            }

            ReadOnlySpan<byte> info = section.Bytes(bytes);
            while (info.Length >= 4)
            {
                int length = info[0] == InfoLengthFormat ? BinaryPrimitives.ReadUInt16LittleEndian(info.Slice(2)) : 0;
                if (info[0] == InfoLengthFormat && info[1] == InfoRegisterCount && length >= 8 && info.Length >= 12)
                {
                    registers[BinaryPrimitives.ReadInt32LittleEndian(info.Slice(4))] = BinaryPrimitives.ReadInt32LittleEndian(info.Slice(8));
                }

                info = 4 + length <= info.Length ? info.Slice(4 + length) : default;
            }
        }

        return registers;
    }

    private static Dictionary<string, long> ReadSharedMemory(byte[] bytes, Section[] sections, ReadOnlySpan<byte> names)
    {
        const string Prefix = ".nv.shared.";
        var shared = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (Section section in sections)
        {
            string name = TextAt(names, section.Name);
            if (name.StartsWith(Prefix, StringComparison.Ordinal))
            {
                shared[name.Substring(Prefix.Length)] = (long)Math.Min(section.Size, long.MaxValue);
            }
        }

        return shared;
    }

    private static string TextAt(ReadOnlySpan<byte> table, uint offset)
    {
        if (offset >= (uint)table.Length)
        {
            return "";
        }

        ReadOnlySpan<byte> text = table.Slice((int)offset);
        int end = text.IndexOf((byte)0);
        return Utf8.GetString(end < 0 ? text : text.Slice(0, end));
    }

    private sealed class Section(ReadOnlySpan<byte> header)
    {
        private const uint NoBits = 8;

        public uint Name { get; } = BinaryPrimitives.ReadUInt32LittleEndian(header);

        public uint Type { get; } = BinaryPrimitives.ReadUInt32LittleEndian(header.Slice(4));

        private ulong Offset { get; } = BinaryPrimitives.ReadUInt64LittleEndian(header.Slice(24));

        public ulong Size { get; } = BinaryPrimitives.ReadUInt64LittleEndian(header.Slice(32));

        public int Link { get; } = BinaryPrimitives.ReadInt32LittleEndian(header.Slice(40)) & int.MaxValue;

        /// <summary>The section's bytes; none when it has none in the file or they lie outside it.</summary>
        public ReadOnlySpan<byte> Bytes(byte[] file) =>
            Type != NoBits && Offset <= (ulong)file.Length && Size <= (ulong)file.Length - Offset ? file.AsSpan((int)Offset, (int)Size) : default;
    }
}
