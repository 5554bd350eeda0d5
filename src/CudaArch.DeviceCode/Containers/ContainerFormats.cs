using System.Buffers;
using CudaArch.DeviceCode.IO;

namespace CudaArch.DeviceCode.Containers;

/// <summary>The container formats that are read. A new one is a class beside these and a line here.</summary>
internal static class ContainerFormats
{
    /// <summary>How many first bytes a format gets to recognise a file: enough for the comments that may stand before PTX.</summary>
    public const int HeadSize = 16 << 10;

    private static readonly ContainerFormat[] All =
        [new CubinFormat(), new ElfFormat(), new PeFormat(), new ArchiveFormat(), new FatbinFormat(), new PackageFormat(), new CoffObjectFormat(), new PtxFormat()];

    /// <summary>The format of a file; null when none recognises it.</summary>
    public static ContainerFormat? Find(ByteRange file)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(HeadSize);
        try
        {
            return Find(buffer.AsSpan(0, file.Read(0, buffer.AsSpan(0, HeadSize))));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The format of a file that starts with these bytes; null when none recognises it.</summary>
    public static ContainerFormat? Find(ReadOnlySpan<byte> head)
    {
        foreach (ContainerFormat format in All)
        {
            if (format.Recognizes(head))
            {
                return format;
            }
        }

        return null;
    }

    /// <summary>Recognises the format of a file and reads it.</summary>
    /// <exception cref="DeviceCodeException">No format recognises the file, or the file as a whole cannot be read.</exception>
    public static Host Read(ByteRange file, ReadContext context)
    {
        if (file.Length == 0)
        {
            throw new DeviceCodeException(file.Name, file.Start, "a native file", "the file is empty") { Failure = DeviceCodeFailure.NotNative };
        }

        return Find(file) is { } format ? format.Read(file, context) : throw NotRecognized(file);
    }

    // The magic of a 64-bit Mach-O file; CUDA left macOS with version 10.2.
    private static ReadOnlySpan<byte> MachO => [0xCF, 0xFA, 0xED, 0xFE];

    private static DeviceCodeException NotRecognized(ByteRange file)
    {
        Span<byte> buffer = stackalloc byte[64];
        ReadOnlySpan<byte> head = buffer.Slice(0, file.Read(0, buffer));
        (string found, DeviceCodeFailure failure) = head.StartsWith(MachO)
            ? ("this is a Mach-O file, for which CUDA no longer exists", DeviceCodeFailure.NoCudaHost)
            : (IsText(head) ? "the file is text, not native code" : "the file is in no format that holds CUDA device code", DeviceCodeFailure.NotNative);
        return new DeviceCodeException(file.Name, file.Start, "a native file", found) { Failure = failure };
    }

    private static bool IsText(ReadOnlySpan<byte> head)
    {
        foreach (byte b in head)
        {
            if (b is < 0x20 and not ((byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\f'))
            {
                return false;
            }
        }

        return true;
    }
}
