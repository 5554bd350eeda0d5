namespace CudaArch.DeviceCode.IO;

/// <summary>A part of another source as a source of its own, whose offsets count from its start: a member that lies unpacked in its package.</summary>
internal sealed class PartByteSource(string name, ByteRange bytes) : ByteSource(name, bytes.Length)
{
    public override int Read(long offset, Span<byte> buffer) => bytes.Read(offset, buffer);
}
