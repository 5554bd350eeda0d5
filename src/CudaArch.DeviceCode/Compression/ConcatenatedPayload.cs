namespace CudaArch.DeviceCode.Compression;

/// <summary>
/// A payload that holds several images behind each other. They are asked for one after the other, so the bytes are unpacked once, on the first request, and kept until every
/// image was asked for once.
/// </summary>
internal sealed class ConcatenatedPayload(Payload payload)
{
    private readonly object _lock = new();
    private WeakReference<byte[]>? _unpacked;
    private byte[]? _kept;
    private int _parts, _asked;

    /// <summary>The image at an offset of the unpacked payload.</summary>
    public ImageBytes Part(long start, long length)
    {
        _parts++;
        return new PartBytes(this, payload, start, length);
    }

    private byte[] Unpack()
    {
        lock (_lock)
        {
            byte[]? bytes = _kept;
            if (bytes is null && _unpacked?.TryGetTarget(out bytes) != true)
            {
                bytes = payload.ReadAll();
                _unpacked = new WeakReference<byte[]>(bytes);
            }

            _kept = ++_asked < _parts ? bytes : null;
            return bytes!;
        }
    }

    private sealed class PartBytes(ConcatenatedPayload group, Payload payload, long start, long length) : ImageBytes
    {
        public override PayloadReader Reader => payload.Reader;

        public override long Offset => payload.Offset;

        public override long StoredSize => payload.StoredSize;

        public override long Size => length;

        public override PayloadCompression Compression => payload.Compression;

        public override byte[] ReadAll() => group.Unpack().AsSpan((int)start, (int)length).ToArray();

        public override Stream Open() => new MemoryStream(group.Unpack(), (int)start, (int)length, writable: false);
    }
}
