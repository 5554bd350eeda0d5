using CudaArch.DeviceCode.Cubins;

namespace CudaArch.DeviceCode.Compression;

/// <summary>What the payloads of one file share: how much one may unpack to, decompressors that are used again, and the names met so far. Safe to use from several threads.</summary>
/// <param name="maxImageSize">Most bytes that one image may unpack to.</param>
internal sealed class PayloadReader(long maxImageSize) : IDisposable
{
    // Names are shared while they are at most so long together; the rest are kept as they come.
    private const int MostPooled = 1 << 20;

    private readonly Dictionary<int, string> _names = [];

    public long MaxImageSize { get; } = maxImageSize;

    /// <summary>Decompressors for the frames of the file.</summary>
    public DecompressorPool Decompressors { get; } = new();

    /// <summary>The text of a name: the same object for the same name, because most images of a file define the same kernels.</summary>
    public string Name(ReadOnlySpan<byte> name)
    {
        int hash = Hash(name);
        lock (_names)
        {
            if (_names.TryGetValue(hash, out string? known) && IsSame(known, name))
            {
                return known;
            }

            string text = Utf8.GetString(name);
            if (_names.Count < MostPooled && text.Length == name.Length)
            {
                _names[hash] = text;
            }

            return text;
        }
    }

    /// <inheritdoc cref="Name"/>
    public string Shared(string name)
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(name);
        return Name(bytes);
    }

    public void Dispose() => Decompressors.Dispose();

    // Only names of ASCII characters are pooled, so that characters and bytes are one to one.
    private static bool IsSame(string known, ReadOnlySpan<byte> name)
    {
        if (known.Length != name.Length)
        {
            return false;
        }

        for (int i = 0; i < name.Length; i++)
        {
            if (known[i] != name[i])
            {
                return false;
            }
        }

        return true;
    }

    private static int Hash(ReadOnlySpan<byte> name)
    {
        ulong hash = (ulong)name.Length;
        for (; name.Length >= 8; name = name.Slice(8))
        {
            hash = (hash ^ System.Buffers.Binary.BinaryPrimitives.ReadUInt64LittleEndian(name)) * 0x9E3779B97F4A7C15;
            hash ^= hash >> 29;
        }

        foreach (byte b in name)
        {
            hash = (hash ^ b) * 0x100000001B3;
        }

        return (int)(hash ^ (hash >> 32));
    }
}
