using System.Buffers;
using System.Buffers.Binary;
using CudaArch.DeviceCode.IO;

namespace CudaArch.DeviceCode.Containers;

/// <summary>
/// Device code in the data of a .NET assembly: embedded resources (fatbins, cubins, PTX, whole native libraries), and the initial bytes of fields, to which the compiler
/// turns <c>byte[]</c> and UTF-8 literals.
/// </summary>
internal static class ManagedAssembly
{
    private const int CliHeaderSize = 72;
    private const string ResourceLocation = ".NET resource", FieldLocation = ".NET field data";

    /// <summary>The areas of an assembly that may hold device code; native libraries and PTX among its resources are read at once.</summary>
    public static IEnumerable<DataArea> Read(List<PeSection> sections, uint headerAddress, ReadContext context)
    {
        Span<byte> header = stackalloc byte[CliHeaderSize];
        if (!TryFind(sections, headerAddress, CliHeaderSize, out ByteRange headerBytes) || !headerBytes.TryReadExactly(0, header)
            || !TryFind(sections, U32(header, 8), U32(header, 12), out ByteRange metadata) || ManagedTables.Read(metadata) is not { } tables)
        {
            return [];
        }

        context.Imports.AddRange(tables.Imports().Where(name => name.Length > 0));
        var areas = new List<DataArea>();
        if (TryFind(sections, U32(header, 24), U32(header, 28), out ByteRange resources))
        {
            AddResources(resources, tables, areas, context);
        }

        AddFields(sections, tables, areas, context);
        return areas;
    }

    private static void AddResources(ByteRange resources, ManagedTables tables, List<DataArea> areas, ReadContext context)
    {
        Span<byte> prefix = stackalloc byte[4];
        long reached = 0;
        foreach ((string name, uint offset) in tables.Resources().OrderBy(resource => resource.Offset))
        {
            // Resources follow each other; one that starts inside another is a lie.
            if (offset < reached || !resources.TryReadExactly(offset, prefix)
                || !resources.TrySlice(offset + 4UL, BinaryPrimitives.ReadUInt32LittleEndian(prefix), out ByteRange bytes))
            {
                context.Report(resources.Start, $"the resource {name} was expected at offset {offset} of the {resources.Length} bytes of resources");
                continue;
            }

            reached = offset + 4L + bytes.Length;
            string? outer = context.Member;
            context.Member = ReadContext.Join(outer, name);
            if (!EmbeddedFile.TryRead(bytes, ResourceLocation, context))
            {
                areas.Add(new DataArea(ResourceLocation, bytes, AreaKind.Data, name));
            }

            context.Member = outer;
        }
    }

    private static void AddFields(List<PeSection> sections, ManagedTables tables, List<DataArea> areas, ReadContext context)
    {
        List<uint> addresses = tables.FieldAddresses();
        addresses.Sort();
        for (int i = 0; i < addresses.Count; i++)
        {
            // A field's size is told by its type only; it ends where the next one begins at the latest.
            uint next = i + 1 < addresses.Count ? addresses[i + 1] : uint.MaxValue;
            if (next == addresses[i] || !TryFind(sections, addresses[i], 0, out ByteRange rest))
            {
                continue;
            }

            rest.TrySlice(0, (ulong)Math.Min(rest.Length, next - addresses[i]), out ByteRange bytes);
            if (!TryAddText(bytes, context))
            {
                areas.Add(new DataArea(FieldLocation, bytes, AreaKind.Data));
            }
        }
    }

    // A UTF-8 literal ends with a NUL; a byte[] literal at the first byte that is no text, or at the next field.
    private static bool TryAddText(ByteRange bytes, ReadContext context)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(ContainerFormats.HeadSize);
        try
        {
            long length = 0;
            int read;
            while ((read = bytes.Read(length, buffer.AsSpan(0, ContainerFormats.HeadSize))) > 0)
            {
                if (length == 0 && !PtxFormat.StartsLikeText(buffer.AsSpan(0, read)))
                {
                    return false;
                }

                int text = 0;
                while (text < read && buffer[text] is >= 0x20 or (byte)'\t' or (byte)'\r' or (byte)'\n' or (byte)'\f')
                {
                    text++;
                }

                length += text;
                if (text < read)
                {
                    break;
                }
            }

            return bytes.TrySlice(0, (ulong)length, out ByteRange ptx) && PtxFormat.TryAdd(ptx, FieldLocation, context);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // What is at a relative address; with size 0, up to the end of its section.
    private static bool TryFind(List<PeSection> sections, uint address, uint size, out ByteRange range)
    {
        foreach (PeSection section in sections)
        {
            if (address != 0 && address >= section.Address && address - section.Address < section.Bytes.Length)
            {
                ulong offset = address - section.Address;
                return section.Bytes.TrySlice(offset, size == 0 ? (ulong)section.Bytes.Length - offset : size, out range);
            }
        }

        range = default;
        return false;
    }

    private static uint U32(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.Slice(offset));
}
