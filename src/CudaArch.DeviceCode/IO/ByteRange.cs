namespace CudaArch.DeviceCode.IO;

/// <summary>A window of a <see cref="ByteSource"/> that lies wholly inside it; whatever is cut from it is checked against it.</summary>
internal readonly struct ByteRange
{
    private readonly ByteSource _source;

    private ByteRange(ByteSource source, long start, long length)
    {
        _source = source;
        Start = start;
        Length = length;
    }

    /// <summary>Where the window starts in its source, in bytes: what messages call the offset.</summary>
    public long Start { get; }

    /// <summary>Size in bytes.</summary>
    public long Length { get; }

    /// <summary>How messages call the source.</summary>
    public string Name => _source.Name;

    /// <summary>The folder that the source stands in; null when it is no file on disk.</summary>
    public string? Folder => _source is FileByteSource ? Path.GetDirectoryName(Path.GetFullPath(_source.Name)) : null;

    /// <summary>All of a source.</summary>
    public static ByteRange Of(ByteSource source) => new(source, 0, source.Length);

    /// <summary>Fills the buffer from a position in the window, as far as the window goes.</summary>
    public int Read(long offset, Span<byte> buffer)
    {
        if (offset < 0 || offset >= Length)
        {
            return 0;
        }

        long rest = Length - offset;
        return _source.Read(Start + offset, rest < buffer.Length ? buffer.Slice(0, (int)rest) : buffer);
    }

    /// <summary>Fills the whole buffer, or says that there are not so many bytes.</summary>
    public bool TryReadExactly(long offset, Span<byte> buffer) => Read(offset, buffer) == buffer.Length;

    /// <summary>A part of the window; false when it does not lie wholly inside. Offsets from files are unsigned: pass them as they are.</summary>
    public bool TrySlice(ulong offset, ulong length, out ByteRange slice)
    {
        bool inside = offset <= (ulong)Length && length <= (ulong)Length - offset;
        slice = inside ? new ByteRange(_source, Start + (long)offset, (long)length) : default;
        return inside;
    }

    /// <summary>What follows an offset in the window.</summary>
    public ByteRange From(long offset)
    {
        offset = Math.Min(Math.Max(offset, 0), Length);
        return new ByteRange(_source, Start + offset, Length - offset);
    }
}
