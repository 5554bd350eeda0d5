using CudaArch.Architectures;
using CudaArch.DeviceCode.Compression;
using CudaArch.DeviceCode.Cubins;
using CudaArch.DeviceCode.IO;

namespace CudaArch.DeviceCode.Containers;

/// <summary>Cubins without a fatbin around them: loose files, and those that some libraries keep in their data sections.</summary>
internal sealed class CubinFormat : ContainerFormat
{
    private const ushort CubinEntryKind = 2;

    public override bool Recognizes(ReadOnlySpan<byte> head) => CubinHeader.TryRead(head, out _);

    public override Host Read(ByteRange file, ReadContext context)
    {
        Span<byte> bytes = stackalloc byte[CubinHeader.Size];
        file.Read(0, bytes);
        CubinHeader.TryRead(bytes, out CubinHeader header);
        if (header.End > (ulong)file.Length)
        {
            context.Report(file.Start + file.Length, $"the cubin's headers were expected to reach to 0x{header.End:x} where the file has {file.Length} bytes: the file is truncated or damaged");
        }

        Add(file, header, "cubin", context);
        return new Host(HostFormat.Cubin, null);
    }

    /// <summary>Reads the cubin that was found by its first bytes in other data; false when it is a chance hit.</summary>
    public static bool TryRead(ByteRange area, long offset, string location, ReadContext context, out long end)
    {
        end = offset;
        Span<byte> bytes = stackalloc byte[CubinHeader.Size];
        if (!area.TryReadExactly(offset, bytes) || !CubinHeader.TryRead(bytes, out CubinHeader header)
            || !ArchitectureNumbers.TryRead(header.ArchitectureNumber, ArchitectureVariant.Baseline, out SmArchitecture architecture) || !ArchitectureCatalog.IsKnown(architecture)
            || !area.TrySlice((ulong)offset, header.End, out ByteRange cubin))
        {
            return false;
        }

        end = offset + cubin.Length;
        Add(cubin, header, location, context);
        return true;
    }

    private static void Add(ByteRange cubin, CubinHeader header, string location, ReadContext context)
    {
        ImageKind kind = ImageKind.Cubin;
        CubinTraits traits = CubinTraits.Read(cubin, header);
        if (!ArchitectureNumbers.TryRead(header.ArchitectureNumber, traits.Variant, out SmArchitecture architecture))
        {
            context.Report(cubin.Start + 48, $"the cubin's flags state architecture number {header.ArchitectureNumber}, which is no compute capability");
            kind = ImageKind.Unknown;
        }

        var payload = new Payload(cubin, PayloadCompression.None, cubin.Length, context.Payloads);
        var image = new DeviceCodeImage(
            kind, CubinEntryKind, architecture, cubin.Start, ImageBytes.Of(payload), new ImageVersion(1, header.AbiVersion), traits.IsDebug, context.Member);
        context.Add(location, cubin.Start, header.IsRelocatable, [image]);
    }
}
