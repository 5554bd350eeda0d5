using System.Buffers;
using System.Buffers.Binary;

namespace CudaArch.DeviceCode.IO;

/// <summary>The check sum of zip files: CRC-32 of polynomial 0xEDB88320 (ISO 3309, ITU-T V.42), eight bytes a step.</summary>
internal struct Crc32
{
    private const int Step = 8, Chunk = 256 << 10;

    private static readonly uint[][] Tables = MakeTables();

    // Chunks of zeros, as files with holes have them by the gigabyte: what they make of a state of a single bit; all of a state is the sum of its bits.
    private static readonly Lazy<uint[]> AfterZeroChunk = new(() => [.. Enumerable.Range(0, 32).Select(bit => Advance(1u << bit, new byte[Chunk]))]);

    private uint _inverted;

    /// <summary>The check sum of all bytes so far.</summary>
    public readonly uint Value => _inverted;

    /// <summary>The check sum of a range, which is read for it.</summary>
    /// <exception cref="DeviceCodeException">The platform could not read the file.</exception>
    public static uint Of(ByteRange range)
    {
        var sum = default(Crc32);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Chunk);
        try
        {
            long at = 0;
            for (int read; (read = range.Read(at, buffer.AsSpan(0, Chunk))) > 0; at += read)
            {
                sum.Add(buffer.AsSpan(0, read));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return sum.Value;
    }

    /// <summary>Adds bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        uint state = ~_inverted;
        _inverted = ~(bytes.Length == Chunk && Zeros.CountAtStart(bytes) == Chunk ? AdvanceZeroChunk(state) : Advance(state, bytes));
    }

    private static uint Advance(uint state, ReadOnlySpan<byte> bytes)
    {
        uint[][] tables = Tables;
        for (; bytes.Length >= Step; bytes = bytes.Slice(Step))
        {
            uint low = BinaryPrimitives.ReadUInt32LittleEndian(bytes) ^ state, high = BinaryPrimitives.ReadUInt32LittleEndian(bytes.Slice(4));
            state = tables[7][low & 0xFF] ^ tables[6][(low >> 8) & 0xFF] ^ tables[5][(low >> 16) & 0xFF] ^ tables[4][low >> 24]
                ^ tables[3][high & 0xFF] ^ tables[2][(high >> 8) & 0xFF] ^ tables[1][(high >> 16) & 0xFF] ^ tables[0][high >> 24];
        }

        foreach (byte b in bytes)
        {
            state = (state >> 8) ^ tables[0][(state ^ b) & 0xFF];
        }

        return state;
    }

    private static uint AdvanceZeroChunk(uint state)
    {
        uint after = 0;
        for (int bit = 0; bit < 32; bit++)
        {
            after ^= AfterZeroChunk.Value[bit] & (0 - ((state >> bit) & 1));
        }

        return after;
    }

    private static uint[][] MakeTables()
    {
        var tables = new uint[Step][];
        for (int table = 0; table < Step; table++)
        {
            tables[table] = new uint[256];
            for (uint i = 0; i < 256; i++)
            {
                uint sum = table == 0 ? i : tables[table - 1][i];
                for (int bit = 0; bit < 8; bit++)
                {
                    sum = (sum >> 1) ^ (0xEDB88320 & (0 - (sum & 1)));
                }

                tables[table][i] = sum;
            }
        }

        return tables;
    }
}

/// <summary>Passes a stream on and sums up what was read of it.</summary>
internal sealed class Crc32Stream(Stream inner) : ReadOnlyStream
{
    private Crc32 _sum;

    /// <summary>The check sum of what was read.</summary>
    public uint Value => _sum.Value;

    public override int Read(byte[] buffer, int offset, int count)
    {
        int read = inner.Read(buffer, offset, count);
        _sum.Add(buffer.AsSpan(offset, read));
        return read;
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
