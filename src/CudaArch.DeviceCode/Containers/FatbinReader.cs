using System.Buffers;
using System.Buffers.Binary;
using CudaArch.Architectures;
using CudaArch.DeviceCode.Compression;
using CudaArch.DeviceCode.Cubins;
using CudaArch.DeviceCode.IO;

namespace CudaArch.DeviceCode.Containers;

/// <summary>
/// Reads one fatbin container: a header of 16 bytes and entries, each a header and a payload. Only headers are read: one small read an entry.
/// </summary>
internal sealed class FatbinReader(ReadContext context)
{
    /// <summary>Size of the container's own header.</summary>
    public const int HeaderSize = 16;

    /// <summary>What is read at once: what follows an entry's fixed header (options, a cubin's ELF header) is usually within these bytes.</summary>
    public const int ReadSize = 512;

    private const int MaxEntryHeaderSize = 1 << 20;

    // A container is taken from what was read along before it, when that many bytes of it are there.
    private const int MinBytesAhead = 192;

    private readonly byte[] _buffer = new byte[ReadSize];

    /// <summary>The first eight bytes of every container: magic, version 1, header size 16.</summary>
    public static ReadOnlySpan<byte> Magic => [0x50, 0xED, 0x55, 0xBA, 0x01, 0x00, 0x10, 0x00];

    /// <summary>The magic of the format before CUDA 6, which is not read.</summary>
    public static ReadOnlySpan<byte> MagicBeforeCuda6 => [0x01, 0x5A, 0xE5, 0x1E];

    /// <summary>Reads the container at an offset and adds it to the context.</summary>
    /// <param name="area">The section or file it lies in.</param>
    /// <param name="offset">Where in the area.</param>
    /// <param name="location">What the module's location is called.</param>
    /// <param name="isRelocatable">Whether its code must be linked before it can be loaded.</param>
    /// <param name="isCertain">
    /// False when the magic was found by a search: then what does not fit in every field is a chance hit and no word is lost about it. True where a container must be: then it is a problem.
    /// </param>
    /// <param name="end">Where the container ends in the area; where reading stopped, when it is damaged; behind the zeros that were read, when there is none.</param>
    /// <param name="isDamaged">Whether the container is damaged, and the problem told.</param>
    /// <returns>False when there is no container.</returns>
    public bool TryRead(ByteRange area, long offset, string location, bool isRelocatable, bool isCertain, out long end, out bool isDamaged)
    {
        isDamaged = false;
        Span<byte> buffer = _buffer;
        int available = area.Read(offset, buffer);
        int zeros = isCertain ? Zeros.CountAtStart(buffer.Slice(0, available)) : 0;
        end = offset + zeros;
        if (zeros > 0 && available - zeros >= MinBytesAhead)
        {
            available -= zeros;
            buffer.Slice(zeros, available).CopyTo(buffer);
            offset = end;
        }

        if (available < HeaderSize || !buffer.StartsWith(Magic))
        {
            return false;
        }

        ulong size = BinaryPrimitives.ReadUInt64LittleEndian(buffer.Slice(8));
        bool fits = area.TrySlice((ulong)offset + HeaderSize, size, out ByteRange entries);
        if (!isCertain && !(fits && LooksLikeEntry(buffer.Slice(HeaderSize, available - HeaderSize), size)))
        {
            return false;
        }

        if (!fits)
        {
            entries = area.From(offset + HeaderSize);
            isDamaged = true;
            context.Report(
                area.Start + offset, $"{size} bytes of images were expected in the fatbin container where {entries.Length} are left: the file is truncated or damaged");
        }

        available = (int)Math.Min(available - HeaderSize, entries.Length);
        isDamaged |= !ReadEntries(entries, available, location, area.Start + offset, isRelocatable, out long read);
        end = offset + HeaderSize + read;
        return true;
    }

    private static bool LooksLikeEntry(ReadOnlySpan<byte> bytes, ulong containerSize)
    {
        if (containerSize == 0 || bytes.Length < FatbinEntry.Size)
        {
            return false;
        }

        FatbinEntry entry = FatbinEntry.Read(bytes);
        return entry.Version == FatbinEntry.KnownVersion
            && entry.HeaderSize >= FatbinEntry.Size && entry.HeaderSize <= containerSize
            && entry.PayloadSize <= containerSize - entry.HeaderSize;
    }

    // The buffer holds the first bytes of the first entry already.
    private bool ReadEntries(ByteRange entries, int available, string location, long containerOffset, bool isRelocatable, out long position)
    {
        var images = new List<DeviceCodeImage>();
        _buffer.AsSpan(HeaderSize, available).CopyTo(_buffer);
        position = 0;
        bool isWhole = true;
        while (position < entries.Length)
        {
            if (position > 0 || available < FatbinEntry.Size)
            {
                available = entries.Read(position, _buffer);
            }

            string? damage = ReadEntry(entries, position, available, images, out long next);
            if (damage is not null)
            {
                context.Report(entries.Start + position, $"{damage} (in the fatbin container at 0x{containerOffset:x}); what follows in it is not read");
                isWhole = false;
                break;
            }

            position = next;
        }

        context.Add(location, containerOffset, isRelocatable, images);
        return isWhole;
    }

    private string? ReadEntry(ByteRange entries, long position, int available, List<DeviceCodeImage> images, out long next)
    {
        next = position;
        if (available < FatbinEntry.Size)
        {
            return $"an image header of {FatbinEntry.Size} bytes was expected where {Math.Min(available, entries.Length - position)} are left";
        }

        FatbinEntry entry = FatbinEntry.Read(_buffer);
        long left = entries.Length - position;
        if (entry.HeaderSize < FatbinEntry.Size || entry.HeaderSize > left || entry.HeaderSize > MaxEntryHeaderSize)
        {
            return $"the image header states its own size as {entry.HeaderSize}, expected {FatbinEntry.Size} to {Math.Min(left, MaxEntryHeaderSize)}";
        }

        if (!entries.TrySlice((ulong)position + entry.HeaderSize, entry.PayloadSize, out ByteRange stored))
        {
            return $"{entry.PayloadSize} bytes of image were expected where {left - entry.HeaderSize} are left";
        }

        next = position + entry.HeaderSize + (long)entry.PayloadSize;
        long offset = entries.Start + position;
        if (entry.Compression != PayloadCompression.None)
        {
            if (entry.CompressedSize > entry.PayloadSize)
            {
                context.Report(offset, $"the image header states a compressed size of {entry.CompressedSize}, more than the {entry.PayloadSize} bytes stored");
            }
            else
            {
                stored.TrySlice(0, entry.CompressedSize, out stored);
            }

            if (entry.DecompressedSize > long.MaxValue)
            {
                return $"the image header states an unpacked size of {entry.DecompressedSize} bytes";
            }
        }

        int needed = (int)Math.Min(left, entry.HeaderSize + (entry.Compression == PayloadCompression.None ? CubinHeader.Size : 0));
        if (available >= needed)
        {
            AddImages(entry, _buffer.AsSpan(0, available), offset, stored, images);
            return null;
        }

        byte[] header = ArrayPool<byte>.Shared.Rent(needed);
        try
        {
            int read = entries.Read(position, header.AsSpan(0, needed));
            AddImages(entry, header.AsSpan(0, read), offset, stored, images);
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(header);
        }
    }

    // bytes: the entry's header, and as much of the payload behind it as was read along.
    private void AddImages(FatbinEntry entry, ReadOnlySpan<byte> bytes, long offset, ByteRange stored, List<DeviceCodeImage> images)
    {
        long size = entry.Compression == PayloadCompression.None ? stored.Length : (long)entry.DecompressedSize;
        var payload = new Payload(stored, entry.Compression, size, context.Payloads);
        if (entry.Kind == FatbinEntry.ConcatenatedKind)
        {
            ConcatenatedEntry.AddImages(entry, bytes, offset, payload, images, context);
            return;
        }

        ArchitectureVariant variant = entry.Variant;
        if (variant == ArchitectureVariant.Baseline && entry.ImageKind == ImageKind.Cubin && IsArchitectureSpecific(entry, bytes))
        {
            variant = ArchitectureVariant.ArchitectureSpecific;
        }

        images.Add(CreateImage(context, entry, variant, offset, ImageBytes.Of(payload)));
    }

    /// <summary>Makes the image of an entry; an architecture number that is none is a problem, and the image of unknown kind.</summary>
    public static DeviceCodeImage CreateImage(ReadContext context, FatbinEntry entry, ArchitectureVariant variant, long offset, ImageBytes bytes)
    {
        ImageKind kind = entry.ImageKind;
        if (!ArchitectureNumbers.TryRead(entry.ArchitectureNumber, variant, out SmArchitecture architecture) && kind != ImageKind.Unknown)
        {
            context.Report(offset, $"the image header states architecture number {entry.ArchitectureNumber}, which is no compute capability");
            kind = ImageKind.Unknown;
        }

        return new DeviceCodeImage(kind, entry.Kind, architecture, offset, bytes, entry.CodeVersion, entry.IsDebug, context.Member);
    }

    private static bool IsArchitectureSpecific(FatbinEntry entry, ReadOnlySpan<byte> bytes)
    {
        int headerSize = (int)entry.HeaderSize;
        if (entry.HasCompatibilityAttributes && HasSpecificAttribute(bytes.Slice(0, headerSize), entry.OptionsOffset))
        {
            return true;
        }

        return entry.Compression == PayloadCompression.None
            && CubinHeader.TryRead(bytes.Slice(headerSize), out CubinHeader header) && header.IsArchitectureSpecific;
    }

    // The options area: offset in the header of a NUL-terminated text, and the number of attribute bytes right behind its NUL.
    private static bool HasSpecificAttribute(ReadOnlySpan<byte> header, uint optionsOffset)
    {
        if (optionsOffset < FatbinEntry.Size || optionsOffset + 8UL > (ulong)header.Length)
        {
            return false;
        }

        ReadOnlySpan<byte> area = header.Slice((int)optionsOffset);
        uint textOffset = BinaryPrimitives.ReadUInt32LittleEndian(area), length = BinaryPrimitives.ReadUInt32LittleEndian(area.Slice(4));
        if (textOffset >= (uint)header.Length)
        {
            return false;
        }

        ReadOnlySpan<byte> text = header.Slice((int)textOffset);
        int terminator = text.IndexOf((byte)0);
        if (terminator < 0 || length > (uint)(text.Length - terminator - 1))
        {
            return false;
        }

        return CompatibilityAttributes.IsArchitectureSpecific(text.Slice(terminator + 1, (int)length));
    }
}
