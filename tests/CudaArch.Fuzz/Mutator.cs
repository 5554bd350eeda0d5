using System.Buffers.Binary;

namespace CudaArch.Fuzz;

/// <summary>Alters sound files where it hurts: lengths, offsets, counts and flags of headers above all; and cuts, copies and splices.</summary>
public sealed class Mutator
{
    private const int HeaderReach = 128, LargestInput = 256 << 10, MostChanges = 6;

    private static readonly byte[][] Magics =
    [
        [0x50, 0xED, 0x55, 0xBA], [0x7F, (byte)'E', (byte)'L', (byte)'F'], [0xB1, 0x43, 0x62, 0x46], [0x28, 0xB5, 0x2F, 0xFD], "PE\0\0"u8.ToArray(), "BSJB"u8.ToArray(),
        "PK\x1\x2"u8.ToArray(), "PK\x3\x4"u8.ToArray(), "PK\x5\x6"u8.ToArray(), "PK\x6\x6"u8.ToArray(), "`\n"u8.ToArray(), ".version"u8.ToArray(), ".entry"u8.ToArray(), ".nv.constant0"u8.ToArray(),
    ];

    private static readonly ulong[] Numbers =
    [
        0, 1, 2, 3, 7, 8, 15, 16, 63, 64, 65, 127, 128, 255, 256, 0x7FFF, 0x8000, 0xFFFE, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF, 0x100000000,
        0x7FFFFFFFFFFFFFFF, 0x8000000000000000, 0xFFFFFFFFFFFFFFF0, 0xFFFFFFFFFFFFFFFF,
    ];

    private readonly IReadOnlyList<byte[]> _seeds;
    private readonly List<int>[] _headers;

    public Mutator(FuzzFormat format)
    {
        _seeds = format.Seeds;
        _headers = [.. _seeds.Select(HeadersOf)];
    }

    /// <summary>Makes one input.</summary>
    public byte[] Make(FuzzRandom random)
    {
        int seed = random.Below(_seeds.Count);
        byte[] bytes = (byte[])_seeds[seed].Clone();
        for (int changes = 1 + random.Below(MostChanges); changes > 0 && bytes.Length > 0; changes--)
        {
            bytes = Change(bytes, _headers[seed], random);
        }

        return bytes;
    }

    private byte[] Change(byte[] bytes, List<int> headers, FuzzRandom random)
    {
        int place = PlaceIn(bytes, headers, random);
        switch (random.Below(14))
        {
            case 0:
                bytes[place] ^= (byte)(1 << random.Below(8));
                return bytes;
            case 1:
                bytes[place] = (byte)random.Next();
                return bytes;
            case 2 or 3 or 4 or 5:
                Write(bytes, place & ~3, Number(bytes, random), 4);
                return bytes;
            case 6 or 7:
                Write(bytes, place & ~7, Number(bytes, random), 8);
                return bytes;
            case 8:
                Write(bytes, place & ~1, Number(bytes, random), 2);
                return bytes;
            case 9:
                return bytes[..(random.OneIn(2) ? place : random.Below(bytes.Length))];
            case 10:
                // One field's value in another: offsets that cross, tables that overlap.
                Copy(bytes, PlaceIn(bytes, headers, random) & ~3, bytes, place & ~3, 4 << random.Below(3));
                return bytes;
            case 11:
                byte[] other = _seeds[random.Below(_seeds.Count)];
                Copy(other, random.Below(other.Length), bytes, place, 1 + random.Below(256));
                return bytes;
            case 12:
                bytes.AsSpan(place, Math.Min(random.Below(64), bytes.Length - place)).Fill(random.OneIn(2) ? (byte)0 : (byte)0xFF);
                return bytes;
            default:
                return Resize(bytes, place, random);
        }
    }

    private static byte[] Resize(byte[] bytes, int place, FuzzRandom random)
    {
        int count = 1 + random.Below(random.OneIn(2) ? 16 : 1024);
        if (random.OneIn(2))
        {
            return [.. bytes[..place], .. bytes[Math.Min(bytes.Length, place + count)..]];
        }

        byte[] block = bytes[place..Math.Min(bytes.Length, place + count)];
        return bytes.Length + block.Length > LargestInput ? bytes : [.. bytes[..place], .. block, .. bytes[place..]];
    }

    private static int PlaceIn(byte[] bytes, List<int> headers, FuzzRandom random) => random.OneIn(4) || headers.Count == 0
        ? random.Below(bytes.Length)
        : Math.Min(bytes.Length - 1, headers[random.Below(headers.Count)] + random.Below(HeaderReach));

    private static ulong Number(byte[] bytes, FuzzRandom random) => random.Below(4) switch
    {
        0 => (ulong)(bytes.Length + random.Below(129) - 64),
        1 => (ulong)random.Below(bytes.Length),
        2 => random.Next(),
        _ => Numbers[random.Below(Numbers.Length)],
    };

    private static void Write(byte[] bytes, int place, ulong value, int size)
    {
        Span<byte> field = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(field, value);
        field.Slice(0, Math.Min(size, bytes.Length - place)).CopyTo(bytes.AsSpan(place));
    }

    private static void Copy(byte[] from, int fromPlace, byte[] to, int toPlace, int count)
    {
        count = Math.Min(count, Math.Min(from.Length - fromPlace, to.Length - toPlace));
        from.AsSpan(fromPlace, count).CopyTo(to.AsSpan(toPlace));
    }

    // Where headers start: at every magic number, and where the header of the file says that its tables are.
    private static List<int> HeadersOf(byte[] bytes)
    {
        var headers = new List<int> { 0 };
        foreach (byte[] magic in Magics)
        {
            int at = 0, found;
            for (int count = 0; count < 64 && (found = bytes.AsSpan(at).IndexOf(magic)) >= 0; count++)
            {
                headers.Add(at + found);
                at += found + 1;
            }
        }

        foreach (int elf in headers.Where(at => at + 64 < bytes.Length && bytes.AsSpan(at).StartsWith(Magics[1])).ToList())
        {
            ulong table = BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(elf + 40));
            for (int i = 0; i < BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(elf + 60)) && table < (ulong)(bytes.Length - elf); i++, table += 64)
            {
                headers.Add(elf + (int)table);
            }
        }

        return headers;
    }
}
