using System.IO.Compression;

namespace CudaArch.Testing.Building;

/// <summary>Builds zip files field by field, so that each can lie.</summary>
public sealed class ZipBuilder
{
    private static readonly uint[] Crc32Table = [.. Enumerable.Range(0, 256).Select(i => Enumerable.Range(0, 8).Aggregate((uint)i, (sum, _) => (sum & 1) == 0 ? sum >> 1 : (sum >> 1) ^ 0xEDB88320))];

    private readonly List<Entry> _entries = [];

    /// <summary>A member, with what its directory entry claims.</summary>
    /// <param name="Name">Its path.</param>
    /// <param name="Bytes">What it unpacks to.</param>
    public sealed record Entry(string Name, byte[] Bytes)
    {
        public bool IsStored { get; init; }

        public bool IsEncrypted { get; init; }

        public int? Method { get; init; }

        /// <summary>The size that is claimed; null tells the truth.</summary>
        public ulong? Size { get; init; }

        /// <summary>The check sum that is claimed; null tells the truth.</summary>
        public uint? CheckSum { get; init; }

        /// <summary>Whether sizes and offset stand in the zip64 field.</summary>
        public bool IsZip64 { get; init; }

        /// <summary>Points at the bytes of the member before.</summary>
        public bool SharesPrevious { get; init; }
    }

    public ZipBuilder Add(string name, byte[] bytes, bool isStored = false) => Add(new Entry(name, bytes) { IsStored = isStored });

    public ZipBuilder Add(Entry entry)
    {
        _entries.Add(entry);
        return this;
    }

    /// <param name="isZip64">Whether the directory's end is the zip64 one.</param>
    public byte[] ToArray(bool isZip64 = false)
    {
        var file = new Bytes();
        var directory = new Bytes();
        int at = 0;
        uint checkSum = 0;
        byte[] stored = [];
        foreach (Entry entry in _entries)
        {
            int method = entry.Method ?? (entry.IsStored ? 0 : 8);
            if (!entry.SharesPrevious)
            {
                at = file.Length;
                stored = entry.IsStored ? entry.Bytes : Deflate(entry.Bytes);
                checkSum = Crc32(entry.Bytes);
                file.U32(0x04034B50).U16(45, 0, method, 0, 0).U32(checkSum, stored.Length, entry.Bytes.Length).U16(entry.Name.Length, 0).Text(entry.Name).Add(stored);
            }

            ulong size = entry.Size ?? (ulong)entry.Bytes.Length;
            byte[] extra = entry.IsZip64 ? new Bytes().U16(0x5455, 1).U8(0).U16(1, 24).U64(size, (ulong)stored.Length, (ulong)at).ToArray() : [];
            directory.U32(0x02014B50).U16(45, 45, entry.IsEncrypted ? 1 : 0, method, 0, 0)
                .U32(entry.CheckSum ?? checkSum, entry.IsZip64 ? uint.MaxValue : stored.Length, entry.IsZip64 ? uint.MaxValue : (long)size)
                .U16(entry.Name.Length, extra.Length, 0, 0, 0).U32(0, entry.IsZip64 ? uint.MaxValue : at).Text(entry.Name).Add(extra);
        }

        int start = file.Length;
        file.Add(directory.ToArray());
        if (isZip64)
        {
            int end = file.Length;
            file.U32(0x06064B50).U64(44).U16(45, 45).U32(0, 0).U64((ulong)_entries.Count, (ulong)_entries.Count, (ulong)directory.Length, (ulong)start)
                .U32(0x07064B50, 0).U64((ulong)end).U32(1);
        }

        return file.U32(0x06054B50).U16(0, 0, isZip64 ? 0xFFFF : _entries.Count, isZip64 ? 0xFFFF : _entries.Count)
            .U32(isZip64 ? uint.MaxValue : directory.Length, isZip64 ? uint.MaxValue : start).U16(0).ToArray();
    }

    private static uint Crc32(byte[] bytes)
    {
        uint sum = uint.MaxValue;
        foreach (byte b in bytes)
        {
            sum = (sum >> 8) ^ Crc32Table[(sum ^ b) & 0xFF];
        }

        return ~sum;
    }

    private static byte[] Deflate(byte[] bytes)
    {
        var stream = new MemoryStream();
        using (var deflate = new DeflateStream(stream, CompressionLevel.Fastest, leaveOpen: true))
        {
            deflate.Write(bytes);
        }

        return stream.ToArray();
    }
}
