using CudaArch.Architectures;

namespace CudaArch.DeviceCode.Caching;

/// <summary>Texts that may be missing, lists, and architectures, in binary.</summary>
internal static class BinaryExtensions
{
    public static void WriteText(this BinaryWriter writer, string? text)
    {
        writer.Write(text is not null);
        if (text is not null)
        {
            writer.Write(text);
        }
    }

    public static string? ReadText(this BinaryReader reader) => reader.ReadBoolean() ? reader.ReadString() : null;

    public static void Write<T>(this BinaryWriter writer, IReadOnlyList<T> items, Action<BinaryWriter, T> write)
    {
        writer.Write(items.Count);
        foreach (T item in items)
        {
            write(writer, item);
        }
    }

    public static IReadOnlyList<T> ReadList<T>(this BinaryReader reader, Func<BinaryReader, T> read)
    {
        // Every item takes a byte at least.
        int count = reader.ReadInt32();
        if (count < 0 || count > reader.BaseStream.Length - reader.BaseStream.Position)
        {
            throw new FormatException($"A list cannot have {count} items.");
        }

        var items = new List<T>(count);
        for (int i = 0; i < count; i++)
        {
            items.Add(read(reader));
        }

        return items;
    }

    // The default value stands for an architecture that a header does not tell.
    public static void Write(this BinaryWriter writer, SmArchitecture architecture)
    {
        writer.Write((byte)architecture.Major);
        writer.Write((byte)architecture.Minor);
        writer.Write((byte)architecture.Variant);
    }

    public static SmArchitecture ReadArchitecture(this BinaryReader reader)
    {
        int major = reader.ReadByte(), minor = reader.ReadByte(), variant = reader.ReadByte();
        return major == 0 ? default : new SmArchitecture(major, minor, (ArchitectureVariant)variant);
    }
}
