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
            throw new DeviceCodeException(file.Name, file.Start, "a native file", "the file is empty") { Failure = DeviceCodeFailure.NotNative };
        }

        foreach (ContainerFormat format in All)
        {
            if (format.Recognizes(head))
            {
                return format.Read(file, context);
            }
        }

        string? known = NotRead(head);
        throw new DeviceCodeException(file.Name, file.Start, "a native file", known ?? Unknown(head))
        {
            Failure = known is null ? DeviceCodeFailure.NotNative : head.StartsWith(MachO) ? DeviceCodeFailure.NoCudaHost : DeviceCodeFailure.Unreadable,
        };
    }

    // The magic of a 64-bit Mach-O file; CUDA left macOS with version 10.2.
    private static ReadOnlySpan<byte> MachO => [0xCF, 0xFA, 0xED, 0xFE];

    private static string? NotRead(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith(MachO))
        {
            return "this is a Mach-O file, for which CUDA no longer exists";
        }

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

        return null;
    }

    private static string Unknown(ReadOnlySpan<byte> head)
    {
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
