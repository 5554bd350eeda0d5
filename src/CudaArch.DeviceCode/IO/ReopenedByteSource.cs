namespace CudaArch.DeviceCode.IO;

/// <summary>A file that is opened for each read, so that thousands of them can be in use: the members of thin archives.</summary>
internal sealed class ReopenedByteSource(string path) : ByteSource(path, new FileInfo(path).Length)
{
    public override int Read(long offset, Span<byte> buffer)
    {
        using FileByteSource file = FileByteSource.Open(Name);
        return file.Read(offset, buffer);
    }
}
