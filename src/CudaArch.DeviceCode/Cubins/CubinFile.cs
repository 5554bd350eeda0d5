using System.Buffers.Binary;
using CudaArch.DeviceCode.Compression;
using CudaArch.DeviceCode.IO;

namespace CudaArch.DeviceCode.Cubins;

/// <summary>Reads the kernels of a whole cubin and what they need, from its symbol table and <c>.nv.info</c> sections.</summary>
internal static class CubinFile
{
    private const int SymbolSize = 24;
    private const uint SymbolTableType = 2;
    private const int FunctionSymbol = 2;
    private const string InfoSection = ".nv.info", SharedMemoryPrefix = ".nv.shared.";

    // STO_CUDA_ENTRY: set on kernels, clear on device functions; other bits of st_other are set as well.
    private const byte EntryBit = 0x10;

    private const byte InfoLengthFormat = 4, InfoRegisterCount = 0x2F;

    /// <summary>The kernels in the order of the symbol table.</summary>
    /// <exception cref="PayloadException">The bytes are not a whole cubin.</exception>
    public static IReadOnlyList<KernelInfo> ReadKernels(ByteRange cubin)
    {
        Span<byte> bytes = stackalloc byte[CubinHeader.Size];
        if (!cubin.TryReadExactly(0, bytes) || !CubinHeader.TryRead(bytes, out CubinHeader header))
        {
            throw new PayloadException("the payload is not a cubin: expected a 64-bit ELF file of machine 190");
        }

        IReadOnlyList<CubinSection> sections = CubinSections.Read(cubin, header);
        CubinSection symbols = sections.FirstOrDefault(section => section.Type == SymbolTableType);
        if (symbols.Type != SymbolTableType)
        {
            throw new PayloadException($"a symbol table was expected among the cubin's {sections.Count} sections");
        }

        if (symbols.Link >= sections.Count)
        {
            throw new PayloadException($"the cubin's symbol table names section {symbols.Link} as its text where there are {sections.Count}");
        }

        Dictionary<int, int> registers = ReadRegisters(sections);
        Dictionary<string, long> shared = ReadSharedMemory(sections);
        ReadOnlySpan<byte> table = symbols.ReadBytes();
        var names = new NameTable(sections[(int)symbols.Link].ReadBytes());
        var kernels = new List<KernelInfo>();
        for (int i = 0; (i + 1) * SymbolSize <= table.Length; i++)
        {
            ReadOnlySpan<byte> symbol = table.Slice(i * SymbolSize, SymbolSize);
            if ((symbol[4] & 0xF) != FunctionSymbol || (symbol[5] & EntryBit) == 0)
            {
                continue;
            }

            string name = names.TextAt(BinaryPrimitives.ReadUInt32LittleEndian(symbol));
            kernels.Add(new KernelInfo(name, registers.TryGetValue(i, out int count) ? count : null, shared.TryGetValue(name, out long size) ? size : 0));
        }

        return kernels;
    }

    // Registers by symbol index, from the attributes of .nv.info: format, id, length, and for this one a symbol index and a count.
    private static Dictionary<int, int> ReadRegisters(IReadOnlyList<CubinSection> sections)
    {
        var registers = new Dictionary<int, int>();
        CubinSection section = sections.FirstOrDefault(section => section.Name == InfoSection);
        ReadOnlySpan<byte> info = section.Name == InfoSection ? section.ReadBytes() : [];
        while (info.Length >= 4)
        {
            int length = info[0] == InfoLengthFormat ? BinaryPrimitives.ReadUInt16LittleEndian(info.Slice(2)) : 0;
            if (info[0] == InfoLengthFormat && info[1] == InfoRegisterCount && length >= 8 && info.Length >= 12)
            {
                registers[BinaryPrimitives.ReadInt32LittleEndian(info.Slice(4))] = BinaryPrimitives.ReadInt32LittleEndian(info.Slice(8));
            }

            info = 4 + length <= info.Length ? info.Slice(4 + length) : default;
        }

        return registers;
    }

    private static Dictionary<string, long> ReadSharedMemory(IReadOnlyList<CubinSection> sections)
    {
        var shared = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (CubinSection section in sections)
        {
            if (section.Name.StartsWith(SharedMemoryPrefix, StringComparison.Ordinal))
            {
                shared[section.Name.Substring(SharedMemoryPrefix.Length)] = (long)Math.Min(section.Size, long.MaxValue);
            }
        }

        return shared;
    }
}
