namespace CudaArch.DeviceCode.IO;

/// <summary>Bytes that are read by position, from any thread.</summary>
internal abstract class ByteSource(string name, long length) : IDisposable
{
    /// <summary>How messages call it: the path of the file.</summary>
    public string Name { get; } = name;

    /// <summary>Size in bytes when it was opened.</summary>
    public long Length { get; } = length;

    /// <summary>Fills the buffer from a position, as far as there are bytes.</summary>
    /// <returns>How many bytes were read: fewer than asked only at the end.</returns>
    /// <exception cref="DeviceCodeException">The platform could not read.</exception>
    public abstract int Read(long offset, Span<byte> buffer);

    /// <inheritdoc/>
    public virtual void Dispose()
    {
    }
}
