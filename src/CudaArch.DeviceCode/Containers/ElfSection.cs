using System.Buffers.Binary;

namespace CudaArch.DeviceCode.Containers;

/// <summary>A section header of a 64-bit ELF file.</summary>
internal readonly struct ElfSection(ReadOnlySpan<byte> bytes)
{
    public const int Size = 64;

    private const uint NoBitsType = 8, AddressRelocationType = 4;
    private const ulong AllocatedFlag = 0x2, ExecutableFlag = 0x4;

    /// <summary>Offset of its name among the names.</summary>
    public uint Name { get; } = BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    public uint Type { get; } = BinaryPrimitives.ReadUInt32LittleEndian(bytes.Slice(4));

    public ulong Flags { get; } = BinaryPrimitives.ReadUInt64LittleEndian(bytes.Slice(8));

    public ulong Address { get; } = BinaryPrimitives.ReadUInt64LittleEndian(bytes.Slice(16));

    public ulong Offset { get; } = BinaryPrimitives.ReadUInt64LittleEndian(bytes.Slice(24));

    public ulong Length { get; } = BinaryPrimitives.ReadUInt64LittleEndian(bytes.Slice(32));

    public uint Link { get; } = BinaryPrimitives.ReadUInt32LittleEndian(bytes.Slice(40));

    public bool HasBytes => Type is not (0 or NoBitsType) && Length > 0;

    public bool IsRelocations => Type == AddressRelocationType;

    /// <summary>
    /// Whether device code may stand in it without the section's name telling so: loaded at run time, not executable, and not one of the tables of the linker
    /// (symbols 2 and 11, strings 3, relocations 4 and 9, hashes 5, dynamic 6, notes 7, constructors 14 to 16, groups 17 and 18, packed relocations 19).
    /// </summary>
    public bool IsData => HasBytes && (Flags & AllocatedFlag) != 0 && (Flags & ExecutableFlag) == 0 && Type is 1 or > 19 && Type is not (0x6FFFFFF6 or 0x6FFFFFFD or 0x6FFFFFFE or 0x6FFFFFFF);
}
