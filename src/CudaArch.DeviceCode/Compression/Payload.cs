using System.Buffers;
using CudaArch.DeviceCode.IO;
using K4os.Compression.LZ4;

namespace CudaArch.DeviceCode.Compression;

/// <summary>The bytes of one image as they are stored, and ways to unpack as much of them as is needed.</summary>
internal sealed class Payload(ByteRange stored, PayloadCompression compression, long size, PayloadReader reader)
{
    private const int Lz4Slack = 64;
    private const long MaxLz4Ratio = 255;

    /// <summary>What the payloads of the file share.</summary>
    public PayloadReader Reader => reader;

    /// <summary>The stored bytes, without padding.</summary>
    public ByteRange Stored => stored;

    /// <summary>Where the stored bytes start in the file.</summary>
    public long Offset => stored.Start;

    /// <summary>Size of the stored bytes, without padding.</summary>
    public long StoredSize => stored.Length;

    /// <summary>Size when unpacked, as the header states it.</summary>
    public long Size { get; } = size;

    public PayloadCompression Compression { get; } = compression;

    /// <summary>Unpacks everything.</summary>
    /// <exception cref="PayloadException">The payload is damaged, unpacks to another size than its header states, or to more than the bound.</exception>
    public byte[] ReadAll()
    {
        CheckBound();
        if (Compression == PayloadCompression.Zstd)
        {
            return ReadAllZstd();
        }

        var result = new byte[Size];
        int read = Compression == PayloadCompression.Lz4 ? ReadLz4(result) : stored.Read(0, result);
        return read == Size ? result : throw SizeMismatch(read);
    }

    /// <summary>Opens the unpacked bytes as a stream that ends at the stated size at the latest.</summary>
    /// <exception cref="PayloadException">The payload is damaged; reading from the stream may throw it as well.</exception>
    public Stream Open() => Compression switch
    {
        PayloadCompression.Zstd => new ZstdPayloadStream(stored, Size, reader),
        PayloadCompression.Lz4 => new Lz4PayloadStream(stored, Size),
        _ => new RangeStream(stored),
    };

    private byte[] ReadAllZstd()
    {
        // The array grows with what really comes out, so a header that lies costs nothing.
        using Stream stream = Open();
        var result = new byte[Math.Min(Size, 1 << 20)];
        int total = 0;
        while (true)
        {
            total += Fill(stream, result, total, result.Length - total);
            if (total < result.Length || total == Size)
            {
                break;
            }

            Array.Resize(ref result, (int)Math.Min(Size, 2L * result.Length));
        }

        return total == Size && stream.Read(result, 0, 0) == 0 ? result : throw SizeMismatch(total);
    }

    // By arrays, not spans: on .NET Framework the library may be bound to another copy of System.Memory than this assembly, and its spans are other types then.
    private int ReadLz4(byte[] target)
    {
        // A block of N literals takes N + N/255 + 16 bytes: what lies behind that cannot be needed.
        int needed = (int)Math.Min(stored.Length, target.Length + (target.Length / MaxLz4Ratio) + Lz4Slack);
        byte[] source = ArrayPool<byte>.Shared.Rent(needed);
        try
        {
            int read = stored.Read(0, source.AsSpan(0, needed));
            int written = LZ4Codec.Decode(source, 0, read, target, 0, target.Length);
            return written >= 0 ? written : throw new PayloadException("the LZ4 block is damaged");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(source);
        }
    }

    private static int Fill(Stream stream, byte[] buffer, int offset, int count)
    {
        int total = 0;
        while (total < count)
        {
            int read = stream.Read(buffer, offset + total, count - total);
            if (read == 0)
            {
                break;
            }

            total += read;
        }

        return total;
    }

    private void CheckBound()
    {
        if (Size > reader.MaxImageSize)
        {
            throw new PayloadException($"the image claims to unpack to {Size} bytes, more than the {reader.MaxImageSize} that are allowed");
        }

        // No LZ4 block grows by more than this, so a larger claim is a lie, told before anything is allocated.
        if (Compression == PayloadCompression.Lz4 && Size / MaxLz4Ratio > stored.Length)
        {
            throw new PayloadException($"the image claims to unpack to {Size} bytes, which an LZ4 block of {stored.Length} bytes cannot");
        }
    }

    private PayloadException SizeMismatch(long actual) => new($"the image unpacks to {actual} bytes where its header states {Size}");
}

/// <summary>A payload is damaged; the message says how, without the place.</summary>
internal sealed class PayloadException(string message, Exception? inner = null) : Exception(message, inner);
