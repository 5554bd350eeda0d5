using CudaArch.DeviceCode.IO;
using ZstdSharp;

namespace CudaArch.DeviceCode.Compression;

/// <summary>The unpacked bytes of a zstd frame, up to the size that its entry states; damage becomes a <see cref="PayloadException"/>.</summary>
internal sealed class ZstdPayloadStream(DecompressionStream inner, long size) : ReadOnlyStream
{
    private long _left = size;

    public override int Read(byte[] buffer, int offset, int count)
    {
        count = (int)Math.Min(count, _left);
        if (count == 0)
        {
            return 0;
        }

        try
        {
            int read = inner.Read(buffer, offset, count);
            _left -= read;
            return read;
        }
        catch (Exception e) when (e is ZstdException or EndOfStreamException or InvalidDataException)
        {
            throw new PayloadException($"the zstd frame is damaged: {e.Message}", e);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
