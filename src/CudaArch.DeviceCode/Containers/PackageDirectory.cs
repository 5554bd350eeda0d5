using System.Buffers;
using System.Buffers.Binary;
using CudaArch.DeviceCode.IO;

namespace CudaArch.DeviceCode.Containers;

/// <summary>The directory at the end of a zip file, with the extension for large ones (zip64), read entry by entry.</summary>
internal static class PackageDirectory
{
    private const int EndSize = 22, LargeEndSize = 56, LocatorSize = 20, LongestComment = ushort.MaxValue;

    // An entry's fixed part and the three variable ones of 16-bit length fit.
    private const int BufferSize = 256 << 10;
    private const uint EndSignature = 0x06054B50, LargeEndSignature = 0x06064B50, LocatorSignature = 0x07064B50;

    /// <summary>Hands out every entry, until told to stop.</summary>
    /// <param name="package">The zip file.</param>
    /// <param name="context">Takes the problems.</param>
    /// <param name="read">Takes an entry; false stops.</param>
    /// <exception cref="DeviceCodeException">There is no directory, or the file is a part of a split package.</exception>
    public static void Read(ByteRange package, ReadContext context, Func<PackageEntry, bool> read)
    {
        (ulong start, ulong size, ulong count) = FindDirectory(package);
        if (!package.TrySlice(start, size, out ByteRange directory))
        {
            throw Damaged(package, (long)Math.Min(start, (ulong)package.Length), $"a directory of {size} bytes at 0x{start:x}", $"the file has {package.Length} bytes: it is truncated or damaged");
        }

        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            long position = 0;
            int available = 0, at = 0;
            for (ulong i = 0; i < count; i++)
            {
                if (available - at < PackageEntry.FixedSize || PackageEntry.SizeOf(buffer.AsSpan(at, PackageEntry.FixedSize)) > available - at)
                {
                    position += at;
                    available = directory.Read(position, buffer.AsSpan(0, BufferSize));
                    at = 0;
                }

                int length = available - at < PackageEntry.FixedSize ? 0 : PackageEntry.SizeOf(buffer.AsSpan(at, PackageEntry.FixedSize));
                if (length == 0 || length > available - at)
                {
                    context.Report(directory.Start + position + at, $"entry {i} of {count} of the package's directory was expected: the package is damaged, and the rest of it is not read");
                    return;
                }

                if (!read(PackageEntry.Read(buffer.AsSpan(at, length), directory.Start + position + at)))
                {
                    return;
                }

                at += length;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static (ulong Start, ulong Size, ulong Count) FindDirectory(ByteRange package)
    {
        long tailStart = Math.Max(0, package.Length - EndSize - LongestComment);
        var tail = new byte[package.Length - tailStart];
        int read = package.Read(tailStart, tail);
        for (int at = read - EndSize; at >= 0; at--)
        {
            ReadOnlySpan<byte> end = tail.AsSpan(at, EndSize);
            if (BinaryPrimitives.ReadUInt32LittleEndian(end) == EndSignature && at + EndSize + BinaryPrimitives.ReadUInt16LittleEndian(end.Slice(20)) <= read)
            {
                return ReadEnd(package, tailStart + at, end);
            }
        }

        throw Damaged(package, package.Length, "the directory of a zip file at its end", "there is none: the file is truncated or damaged");
    }

    private static (ulong Start, ulong Size, ulong Count) ReadEnd(ByteRange package, long place, ReadOnlySpan<byte> end)
    {
        ushort disk = BinaryPrimitives.ReadUInt16LittleEndian(end.Slice(4)), count = BinaryPrimitives.ReadUInt16LittleEndian(end.Slice(10));
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(end.Slice(12)), start = BinaryPrimitives.ReadUInt32LittleEndian(end.Slice(16));
        Span<byte> locator = stackalloc byte[LocatorSize], large = stackalloc byte[LargeEndSize];
        if ((count == ushort.MaxValue || size == uint.MaxValue || start == uint.MaxValue || disk == ushort.MaxValue)
            && place >= LocatorSize && package.TryReadExactly(place - LocatorSize, locator) && BinaryPrimitives.ReadUInt32LittleEndian(locator) == LocatorSignature)
        {
            ulong at = BinaryPrimitives.ReadUInt64LittleEndian(locator.Slice(8));
            if (at > (ulong)package.Length || !package.TryReadExactly((long)at, large) || BinaryPrimitives.ReadUInt32LittleEndian(large) != LargeEndSignature)
            {
                throw Damaged(package, place - LocatorSize, $"the zip64 end of the directory at 0x{at:x}", "there is none: the package is damaged");
            }

            return (BinaryPrimitives.ReadUInt64LittleEndian(large.Slice(48)), BinaryPrimitives.ReadUInt64LittleEndian(large.Slice(40)), BinaryPrimitives.ReadUInt64LittleEndian(large.Slice(32)));
        }

        return disk == 0 ? (start, size, count) : throw Damaged(package, place, "a whole zip file", $"this is part {disk} of a split one");
    }

    private static DeviceCodeException Damaged(ByteRange package, long offset, string expected, string found) => new(package.Name, package.Start + offset, expected, found);
}
