using System.Buffers;
using CudaArch.DeviceCode.Compression;

namespace CudaArch.DeviceCode.Cubins;

/// <summary>
/// The names behind the <c>.entry</c> directives of PTX text, each once. The text is read in pieces, so that its size does not matter, and searched rather than lexed: it
/// is the larger part of many libraries. Comments and quoted strings are skipped.
/// </summary>
internal static class PtxKernelNames
{
    private const int BufferSize = 256 << 10;

    private static ReadOnlySpan<byte> Entry => ".entry"u8;

    /// <exception cref="PayloadException">The payload is damaged.</exception>
    public static IReadOnlyList<string> Read(ImageBytes image)
    {
        using Stream stream = image.Open();
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var names = new List<string>();
            var seen = new HashSet<string>(StringComparer.Ordinal);
            long total = 0;
            int kept = 0;
            while (true)
            {
                int read = stream.Read(buffer, kept, BufferSize - kept);
                total += read;
                int available = kept + read;
                int used = Scan(buffer.AsSpan(0, available), isEnd: read == 0, image.Reader, names, seen);
                if (read == 0)
                {
                    break;
                }

                // What could not be decided yet waits for what follows it. A comment, string or name that fills the buffer is no PTX: give it up.
                kept = available - used;
                if (kept == BufferSize)
                {
                    kept = 0;
                }

                buffer.AsSpan(used, kept).CopyTo(buffer);
            }

            return total == image.Size ? names : throw new PayloadException($"the text unpacks to {total} bytes where its header states {image.Size}");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // Returns how much of the text is done with.
    private static int Scan(ReadOnlySpan<byte> text, bool isEnd, PayloadReader reader, List<string> names, HashSet<string> seen)
    {
        int at = 0, entry = -1, other = -1;
        while (true)
        {
            entry = entry < at ? Find(text, at, text.Slice(at).IndexOf(Entry)) : entry;
            other = other < at ? Find(text, at, text.Slice(at).IndexOfAny((byte)'/', (byte)'"')) : other;
            int next = Math.Min(entry, other);
            if (next == text.Length)
            {
                // The start of an entry directive may be cut off.
                return isEnd ? text.Length : Math.Max(at, text.Length - (Entry.Length - 1));
            }

            int end = next == entry ? ReadName(text, next, reader, names, seen) : Skip(text, next);
            if (end < 0)
            {
                return next;
            }

            at = end;
        }
    }

    private static int Find(ReadOnlySpan<byte> text, int from, int index) => index < 0 ? text.Length : from + index;

    // Behind a comment or string; -1 when its end is not there yet.
    private static int Skip(ReadOnlySpan<byte> text, int start)
    {
        if (text[start] == (byte)'"')
        {
            for (int i = start + 1; i < text.Length; i++)
            {
                int index = text.Slice(i).IndexOfAny((byte)'"', (byte)'\\');
                if (index < 0)
                {
                    return -1;
                }

                i += index;
                if (text[i] == (byte)'"')
                {
                    return i + 1;
                }

                i++;
            }

            return -1;
        }

        if (start + 1 >= text.Length)
        {
            return -1;
        }

        ReadOnlySpan<byte> rest = text.Slice(start + 2);
        int end = text[start + 1] switch
        {
            (byte)'/' => rest.IndexOf((byte)'\n') is >= 0 and var line ? line + 3 : -1,
            (byte)'*' => rest.IndexOf("*/"u8) is >= 0 and var block ? block + 4 : -1,
            _ => 1,
        };
        return end < 0 ? -1 : start + end;
    }

    // Behind the name of the entry directive at a place; -1 when its end is not there yet.
    private static int ReadName(ReadOnlySpan<byte> text, int start, PayloadReader reader, List<string> names, HashSet<string> seen)
    {
        int at = start + Entry.Length;
        if (at < text.Length && IsWord(text[at]))
        {
            return at;
        }

        while (at < text.Length && text[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            at++;
        }

        // A comment between the two: step over it as over any other.
        if (at < text.Length && text[at] == (byte)'/')
        {
            at = Skip(text, at);
            while (at >= 0 && at < text.Length && text[at] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                at++;
            }

            if (at < 0)
            {
                return -1;
            }
        }

        int end = at;
        while (end < text.Length && IsWord(text[end]))
        {
            end++;
        }

        if (end == text.Length)
        {
            return -1;
        }

        if (end > at && reader.Name(text.Slice(at, end - at)) is var name && seen.Add(name))
        {
            names.Add(name);
        }

        return end;
    }

    private static bool IsWord(byte c) =>
        c is >= (byte)'a' and <= (byte)'z' or >= (byte)'A' and <= (byte)'Z' or >= (byte)'0' and <= (byte)'9' or (byte)'_' or (byte)'$' or (byte)'%' or >= 0x80;
}
