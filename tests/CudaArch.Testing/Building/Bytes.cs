using System.Buffers.Binary;

namespace CudaArch.Testing.Building;

/// <summary>Writes little-endian fields one after the other.</summary>
public sealed class Bytes
{
    private readonly MemoryStream _stream = new();

    public int Length => (int)_stream.Length;

    public Bytes U8(params byte[] values)
    {
        _stream.Write(values);
        return this;
    }

    public Bytes U16(params int[] values)
    {
        Span<byte> field = stackalloc byte[2];
        foreach (int value in values)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(field, (ushort)value);
            _stream.Write(field);
        }

        return this;
    }

    public Bytes U32(params long[] values)
    {
        Span<byte> field = stackalloc byte[4];
        foreach (long value in values)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(field, (uint)value);
            _stream.Write(field);
        }

        return this;
    }

    public Bytes U64(params ulong[] values)
    {
        Span<byte> field = stackalloc byte[8];
        foreach (ulong value in values)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(field, value);
            _stream.Write(field);
        }

        return this;
    }

    public Bytes Add(ReadOnlySpan<byte> bytes)
    {
        _stream.Write(bytes);
        return this;
    }

    public Bytes Text(string text, int size = 0, char padding = '\0')
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(text.PadRight(size, padding));
        return Add(bytes);
    }

    public Bytes Zeros(long count)
    {
        for (long i = 0; i < count; i++)
        {
            _stream.WriteByte(0);
        }

        return this;
    }

    public Bytes AlignTo(int alignment, byte padding = 0)
    {
        while (_stream.Length % alignment != 0)
        {
            _stream.WriteByte(padding);
        }

        return this;
    }

    public byte[] ToArray() => _stream.ToArray();
}
