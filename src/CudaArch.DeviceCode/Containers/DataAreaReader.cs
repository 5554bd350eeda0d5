using System.Buffers;
using CudaArch.DeviceCode.IO;

namespace CudaArch.DeviceCode.Containers;

/// <summary>Finds the containers in the areas of a host file: walks the known ones, searches the rest, and reads no byte twice even when areas overlap.</summary>
internal static class DataAreaReader
{
    private const int ChunkSize = 256 << 10;

    /// <summary>Reads areas; known ones win where they overlap others.</summary>
    public static void Read(List<DataArea> areas, ReadContext context)
    {
        // Known areas first, so that what they cover is left out of the search.
        areas.Sort((left, right) =>
            (left.Kind == AreaKind.Data) != (right.Kind == AreaKind.Data)
                ? (left.Kind == AreaKind.Data).CompareTo(right.Kind == AreaKind.Data)
                : left.Bytes.Start.CompareTo(right.Bytes.Start));

        var known = new List<(long Start, long End)>();
        var reader = new FatbinReader(context);
        long reached = 0;
        foreach (DataArea area in areas)
        {
            if (area.Kind != AreaKind.Data)
            {
                ByteRange rest = area.Bytes.From(reached - area.Bytes.Start);
                if (rest.Length > 0)
                {
                    Walk(rest, area, reader, context);
                    known.Add((rest.Start, rest.Start + rest.Length));
                    reached = rest.Start + rest.Length;
                }
            }
        }

        reached = 0;
        int next = 0;
        foreach (DataArea area in areas)
        {
            if (area.Kind == AreaKind.Data)
            {
                reached = SearchAround(area, known, ref next, reached, reader, context);
            }
        }
    }

    // Searches the parts of an area that lie behind what was searched already and outside the known areas.
    private static long SearchAround(DataArea area, List<(long Start, long End)> known, ref int next, long reached, FatbinReader reader, ReadContext context)
    {
        long end = area.Bytes.Start + area.Bytes.Length;
        long start = Math.Max(area.Bytes.Start, reached);
        while (start < end)
        {
            while (next < known.Count && known[next].End <= start)
            {
                next++;
            }

            long stop = next < known.Count ? Math.Min(end, known[next].Start) : end;
            if (start < stop)
            {
                area.Bytes.From(start - area.Bytes.Start).TrySlice(0, (ulong)(stop - start), out ByteRange part);
                Search(part, area.Location, reader, context);
                start = stop;
            }

            if (next < known.Count && start < end && start >= known[next].Start)
            {
                start = known[next].End;
            }
        }

        return Math.Max(reached, end);
    }

    // Containers follow each other with zeros between them. Anything else there is damage, or another maker's data: say so and search on.
    private static void Walk(ByteRange bytes, DataArea area, FatbinReader reader, ReadContext context)
    {
        bool isRelocatable = area.Kind == AreaKind.RelocatableFatbins;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(ChunkSize);
        try
        {
            long position = 0;
            while (position < bytes.Length && !context.IsFull)
            {
                if (reader.TryRead(bytes, position, area.Location, isRelocatable, isCertain: true, out long end))
                {
                    position = end;
                    continue;
                }

                int read = bytes.Read(position, buffer.AsSpan(0, ChunkSize));
                int zeros = ZerosAtStart(buffer.AsSpan(0, read));
                if (zeros > 0)
                {
                    position += zeros;
                    continue;
                }

                long found = Find(bytes, position + 1, buffer);
                context.Report(bytes.Start + position, Describe(buffer.AsSpan(0, read), area.Location, (found < 0 ? bytes.Length : found) - position));
                if (found < 0)
                {
                    return;
                }

                position = found;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static string Describe(ReadOnlySpan<byte> bytes, string location, long length) =>
        bytes.StartsWith(FatbinReader.MagicBeforeCuda6)
            ? "device code in the format before CUDA 6, which no device of today runs, is not read"
            : $"a fatbin container (bytes 50 ED 55 BA 01 00 10 00) was expected in {location}; {length} bytes are skipped";

    private static void Search(ByteRange bytes, string location, FatbinReader reader, ReadContext context)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(ChunkSize);
        try
        {
            long position = 0;
            while (!context.IsFull && (position = Find(bytes, position, buffer)) >= 0)
            {
                position = reader.TryRead(bytes, position, location, isRelocatable: false, isCertain: false, out long end) ? end : position + 1;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The next place of a container's first eight bytes, or -1.</summary>
    private static long Find(ByteRange bytes, long position, byte[] buffer)
    {
        ReadOnlySpan<byte> magic = FatbinReader.Magic;
        while (position < bytes.Length)
        {
            int read = bytes.Read(position, buffer.AsSpan(0, ChunkSize));
            int index = buffer.AsSpan(0, read).IndexOf(magic);
            if (index >= 0)
            {
                return position + index;
            }

            if (read < ChunkSize)
            {
                return -1;
            }

            // The magic may lie across the end of the chunk.
            position += read - (magic.Length - 1);
        }

        return -1;
    }

    private static int ZerosAtStart(ReadOnlySpan<byte> bytes)
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != 0)
            {
                return i;
            }
        }

        return bytes.Length;
    }
}
