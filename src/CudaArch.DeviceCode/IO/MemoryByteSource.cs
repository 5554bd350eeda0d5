namespace CudaArch.DeviceCode.IO;

/// <summary>Bytes in memory, such as an embedded resource.</summary>
internal sealed class MemoryByteSource(string name, ReadOnlyMemory<byte> bytes) : ByteSource(name, bytes.Length)
{
    public override int Read(long offset, Span<byte> buffer)
    {
        if (offset < 0 || offset >= bytes.Length)
        {
            return 0;
        }

        ReadOnlySpan<byte> rest = bytes.Span.Slice((int)offset);
        rest = rest.Slice(0, Math.Min(rest.Length, buffer.Length));
        rest.CopyTo(buffer);
        return rest.Length;
    }
}
