using System.Buffers.Binary;
using CudaArch.DeviceCode.Compression;

namespace CudaArch.DeviceCode.Containers;

/// <summary>
/// An entry that holds several images of neighbouring architectures in one compressed payload (kind 0x100, CUDA 13.5): after the fixed header a count, the size of this
/// area, and one entry-shaped header an image, whose first size field is the image's offset in the unpacked payload.
/// </summary>
internal static class ConcatenatedEntry
{
    private const int AreaHeaderSize = 8;

    public static void AddImages(
        FatbinEntry entry, ReadOnlySpan<byte> bytes, long offset, Payload payload, List<DeviceCodeImage> images, ReadContext context)
    {
        ReadOnlySpan<byte> area = bytes.Slice(FatbinEntry.Size, (int)Math.Min(entry.HeaderSize, bytes.Length) - FatbinEntry.Size);
        if (area.Length < AreaHeaderSize)
        {
            context.Report(offset, "the header of concatenated images has no list of them");
            return;
        }

        uint count = BinaryPrimitives.ReadUInt32LittleEndian(area), size = BinaryPrimitives.ReadUInt32LittleEndian(area.Slice(4));
        int room = (area.Length - AreaHeaderSize) / FatbinEntry.Size;
        if (count > room || size < AreaHeaderSize + ((ulong)count * FatbinEntry.Size))
        {
            context.Report(offset, $"the header of concatenated images states {count} of them where there is room for {room}");
            count = Math.Min(count, (uint)room);
        }

        var group = new ConcatenatedPayload(payload);
        for (int i = 0; i < count; i++)
        {
            FatbinEntry image = FatbinEntry.Read(area.Slice(AreaHeaderSize + (i * FatbinEntry.Size)));
            ulong start = image.HeaderSize, length = image.PayloadSize;
            if (start > (ulong)payload.Size || length > (ulong)payload.Size - start)
            {
                context.Report(offset, $"concatenated image {i} lies at {start} with {length} bytes, outside the {payload.Size} bytes of the payload");
                continue;
            }

            images.Add(FatbinReader.CreateImage(context, image, image.Variant, offset, group.Part((long)start, (long)length)));
        }
    }
}
