using CudaArch.DeviceCode.Compression;

namespace CudaArch.DeviceCode.Cubins;

/// <summary>
/// A table of NUL-terminated names in an ELF file. Names may share their ends, so the names read may be longer than the table; a table of which the same bytes are read again
/// and again is a trap.
/// </summary>
internal sealed class NameTable(byte[] bytes)
{
    private const int FreeLength = 64 << 10, Shares = 16;

    private long _left = FreeLength + ((long)bytes.Length * Shares);

    /// <summary>The name at an offset; empty when there is none.</summary>
    /// <exception cref="PayloadException">All names read from the table have many times its size.</exception>
    public string TextAt(uint offset)
    {
        if (offset >= (uint)bytes.Length)
        {
            return "";
        }

        ReadOnlySpan<byte> text = bytes.AsSpan((int)offset);
        int end = text.IndexOf((byte)0);
        text = end < 0 ? text : text.Slice(0, end);
        _left -= text.Length;
        return _left >= 0 ? Utf8.GetString(text) : throw new PayloadException($"the names in a table of {bytes.Length} bytes overlap more than {Shares} times");
    }
}
