using System.Text;

namespace CudaArch.Tool.Output;

/// <summary>Lets UTF-8 bytes flow into a text writer, so that a long JSON answer is never held in memory as a whole.</summary>
internal sealed class TextWriterStream(TextWriter writer) : Stream
{
    private readonly Decoder _decoder = new UTF8Encoding(false).GetDecoder();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Span<char> chars = stackalloc char[1024];
        while (!buffer.IsEmpty)
        {
            _decoder.Convert(buffer, chars, flush: false, out int bytesUsed, out int charsUsed, out _);
            writer.Write(chars[..charsUsed]);
            buffer = buffer[bytesUsed..];
        }
    }

    // What was written is with the writer, and when that passes it on is its owner's to say: a writer of JSON flushes after every module.
    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
