using System.Runtime.InteropServices;
#if !NET
using System.Buffers;
#endif

namespace CudaArch.DeviceCode.IO;

/// <summary>
/// A temporary file for what is unpacked from packages and must be read by position: so a library of gigabytes costs disk, not memory. Blocks of zeros are not written, so
/// what unpacks to nothing but zeros costs not even disk where the file system knows holes. The file is gone when this is disposed; on Unix, also when the process is killed.
/// </summary>
internal sealed class Spool : IDisposable
{
    private const int BlockSize = 64 << 10;

    private readonly FileStream _file;
    private readonly string _owner;

    private Spool(FileStream file, string owner)
    {
        _file = file;
        _owner = owner;
    }

    /// <summary>Bytes in use.</summary>
    public long Length { get; private set; }

    /// <summary>Creates an empty one.</summary>
    /// <param name="owner">What messages call the file that is unpacked.</param>
    /// <exception cref="DeviceCodeException">The temporary folder cannot be written.</exception>
    public static Spool Create(string owner)
    {
        string path = Path.Combine(Path.GetTempPath(), "cudaarch-" + Guid.NewGuid().ToString("N"));
        try
        {
            var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose | FileOptions.RandomAccess);
            if (!RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
            {
                // An open file needs no name there, and without one it cannot be left behind.
                File.Delete(path);
            }

            return new Spool(file, owner);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw CannotWrite(owner, e);
        }
    }

    /// <summary>Appends a head that was read already and the rest of a stream, up to a size.</summary>
    /// <returns>How many bytes were appended: one more than <paramref name="size"/> when the stream holds more.</returns>
    /// <exception cref="DeviceCodeException">The disk is full, or the platform refuses otherwise.</exception>
    public long Append(ReadOnlySpan<byte> head, Stream rest, long size)
    {
        long start = Length;
        byte[] block = new byte[BlockSize];
        int filled = 0;
        while (Length - start <= size)
        {
            if (head.Length > 0)
            {
                int count = Math.Min(head.Length, BlockSize);
                head.Slice(0, count).CopyTo(block);
                head = head.Slice(count);
                filled = count;
            }

            int read;
            while (filled < BlockSize && (read = rest.Read(block, filled, BlockSize - filled)) > 0)
            {
                filled += read;
            }

            Write(block, filled);
            if (filled < BlockSize)
            {
                break;
            }

            filled = 0;
        }

        return Math.Min(Length - start, size + 1);
    }

    /// <summary>Gives back what was appended from a place on; nothing may read it any more.</summary>
    public void Rewind(long length)
    {
        try
        {
            _file.SetLength(length);
            Length = length;
        }
        catch (IOException e)
        {
            throw CannotWrite(_owner, e);
        }
    }

    /// <summary>A part as a source of its own, whose offsets count from its start.</summary>
    public ByteRange Part(string name, long start, long length) => ByteRange.Of(new PartSource(this, name, start, length));

    public void Dispose() => _file.Dispose();

    private static DeviceCodeException CannotWrite(string owner, Exception inner) =>
        new(owner, 0, "room in the temporary folder to unpack into", $"unpacking failed: {inner.Message}", inner);

    private void Write(byte[] block, int count)
    {
        try
        {
            if (!IsZero(block.AsSpan(0, count)))
            {
                _file.Position = Length;
                _file.Write(block, 0, count);
                _file.Flush();
            }
            else if (count > 0)
            {
                _file.SetLength(Length + count);
            }

            Length += count;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(_owner, e);
        }
    }

    private static bool IsZero(ReadOnlySpan<byte> bytes) => bytes.Length == 0 || (bytes[0] == 0 && bytes.Slice(1).SequenceEqual(bytes.Slice(0, bytes.Length - 1)));

    private sealed class PartSource(Spool spool, string name, long start, long length) : ByteSource(name, length)
    {
        public override int Read(long offset, Span<byte> buffer)
        {
            if (offset < 0 || offset >= Length)
            {
                return 0;
            }

            buffer = buffer.Slice(0, (int)Math.Min(buffer.Length, Length - offset));
            try
            {
                return spool.Read(start + offset, buffer);
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException or NotSupportedException)
            {
                throw new DeviceCodeException(Name, offset, $"{buffer.Length} readable bytes", $"reading failed: {e.Message}", e);
            }
        }
    }

#if NET
    private int Read(long offset, Span<byte> buffer)
    {
        int total = 0, read;
        while (total < buffer.Length && (read = RandomAccess.Read(_file.SafeFileHandle, buffer.Slice(total), offset + total)) > 0)
        {
            total += read;
        }

        return total;
    }
#else
    private int Read(long offset, Span<byte> buffer)
    {
        byte[] array = ArrayPool<byte>.Shared.Rent(buffer.Length);
        try
        {
            int total = 0, read;
            lock (_file)
            {
                _file.Position = offset;
                while (total < buffer.Length && (read = _file.Read(array, total, buffer.Length - total)) > 0)
                {
                    total += read;
                }
            }

            array.AsSpan(0, total).CopyTo(buffer);
            return total;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(array);
        }
    }
#endif
}
