namespace CudaArch.DeviceCode.Compression;

/// <summary>
/// A payload that holds several images behind each other. They are asked for one after the other, so the bytes are unpacked once, on the first request, and
/// kept while any of the images is wanted.
/// </summary>
internal sealed class ConcatenatedPayload(Payload payload)
{
    private readonly object _lock = new();
    private WeakReference<byte[]>? _unpacked;

    /// <summary>The image at an offset of the unpacked payload.</summary>
    public ImageBytes Part(long start, long length) => new PartBytes(this, payload, start, length);

    private byte[] Unpack()
    {
        lock (_lock)
        {
            if (_unpacked is null || !_unpacked.TryGetTarget(out byte[]? bytes))
            {
                bytes = payload.ReadAll();
                _unpacked = new WeakReference<byte[]>(bytes);
            }

            return bytes;
        }
    }

    private sealed class PartBytes(ConcatenatedPayload group, Payload payload, long start, long length) : ImageBytes
    {
        public override long Offset => payload.Offset;

        public override long StoredSize => payload.StoredSize;

        public override long Size => length;

        public override PayloadCompression Compression => payload.Compression;

        public override int ReadPrefix(byte[] buffer, int count)
        {
            count = (int)Math.Min(count, length);
            group.Unpack().AsSpan((int)start, count).CopyTo(buffer);
            return count;
        }

        public override byte[] ReadAll() => group.Unpack().AsSpan((int)start, (int)length).ToArray();

        public override Stream Open() => new MemoryStream(group.Unpack(), (int)start, (int)length, writable: false);
    }
}
