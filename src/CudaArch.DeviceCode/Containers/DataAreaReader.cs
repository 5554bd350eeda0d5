using System.Buffers;
using CudaArch.DeviceCode.Cubins;
using CudaArch.DeviceCode.IO;

namespace CudaArch.DeviceCode.Containers;

/// <summary>Finds the containers in the areas of a host file: walks the known ones, searches the rest, and reads no byte twice even when areas overlap.</summary>
internal static class DataAreaReader
{
    private const int ChunkSize = 256 << 10, FirstZeroRead = 4 << 10, SearchedMagicSize = 4;

    /// <summary>Reads areas of one file; known ones win where they overlap others.</summary>
    public static void Read(IReadOnlyList<DataArea> areas, ReadContext context)
    {
        List<DataArea> known = Disjoint(areas.Where(area => area.Kind != AreaKind.Data), []);
        List<DataArea> searched = Disjoint(areas.Where(area => area.Kind == AreaKind.Data), known);
        var reader = new FatbinReader(context);
        string? outer = context.Member;
        foreach (DataArea area in known.Concat(searched).OrderBy(area => area.Bytes.Start))
        {
            context.Member = ReadContext.Join(outer, area.Member);
            if (area.Kind == AreaKind.Data)
            {
                Search(area, reader, context);
            }
            else
            {
                Walk(area, reader, context);
            }
        }

        context.Member = outer;
    }

    // The areas in file order without what lies in an earlier one or in the given others, which are disjoint and in order themselves.
    private static List<DataArea> Disjoint(IEnumerable<DataArea> areas, List<DataArea> others)
    {
        var result = new List<DataArea>();
        long reached = 0;
        int next = 0;
        foreach (DataArea area in areas.OrderBy(area => area.Bytes.Start))
        {
            long start = Math.Max(area.Bytes.Start, reached);
            while (start < area.End)
            {
                while (next < others.Count && others[next].End <= start)
                {
                    next++;
                }

                long stop = next < others.Count ? Math.Min(area.End, others[next].Bytes.Start) : area.End;
                if (start < stop && area.Bytes.TrySlice((ulong)(start - area.Bytes.Start), (ulong)(stop - start), out ByteRange part))
                {
                    result.Add(area with { Bytes = part });
                }

                start = stop < area.End ? others[next].End : stop;
            }

            reached = Math.Max(reached, start);
        }

        return result;
    }

    // Containers follow each other with zeros between them. Anything else there is damage, or another maker's data: say so and search on.
    private static void Walk(DataArea area, FatbinReader reader, ReadContext context)
    {
        ByteRange bytes = area.Bytes;
        bool isRelocatable = area.Kind == AreaKind.RelocatableFatbins;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(ChunkSize);
        try
        {
            long position = 0;
            bool isDamageKnown = false;
            while (position < bytes.Length && !context.IsFull)
            {
                // Most containers are followed by another one, or by a few zeros; only what is neither is looked through.
                if (reader.TryRead(bytes, position, area.Location, isRelocatable, isCertain: true, out long end, out bool isDamaged))
                {
                    position = end;
                    isDamageKnown = isDamaged;
                    continue;
                }

                if (end > position)
                {
                    position = end - position < FatbinReader.ReadSize ? end : SkipZeros(bytes, end, buffer);
                    continue;
                }

                long found = FindContainer(bytes, position, buffer);
                if (!isDamageKnown)
                {
                    context.Report(bytes.Start + position, Describe(bytes, position, area.Location, (found < 0 ? bytes.Length : found) - position));
                }

                position = found < 0 ? bytes.Length : found;
                isDamageKnown = false;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static string Describe(ByteRange bytes, long position, string location, long length)
    {
        Span<byte> magic = stackalloc byte[4];
        return bytes.TryReadExactly(position, magic) && magic.SequenceEqual(FatbinReader.MagicBeforeCuda6)
            ? "device code in the format before CUDA 6, which no device of today runs, is not read"
            : $"a fatbin container (bytes 50 ED 55 BA 01 00 10 00) was expected in {location}; {length} bytes are skipped";
    }

    // One pass for both: containers by their magic, and cubins without a container by that of ELF.
    private static void Search(DataArea area, FatbinReader reader, ReadContext context)
    {
        ByteRange bytes = area.Bytes;
        byte[] buffer = ArrayPool<byte>.Shared.Rent(ChunkSize);
        try
        {
            for (long position = 0; position < bytes.Length && !context.IsFull;)
            {
                int read = bytes.Read(position, buffer.AsSpan(0, ChunkSize));
                long end = SearchChunk(buffer.AsSpan(0, read), position, area, reader, context);
                if (read < ChunkSize && end < position + read)
                {
                    return;
                }

                // A magic may lie across the end of the chunk.
                position = Math.Max(end, position + read - (SearchedMagicSize - 1));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // Returns where the last container found ends: it may lie far behind the chunk.
    private static long SearchChunk(ReadOnlySpan<byte> chunk, long position, DataArea area, FatbinReader reader, ReadContext context)
    {
        int at = 0, fatbin = -1, cubin = -1;
        while (!context.IsFull)
        {
            fatbin = fatbin < at ? IndexFrom(chunk, at, FatbinReader.Magic) : fatbin;
            cubin = cubin < at ? IndexFrom(chunk, at, CubinHeader.Magic) : cubin;
            int hit = Math.Min(fatbin, cubin);
            if (hit == int.MaxValue)
            {
                break;
            }

            bool isFound = hit == fatbin
                ? reader.TryRead(area.Bytes, position + hit, area.Location, isRelocatable: false, isCertain: false, out long end, out _)
                : CubinFormat.TryRead(area.Bytes, position + hit, area.Location, context, out end);
            if (!isFound)
            {
                at = hit + 1;
            }
            else if (end - position >= chunk.Length)
            {
                return end;
            }
            else
            {
                at = (int)(end - position);
            }
        }

        return position + at;
    }

    private static int IndexFrom(ReadOnlySpan<byte> chunk, int start, ReadOnlySpan<byte> magic)
    {
        // Four bytes are rare enough, and are found where the rest lies behind the end of the chunk.
        int index = chunk.Slice(start).IndexOf(magic.Slice(0, SearchedMagicSize));
        return index < 0 ? int.MaxValue : start + index;
    }

    // The next place of a container's first eight bytes, or -1.
    private static long FindContainer(ByteRange bytes, long position, byte[] buffer)
    {
        ReadOnlySpan<byte> magic = FatbinReader.Magic;
        while (position < bytes.Length)
        {
            int read = bytes.Read(position, buffer.AsSpan(0, ChunkSize));
            int index = buffer.AsSpan(0, read).IndexOf(magic);
            if (index >= 0)
            {
                // What is cut off behind its magic is no container.
                return position + index <= bytes.Length - FatbinReader.HeaderSize ? position + index : -1;
            }

            if (read < ChunkSize)
            {
                return -1;
            }

            position += read - (magic.Length - 1);
        }

        return -1;
    }

    private static long SkipZeros(ByteRange bytes, long position, byte[] buffer)
    {
        for (int size = FirstZeroRead; position < bytes.Length; size = Math.Min(ChunkSize, 8 * size))
        {
            ReadOnlySpan<byte> part = buffer.AsSpan(0, bytes.Read(position, buffer.AsSpan(0, size)));
            int zeros = Zeros.CountAtStart(part);
            position += zeros;
            if (zeros < part.Length)
            {
                return position;
            }
        }

        return bytes.Length;
    }
}
