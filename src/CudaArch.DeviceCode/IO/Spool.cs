using System.Buffers;
using System.Runtime.InteropServices;

namespace CudaArch.DeviceCode.IO;

/// <summary>
/// Where members of packages are unpacked to, which must be read by position: a few small ones in memory, all others in a temporary file, so that a library of gigabytes costs
/// disk, not memory. Blocks of zeros are not written: what unpacks to nothing but zeros costs not even disk where the file system knows holes. The file is gone when this is
/// disposed; on Unix, also when the process is killed.
/// </summary>
/// <param name="owner">What messages call the file that is unpacked.</param>
internal sealed class Spool(string owner) : IDisposable
{
    /// <summary>Bytes of all members together that are kept in memory.</summary>
    public const int MemorySize = 1 << 20;

    private const int BlockSize = 64 << 10;

    private FileStream? _file;
    private long _length;
    private int _inMemory;

    /// <summary>A state that can be gone back to.</summary>
    public readonly record struct Mark(long Length, int InMemory);

    /// <summary>What is held now.</summary>
    public Mark Current => new(_length, _inMemory);

    /// <summary>Unpacks a member: a head that was read already, and the rest of a stream.</summary>
    /// <param name="name">What messages call the member.</param>
    /// <param name="head">Its first bytes.</param>
    /// <param name="rest">The others.</param>
    /// <param name="size">How many bytes it should have.</param>
    /// <param name="actual">How many came: one more than <paramref name="size"/> when there are more.</param>
    /// <exception cref="DeviceCodeException">The disk is full, the temporary folder cannot be written, or the platform refuses otherwise.</exception>
    public ByteRange Unpack(string name, ReadOnlySpan<byte> head, Stream rest, long size, out long actual)
    {
        MemoryStream? memory = size <= MemorySize - _inMemory ? new MemoryStream() : null;
        long start = _length, total = 0;
        byte[] block = ArrayPool<byte>.Shared.Rent(BlockSize);
        try
        {
            int filled = BlockSize;
            while (total <= size && filled == BlockSize)
            {
                filled = Math.Min(head.Length, BlockSize);
                head.Slice(0, filled).CopyTo(block);
                head = head.Slice(filled);
                int read;
                while (filled < BlockSize && (read = rest.Read(block, filled, BlockSize - filled)) > 0)
                {
                    filled += read;
                }

                int wanted = (int)Math.Min(filled, size - total);
                if (memory is null)
                {
                    Write(block, wanted);
                }
                else
                {
                    memory.Write(block, 0, wanted);
                }

                total += filled;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }

        actual = Math.Min(total, size + 1);
        if (memory is null)
        {
            return ByteRange.Of(new PartSource(this, name, start, Math.Min(total, size)));
        }

        _inMemory += (int)memory.Length;
        return ByteRange.Of(new MemoryByteSource(name, memory.GetBuffer().AsMemory(0, (int)memory.Length)));
    }

    /// <summary>Gives back what was unpacked since; nothing may read it any more.</summary>
    /// <exception cref="DeviceCodeException">The platform refuses.</exception>
    public void Rewind(Mark mark)
    {
        _inMemory = mark.InMemory;
        if (_length == mark.Length)
        {
            return;
        }

        try
        {
            _file!.SetLength(mark.Length);
            _length = mark.Length;
        }
        catch (IOException e)
        {
            throw CannotWrite(e);
        }
    }

    public void Dispose() => _file?.Dispose();

    private static FileStream CreateFile()
    {
        string path = Path.Combine(Path.GetTempPath(), "cudaarch-" + Guid.NewGuid().ToString("N"));
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose | FileOptions.RandomAccess);
        if (!RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            // An open file needs no name there, and without one it cannot be left behind.
            File.Delete(path);
        }

        return file;
    }

    private DeviceCodeException CannotWrite(Exception inner) => new(owner, 0, "room in the temporary folder to unpack into", $"unpacking failed: {inner.Message}", inner);

    private void Write(byte[] block, int count)
    {
        try
        {
            _file ??= CreateFile();
            if (Zeros.CountAtStart(block.AsSpan(0, count)) < count)
            {
                _file.Position = _length;
                _file.Write(block, 0, count);
                _file.Flush();
            }
            else
            {
                _file.SetLength(_length + count);
            }

            _length += count;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw CannotWrite(e);
        }
    }

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
        while (total < buffer.Length && (read = RandomAccess.Read(_file!.SafeFileHandle, buffer.Slice(total), offset + total)) > 0)
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
            lock (_file!)
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
