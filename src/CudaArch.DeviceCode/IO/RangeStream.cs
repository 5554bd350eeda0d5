namespace CudaArch.DeviceCode.IO;

/// <summary>A stream that is read from start to end, once.</summary>
internal abstract class ReadOnlyStream : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

/// <summary>A window of a file as a stream.</summary>
internal sealed class RangeStream(ByteRange range) : ReadOnlyStream
{
    private long _position;

    public override int Read(byte[] buffer, int offset, int count)
    {
        int read = range.Read(_position, buffer.AsSpan(offset, count));
        _position += read;
        return read;
    }
}
