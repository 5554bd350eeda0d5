using System.Buffers;
using System.Text;
using CudaArch.DeviceCode.Compression;
using CudaArch.DeviceCode.IO;

namespace CudaArch.DeviceCode.Cubins;

/// <summary>
/// Kernel names from the first bytes of a cubin. In every cubin measured (CUDA 8 to 13) the table of section names follows the ELF header directly, and the names behind
/// <c>.nv.constant0.</c> in it are exactly the kernels; so most of an image need not be unpacked. A cubin of another shape is read whole.
/// </summary>
internal static class CubinKernelNames
{
    private const int FirstRead = 16 << 10, LargestRead = 16 << 20, Growth = 4;

    private static ReadOnlySpan<byte> TableStart => "\0.shstrtab\0"u8;

    // The names of symbols follow those of sections, and start with one of these, by the age of the tools.
    private static ReadOnlySpan<byte> TableName => ".shstrtab\0"u8;

    private static ReadOnlySpan<byte> NoteName => ".note.nv.tkinfo\0"u8;

    private static ReadOnlySpan<byte> ConstantBank => ".nv.constant0."u8;

    /// <exception cref="PayloadException">The payload is damaged or is no cubin.</exception>
    public static IReadOnlyList<string> Read(ImageBytes image)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(FirstRead);
        int available = 0;
        using Stream stream = image.Open();
        try
        {
            for (int size = FirstRead; ;)
            {
                available += Fill(stream, buffer, available, size);
                switch (Parse(buffer.AsSpan(0, available), image.Reader, out List<string> names))
                {
                    case Shape.Complete:
                        return names;
                    case Shape.Longer when available == size && size < LargestRead:
                        size *= Growth;
                        buffer = Grow(buffer, available, size);
                        continue;
                    default:
                        return CubinFile.ReadKernels(image.Unpack()).Select(kernel => kernel.Name).ToList();
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static byte[] Grow(byte[] buffer, int used, int size)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(size);
        buffer.AsSpan(0, used).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    private static int Fill(Stream stream, byte[] buffer, int from, int to)
    {
        int at = from, read;
        while (at < to && (read = stream.Read(buffer, at, to - at)) > 0)
        {
            at += read;
        }

        return at - from;
    }

    private enum Shape
    {
        Other,
        Longer,
        Complete,
    }

    private static Shape Parse(ReadOnlySpan<byte> bytes, PayloadReader reader, out List<string> names)
    {
        names = [];
        if (!CubinHeader.TryRead(bytes, out _))
        {
            return Shape.Other;
        }

        ReadOnlySpan<byte> table = bytes.Slice(CubinHeader.Size);
        if (!table.StartsWith(TableStart))
        {
            return Shape.Other;
        }

        table = table.Slice(1);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            int length = table.IndexOf((byte)0);
            if (length < 0)
            {
                return Shape.Longer;
            }

            if (length == 0)
            {
                // Zeros stand at the end of the table, but also amid it, where the tools of CUDA 13 took names away: the next name tells which.
                table = table.Slice(Zeros.CountAtStart(table));
                if (table.Length < NoteName.Length)
                {
                    return Shape.Longer;
                }

                if (table.StartsWith(TableName) || table.StartsWith(NoteName))
                {
                    return Shape.Complete;
                }

                continue;
            }

            // Section names start with a dot. What does not is a symbol's name, or the symbol table: the table ended before it.
            if (table[0] != (byte)'.')
            {
                return Shape.Complete;
            }

            // The names of symbols, if they were read into, repeat those of sections.
            if (length > ConstantBank.Length && table.StartsWith(ConstantBank)
                && reader.Name(table.Slice(ConstantBank.Length, length - ConstantBank.Length)) is var name && seen.Add(name))
            {
                names.Add(name);
            }

            table = table.Slice(length + 1);
        }
    }
}

/// <summary>UTF-8 text of spans, which netstandard2.0 cannot decode itself.</summary>
internal static class Utf8
{
    public static string GetString(ReadOnlySpan<byte> bytes) =>
#if NET
        Encoding.UTF8.GetString(bytes);
#else
        Encoding.UTF8.GetString(bytes.ToArray());
#endif
}
