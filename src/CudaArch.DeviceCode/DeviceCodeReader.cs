using CudaArch.DeviceCode.Containers;
using CudaArch.DeviceCode.IO;

namespace CudaArch.DeviceCode;

/// <summary>Opens files and lists the CUDA device code in them.</summary>
public static class DeviceCodeReader
{
    /// <summary>Opens a file and reads the headers of all device code in it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How to read; the defaults when null.</param>
    /// <exception cref="DeviceCodeException">
    /// The file as a whole cannot be read: it is missing, a directory, empty, cut off inside its own header, of a kind that holds no device code, or the platform refuses.
    /// Damage further inside is a <see cref="Problem"/> of the result instead.
    /// </exception>
    public static DeviceCodeFile Open(string path, DeviceCodeReaderOptions? options = null)
    {
        if (path is null)
        {
            throw new ArgumentNullException(nameof(path));
        }

        return Read(FileByteSource.Open(path), options);
    }

    /// <summary>Reads the headers of all device code in bytes that are in memory, such as an embedded resource.</summary>
    /// <param name="bytes">The bytes; not copied.</param>
    /// <param name="displayName">How messages call them.</param>
    /// <param name="options">How to read; the defaults when null.</param>
    /// <exception cref="DeviceCodeException">As for <see cref="Open(string, DeviceCodeReaderOptions?)"/>.</exception>
    public static DeviceCodeFile Open(ReadOnlyMemory<byte> bytes, string displayName, DeviceCodeReaderOptions? options = null) =>
        Read(new MemoryByteSource(displayName ?? throw new ArgumentNullException(nameof(displayName)), bytes), options);

    /// <inheritdoc cref="Open(ReadOnlyMemory{byte}, string, DeviceCodeReaderOptions?)"/>
    public static DeviceCodeFile Open(byte[] bytes, string displayName, DeviceCodeReaderOptions? options = null) =>
        Open((ReadOnlyMemory<byte>)(bytes ?? throw new ArgumentNullException(nameof(bytes))), displayName, options);

    /// <summary>Reads the headers of all device code in a stream, from its position to its end, which is held in memory.</summary>
    /// <param name="stream">The stream; not closed.</param>
    /// <param name="displayName">How messages call it.</param>
    /// <param name="options">How to read; the defaults when null.</param>
    /// <exception cref="DeviceCodeException">As for <see cref="Open(string, DeviceCodeReaderOptions?)"/>.</exception>
    public static DeviceCodeFile Open(Stream stream, string displayName, DeviceCodeReaderOptions? options = null)
    {
        if (stream is null)
        {
            throw new ArgumentNullException(nameof(stream));
        }

        var memory = new MemoryStream();
        try
        {
            stream.CopyTo(memory);
        }
        catch (IOException e)
        {
            throw new DeviceCodeException(displayName, memory.Length, "a readable stream", $"reading failed: {e.Message}", e);
        }

        return Open(memory.GetBuffer().AsMemory(0, (int)memory.Length), displayName, options);
    }

    private static DeviceCodeFile Read(ByteSource source, DeviceCodeReaderOptions? options)
    {
        var context = new ReadContext(options ?? DeviceCodeReaderOptions.Default);
        try
        {
            Host host = ContainerFormats.Read(ByteRange.Of(source), context);
            return new DeviceCodeFile(source, host, context);
        }
        catch
        {
            context.Dispose();
            source.Dispose();
            throw;
        }
    }
}
