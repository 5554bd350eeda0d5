#if !NET
using System.Buffers;
#else
using Microsoft.Win32.SafeHandles;
#endif

namespace CudaArch.DeviceCode.IO;

/// <summary>A file on disk, read with positioned reads: nothing is mapped, nothing is read ahead.</summary>
internal sealed class FileByteSource : ByteSource
{
#if NET
    private readonly SafeFileHandle _handle;

    private FileByteSource(string path, SafeFileHandle handle, long length)
        : base(path, length) => _handle = handle;
#else
    private readonly FileStream _stream;

    private FileByteSource(string path, FileStream stream)
        : base(path, stream.Length) => _stream = stream;
#endif

    /// <summary>Opens a file.</summary>
    /// <exception cref="DeviceCodeException">There is no such file, it is a folder, or it cannot be opened.</exception>
    public static FileByteSource Open(string path)
    {
        if (Directory.Exists(path))
        {
            throw new DeviceCodeException(path, 0, "a file", "this is a directory");
        }

        try
        {
            // Asked before opening: a pipe or device has no length, and opening one may wait forever.
            if (new FileInfo(path) is { Exists: true, Length: 0 })
            {
                throw new DeviceCodeException(path, 0, "a native file", "the file is empty") { Failure = DeviceCodeFailure.NotNative };
            }

#if NET
            SafeFileHandle handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.RandomAccess);
            try
            {
                return new FileByteSource(path, handle, RandomAccess.GetLength(handle));
            }
            catch
            {
                handle.Dispose();
                throw;
            }
#else
            // A buffer of one byte turns the stream's own buffering off.
            return new FileByteSource(path, new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1, FileOptions.RandomAccess));
#endif
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new DeviceCodeException(path, 0, "an existing file", "there is no such file", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new DeviceCodeException(path, 0, "a readable file", $"the file cannot be opened: {e.Message}", e);
        }
    }

    public override int Read(long offset, Span<byte> buffer)
    {
        if (offset < 0 || offset >= Length)
        {
            return 0;
        }

        try
        {
            int total = 0;
            while (total < buffer.Length)
            {
                int read = ReadSome(offset + total, buffer.Slice(total));
                if (read == 0)
                {
                    break;
                }

                total += read;
            }

            return total;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException or NotSupportedException)
        {
            throw new DeviceCodeException(Name, offset, $"{buffer.Length} readable bytes", $"reading failed: {e.Message}", e);
        }
    }

#if NET
    private int ReadSome(long offset, Span<byte> buffer) => RandomAccess.Read(_handle, buffer, offset);

    public override void Dispose() => _handle.Dispose();
#else
    private int ReadSome(long offset, Span<byte> buffer)
    {
        byte[] array = ArrayPool<byte>.Shared.Rent(buffer.Length);
        try
        {
            int read;
            lock (_stream)
            {
                _stream.Position = offset;
                read = _stream.Read(array, 0, buffer.Length);
            }

            array.AsSpan(0, read).CopyTo(buffer);
            return read;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(array);
        }
    }

    public override void Dispose() => _stream.Dispose();
#endif
}
