using System.Buffers.Binary;
using CudaArch.Architectures;

namespace CudaArch.DeviceCode.Containers;

/// <summary>The fixed 64 bytes in front of an image in a fatbin, as measured on files of CUDA 8 to 13.</summary>
internal readonly struct FatbinEntry
{
    public const int Size = 64;

    /// <summary>Number of the entry kind that holds several images in one compressed payload (CUDA 13.5, <c>nvcc -concat</c>).</summary>
    public const ushort ConcatenatedKind = 0x100;

    /// <summary>The version in every entry seen.</summary>
    public const ushort KnownVersion = 0x0101;

    private const ulong DebugFlag = 0x2, Lz4Flag = 0x2000, ZstdFlag = 0x8000, ArchitectureSpecificFlag = 0x100000, FamilySpecificFlag = 0x200000;
    private const ulong CompatibilityFlag = 0x1000000;

    private FatbinEntry(ReadOnlySpan<byte> bytes)
    {
        Kind = BinaryPrimitives.ReadUInt16LittleEndian(bytes);
        Version = BinaryPrimitives.ReadUInt16LittleEndian(bytes.Slice(2));
        HeaderSize = BinaryPrimitives.ReadUInt32LittleEndian(bytes.Slice(4));
        PayloadSize = BinaryPrimitives.ReadUInt64LittleEndian(bytes.Slice(8));
        CompressedSize = BinaryPrimitives.ReadUInt32LittleEndian(bytes.Slice(16));
        OptionsOffset = BinaryPrimitives.ReadUInt32LittleEndian(bytes.Slice(20));
        CodeVersionMinor = BinaryPrimitives.ReadUInt16LittleEndian(bytes.Slice(24));
        CodeVersionMajor = BinaryPrimitives.ReadUInt16LittleEndian(bytes.Slice(26));
        ArchitectureNumber = BinaryPrimitives.ReadUInt32LittleEndian(bytes.Slice(28));
        Flags = BinaryPrimitives.ReadUInt64LittleEndian(bytes.Slice(40));
        DecompressedSize = BinaryPrimitives.ReadUInt64LittleEndian(bytes.Slice(56));
    }

    public ushort Kind { get; }

    public ushort Version { get; }

    /// <summary>Size of the header with names, options and sub-entries; in a sub-entry, the image's offset in the unpacked payload.</summary>
    public uint HeaderSize { get; }

    /// <summary>Size of the payload as stored, padded; in a sub-entry, the image's size in the unpacked payload.</summary>
    public ulong PayloadSize { get; }

    /// <summary>Size of the compressed payload without padding; 0 when it is not compressed.</summary>
    public uint CompressedSize { get; }

    /// <summary>Where in the header the options area is; 0 when there is none.</summary>
    public uint OptionsOffset { get; }

    public ushort CodeVersionMinor { get; }

    public ushort CodeVersionMajor { get; }

    public uint ArchitectureNumber { get; }

    public ulong Flags { get; }

    /// <summary>Size of the unpacked payload; 0 when it is not compressed.</summary>
    public ulong DecompressedSize { get; }

    public bool IsDebug => (Flags & DebugFlag) != 0;

    public bool HasCompatibilityAttributes => (Flags & CompatibilityFlag) != 0;

    public PayloadCompression Compression => (Flags & (Lz4Flag | ZstdFlag)) switch
    {
        ZstdFlag => PayloadCompression.Zstd,
        Lz4Flag => PayloadCompression.Lz4,
        _ => PayloadCompression.None,
    };

    public ImageKind ImageKind => Kind switch
    {
        1 => ImageKind.Ptx,
        2 => ImageKind.Cubin,
        8 => ImageKind.LtoIr,
        0x80 => ImageKind.TileIr,
        _ => ImageKind.Unknown,
    };

    /// <summary>The feature set by the flags alone: a Tile cubin says it in its compatibility attributes only.</summary>
    public ArchitectureVariant Variant =>
        (Flags & FamilySpecificFlag) != 0 ? ArchitectureVariant.FamilySpecific
        : (Flags & ArchitectureSpecificFlag) != 0 ? ArchitectureVariant.ArchitectureSpecific
        : ArchitectureVariant.Baseline;

    /// <summary>Reads an entry from at least <see cref="Size"/> bytes.</summary>
    public static FatbinEntry Read(ReadOnlySpan<byte> bytes) => new(bytes);

    /// <summary>The code version as <c>cuobjdump</c> orders it: <c>9.5</c> for PTX 9.5, <c>1.8</c> for a cubin of ELF ABI 8, <c>13.5</c> for Tile IR.</summary>
    public ImageVersion CodeVersion => ImageKind == ImageKind.TileIr ? new(CodeVersionMajor >> 8, CodeVersionMajor & 0xFF) : new(CodeVersionMajor, CodeVersionMinor);
}
