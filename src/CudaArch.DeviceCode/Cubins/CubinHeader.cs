using System.Buffers.Binary;

namespace CudaArch.DeviceCode.Cubins;

/// <summary>The ELF header of a cubin: 64-bit little-endian ELF of machine 190.</summary>
internal readonly struct CubinHeader
{
    public const int Size = 64;

    /// <summary>The machine number of CUDA code in ELF files.</summary>
    public const ushort Machine = 190;

    private const int AbiWithNewFlags = 8, SectionHeaderSize = 64, ProgramHeaderSize = 56;
    private const uint OldArchitectureSpecificFlag = 0x800, NewArchitectureSpecificFlag = 0x8;
    private const ushort RelocatableType = 1, ExecutableType = 2;

    private CubinHeader(ReadOnlySpan<byte> bytes)
    {
        AbiVersion = bytes[8];
        Type = BinaryPrimitives.ReadUInt16LittleEndian(bytes.Slice(16));
        SectionTable = BinaryPrimitives.ReadUInt64LittleEndian(bytes.Slice(40));
        ProgramTable = BinaryPrimitives.ReadUInt64LittleEndian(bytes.Slice(32));
        Flags = BinaryPrimitives.ReadUInt32LittleEndian(bytes.Slice(48));
        ProgramCount = BinaryPrimitives.ReadUInt16LittleEndian(bytes.Slice(56));
        SectionCount = BinaryPrimitives.ReadUInt16LittleEndian(bytes.Slice(60));
        NameSection = BinaryPrimitives.ReadUInt16LittleEndian(bytes.Slice(62));
    }

    public byte AbiVersion { get; }

    public ushort Type { get; }

    public uint Flags { get; }

    public ulong SectionTable { get; }

    public ushort SectionCount { get; }

    /// <summary>Index of the section that holds the sections' names.</summary>
    public ushort NameSection { get; }

    public ulong ProgramTable { get; }

    public ushort ProgramCount { get; }

    /// <summary>Whether it must be linked before it can be loaded.</summary>
    public bool IsRelocatable => Type == RelocatableType;

    /// <summary>The number of the architecture: 121 of <c>sm_121</c>.</summary>
    public uint ArchitectureNumber => (AbiVersion >= AbiWithNewFlags ? Flags >> 8 : Flags) & 0xFF;

    /// <summary>Whether the header alone says that the code is architecture-specific; the compilers of CUDA 13 say it only in <c>.nv.compat</c>.</summary>
    public bool IsArchitectureSpecific => (Flags & (AbiVersion >= AbiWithNewFlags ? NewArchitectureSpecificFlag : OldArchitectureSpecificFlag)) != 0;

    /// <summary>Reads the header of a cubin; false when the bytes are not one.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out CubinHeader header)
    {
        header = default;
        if (bytes.Length < Size || !bytes.StartsWith(Magic) || BinaryPrimitives.ReadUInt16LittleEndian(bytes.Slice(18)) != Machine)
        {
            return false;
        }

        header = new CubinHeader(bytes);
        return header.Type is RelocatableType or ExecutableType;
    }

    /// <summary>ELF, 64-bit, little-endian, version 1.</summary>
    public static ReadOnlySpan<byte> Magic => [0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1];

    /// <summary>Where the last of its tables of headers ends: in every cubin seen, its size. Unsigned overflow gives a size that fits nowhere.</summary>
    public ulong End => Math.Max(TableEnd(SectionTable, (ulong)SectionCount * SectionHeaderSize), TableEnd(ProgramTable, (ulong)ProgramCount * ProgramHeaderSize));

    private static ulong TableEnd(ulong start, ulong size) => start > ulong.MaxValue - size ? ulong.MaxValue : start + size;
}
