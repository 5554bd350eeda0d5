using System.Buffers;
using System.Buffers.Binary;
using CudaArch.DeviceCode.IO;

namespace CudaArch.DeviceCode.Containers;

/// <summary>
/// The wrappers that host code hands to the runtime: 24 bytes, of which version 2 marks the module that the device linker made. Needed only in a file with relocatable
/// modules, to know which module the runtime may link anew.
/// </summary>
internal static class ElfWrappers
{
    private const int WrapperSize = 24, RelocationSize = 24, MaxWrappers = 1 << 20;
    private const uint Magic = 0x466243B1, DeviceLinkedVersion = 2;
    private const uint X64Relative = 8, X64Absolute = 1, Arm64Relative = 1027, Arm64Absolute = 257;
    private const int Chunk = 64 << 10;

    /// <summary>Marks the modules that wrappers of version 2 point to.</summary>
    public static void MarkDeviceLinked(
        ByteRange file,
        IReadOnlyList<NamedElfSection> sections,
        string fatbinSection,
        string wrapperSection,
        IEnumerable<DeviceCodeModule> modules,
        ReadContext context)
    {
        List<DeviceCodeModule> all = modules.ToList();
        if (!all.Any(module => module.IsRelocatable) || all.All(module => module.IsRelocatable))
        {
            return;
        }

        // Field address -> container address. Position-independent files may hold the address in a relocation only.
        var targets = new Dictionary<ulong, ulong>();
        foreach (NamedElfSection section in sections)
        {
            if (section.Name == wrapperSection)
            {
                CollectWrappers(file, section, targets, context);
            }
        }

        if (targets.Values.Any(address => address == 0))
        {
            foreach (NamedElfSection section in sections)
            {
                if (section.Header.IsRelocations)
                {
                    ApplyRelocations(file, section, targets);
                }
            }
        }

        var byOffset = new Dictionary<long, DeviceCodeModule>();
        foreach (DeviceCodeModule module in all)
        {
            byOffset[module.Offset] = module;
        }

        ElfSection[] byAddress = sections.Where(section => section.Name == fatbinSection).Select(section => section.Header).OrderBy(header => header.Address).ToArray();
        ulong[] addresses = byAddress.Select(header => header.Address).ToArray();
        foreach (ulong address in targets.Values)
        {
            int index = Array.BinarySearch(addresses, address);
            index = index < 0 ? ~index - 1 : index;
            if (index >= 0
                && byOffset.TryGetValue(file.Start + (long)(byAddress[index].Offset + (address - addresses[index])), out DeviceCodeModule? module)
                && !module.IsRelocatable)
            {
                module.IsDeviceLinked = true;
            }
        }
    }

    private static void CollectWrappers(ByteRange file, NamedElfSection section, Dictionary<ulong, ulong> targets, ReadContext context)
    {
        if (!file.TrySlice(section.Header.Offset, section.Header.Length, out ByteRange bytes))
        {
            context.Report(file.Start + file.Length, $"section {section.Name} lies outside the file: the file is truncated or damaged");
            return;
        }

        Span<byte> wrapper = stackalloc byte[WrapperSize];
        for (long position = 0; position + WrapperSize <= bytes.Length && targets.Count < MaxWrappers; position += WrapperSize)
        {
            if (bytes.TryReadExactly(position, wrapper) && BinaryPrimitives.ReadUInt32LittleEndian(wrapper) == Magic
                && BinaryPrimitives.ReadUInt32LittleEndian(wrapper.Slice(4)) == DeviceLinkedVersion)
            {
                targets[section.Header.Address + (ulong)position + 8] = BinaryPrimitives.ReadUInt64LittleEndian(wrapper.Slice(8));
            }
        }
    }

    private static void ApplyRelocations(ByteRange file, NamedElfSection section, Dictionary<ulong, ulong> targets)
    {
        if (!file.TrySlice(section.Header.Offset, section.Header.Length, out ByteRange bytes))
        {
            return;
        }

        byte[] buffer = ArrayPool<byte>.Shared.Rent(Chunk);
        try
        {
            const int Whole = Chunk / RelocationSize * RelocationSize;
            for (long position = 0; position < bytes.Length; position += Whole)
            {
                ReadOnlySpan<byte> part = buffer.AsSpan(0, bytes.Read(position, buffer.AsSpan(0, Whole)));
                for (; part.Length >= RelocationSize; part = part.Slice(RelocationSize))
                {
                    ulong place = BinaryPrimitives.ReadUInt64LittleEndian(part);
                    uint type = BinaryPrimitives.ReadUInt32LittleEndian(part.Slice(8));
                    if (targets.ContainsKey(place) && type is X64Relative or Arm64Relative or X64Absolute or Arm64Absolute)
                    {
                        targets[place] = BinaryPrimitives.ReadUInt64LittleEndian(part.Slice(16));
                    }
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
