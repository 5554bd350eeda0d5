using CudaArch.DeviceCode.IO;

namespace CudaArch.DeviceCode.Compression;

/// <summary>The unpacked bytes of one image, wherever they come from.</summary>
internal abstract class ImageBytes
{
    /// <summary>What the payloads of the file share.</summary>
    public abstract PayloadReader Reader { get; }

    /// <summary>Where the stored bytes start in the file.</summary>
    public abstract long Offset { get; }

    /// <summary>Size of the stored bytes; of all images that share them, when they do.</summary>
    public abstract long StoredSize { get; }

    /// <summary>Size when unpacked, as the headers state it.</summary>
    public abstract long Size { get; }

    public abstract PayloadCompression Compression { get; }

    /// <inheritdoc cref="Payload.ReadAll"/>
    public abstract byte[] ReadAll();

    /// <inheritdoc cref="Payload.Open"/>
    public abstract Stream Open();

    /// <summary>All bytes for reading by position: the file's own when they are not compressed, else unpacked into memory.</summary>
    /// <exception cref="PayloadException">The payload is damaged.</exception>
    public virtual ByteRange Unpack() => ByteRange.Of(new MemoryByteSource("image", ReadAll()));

    /// <summary>A payload that is one image.</summary>
    public static ImageBytes Of(Payload payload) => new WholePayload(payload);

    private sealed class WholePayload(Payload payload) : ImageBytes
    {
        public override PayloadReader Reader => payload.Reader;

        public override long Offset => payload.Offset;

        public override long StoredSize => payload.StoredSize;

        public override long Size => payload.Size;

        public override PayloadCompression Compression => payload.Compression;

        public override byte[] ReadAll() => payload.ReadAll();

        public override Stream Open() => payload.Open();

        public override ByteRange Unpack() => payload.Compression == PayloadCompression.None ? payload.Stored : base.Unpack();
    }
}
