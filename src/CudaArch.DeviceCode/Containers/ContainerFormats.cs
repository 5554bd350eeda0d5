using CudaArch.DeviceCode.IO;

namespace CudaArch.DeviceCode.Containers;

/// <summary>The container formats that are read. A new one is a class beside these and a line here.</summary>
internal static class ContainerFormats
{
    /// <summary>How many first bytes a format gets to recognise a file.</summary>
    public const int HeadSize = 64;

    private static readonly ContainerFormat[] All = [new ElfFormat()];

    /// <summary>Recognises the format of a file and reads it.</summary>
    /// <exception cref="DeviceCodeException">No format recognises the file, or the file as a whole cannot be read.</exception>
    public static Host Read(ByteRange file, ReadContext context)
    {
        Span<byte> buffer = stackalloc byte[HeadSize];
        ReadOnlySpan<byte> head = buffer.Slice(0, file.Read(0, buffer));
        if (head.IsEmpty)
        {
            throw new DeviceCodeException(file.Name, file.Start, "a native file", "the file is empty");
        }

        foreach (ContainerFormat format in All)
        {
            if (format.Recognizes(head))
            {
                return format.Read(file, context);
            }
        }

        throw new DeviceCodeException(file.Name, file.Start, "an ELF file", NotRead(head));
    }

    private static string NotRead(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("MZ"u8))
        {
            return "PE files are a format not read yet";
        }

        if (head.StartsWith("!<arch>\n"u8) || head.StartsWith("!<thin>\n"u8))
        {
            return "archives are a format not read yet";
        }

        if (head.StartsWith(FatbinReader.Magic) || head.StartsWith(FatbinReader.MagicBeforeCuda6))
        {
            return "loose fatbins are a format not read yet";
        }

        foreach (byte b in head)
        {
            if (b is < 0x20 and not ((byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f'))
            {
                return "the file is in no format that holds CUDA device code";
            }
        }

        return "the file is text, not native code";
    }
}
