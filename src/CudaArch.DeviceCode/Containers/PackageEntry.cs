using System.Buffers.Binary;
using CudaArch.DeviceCode.Cubins;
using CudaArch.DeviceCode.IO;

namespace CudaArch.DeviceCode.Containers;

/// <summary>What a zip file's directory says of one member.</summary>
/// <param name="Name">Its path inside the package, as it is written there.</param>
/// <param name="Method">How it is compressed: 0 not at all, 8 deflate.</param>
/// <param name="IsEncrypted">Whether it cannot be read without a password.</param>
/// <param name="CheckSum">CRC-32 of its bytes when unpacked.</param>
/// <param name="StoredSize">Size of its bytes in the package.</param>
/// <param name="Size">Size when unpacked.</param>
/// <param name="Header">Where its local header starts.</param>
/// <param name="Place">Where this entry of the directory starts: the offset that messages tell.</param>
internal readonly record struct PackageEntry(string Name, ushort Method, bool IsEncrypted, uint CheckSum, ulong StoredSize, ulong Size, ulong Header, long Place)
{
    public const ushort Stored = 0, Deflate = 8;

    /// <summary>Size of the fixed part of an entry.</summary>
    public const int FixedSize = 46;

    private const int LocalHeaderSize = 30, ExtraHeaderSize = 4;
    private const uint LocalSignature = 0x04034B50, Signature = 0x02014B50;
    private const ushort EncryptedFlag = 0x1, Zip64Extra = 1;

    public bool IsFolder => Name.EndsWith("/", StringComparison.Ordinal) || Name.EndsWith("\\", StringComparison.Ordinal);

    /// <summary>Size of an entry with its name, extra fields and comment; 0 when the bytes are no entry.</summary>
    public static int SizeOf(ReadOnlySpan<byte> head) => BinaryPrimitives.ReadUInt32LittleEndian(head) != Signature ? 0
        : FixedSize + BinaryPrimitives.ReadUInt16LittleEndian(head.Slice(28)) + BinaryPrimitives.ReadUInt16LittleEndian(head.Slice(30)) + BinaryPrimitives.ReadUInt16LittleEndian(head.Slice(32));

    /// <summary>Reads an entry from all of its bytes.</summary>
    public static PackageEntry Read(ReadOnlySpan<byte> bytes, long place)
    {
        ushort flags = BinaryPrimitives.ReadUInt16LittleEndian(bytes.Slice(8));
        int nameLength = BinaryPrimitives.ReadUInt16LittleEndian(bytes.Slice(28)), extraLength = BinaryPrimitives.ReadUInt16LittleEndian(bytes.Slice(30));
        uint storedSize = BinaryPrimitives.ReadUInt32LittleEndian(bytes.Slice(20)), size = BinaryPrimitives.ReadUInt32LittleEndian(bytes.Slice(24));
        uint header = BinaryPrimitives.ReadUInt32LittleEndian(bytes.Slice(42));

        // A field that is all ones stands in the zip64 extra field, in this order.
        ReadOnlySpan<byte> large = Extra(bytes.Slice(FixedSize + nameLength, extraLength));
        ulong fullSize = Take(size, ref large), fullStoredSize = Take(storedSize, ref large), fullHeader = Take(header, ref large);
        return new PackageEntry(
            Utf8.GetString(bytes.Slice(FixedSize, nameLength)), BinaryPrimitives.ReadUInt16LittleEndian(bytes.Slice(10)), (flags & EncryptedFlag) != 0,
            BinaryPrimitives.ReadUInt32LittleEndian(bytes.Slice(16)), fullStoredSize, fullSize, fullHeader, place);
    }

    /// <summary>The member's bytes as they are stored; false when they do not lie in the package.</summary>
    public bool TryFind(ByteRange package, out ByteRange bytes)
    {
        bytes = default;
        Span<byte> local = stackalloc byte[LocalHeaderSize];
        return Header < (ulong)package.Length
            && package.TryReadExactly((long)Header, local)
            && BinaryPrimitives.ReadUInt32LittleEndian(local) == LocalSignature
            && package.TrySlice(
                Header + LocalHeaderSize + BinaryPrimitives.ReadUInt16LittleEndian(local.Slice(26)) + BinaryPrimitives.ReadUInt16LittleEndian(local.Slice(28)), StoredSize, out bytes);
    }

    private static ReadOnlySpan<byte> Extra(ReadOnlySpan<byte> extra)
    {
        while (extra.Length >= ExtraHeaderSize)
        {
            int length = BinaryPrimitives.ReadUInt16LittleEndian(extra.Slice(2));
            ReadOnlySpan<byte> value = extra.Slice(ExtraHeaderSize);
            value = value.Slice(0, Math.Min(length, value.Length));
            if (BinaryPrimitives.ReadUInt16LittleEndian(extra) == Zip64Extra)
            {
                return value;
            }

            extra = extra.Slice(ExtraHeaderSize + value.Length);
        }

        return default;
    }

    private static ulong Take(uint field, ref ReadOnlySpan<byte> large)
    {
        if (field != uint.MaxValue || large.Length < 8)
        {
            return field;
        }

        ulong value = BinaryPrimitives.ReadUInt64LittleEndian(large);
        large = large.Slice(8);
        return value;
    }
}
