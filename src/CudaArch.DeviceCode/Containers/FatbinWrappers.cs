using System.Buffers;
using System.Buffers.Binary;
using CudaArch.DeviceCode.IO;

namespace CudaArch.DeviceCode.Containers;

/// <summary>
/// The wrappers that host code hands to the runtime: 24 bytes, of which version 2 marks the module that the device linker made. Needed only in a file with relocatable
/// modules, to know which module the runtime may link anew.
/// </summary>
internal sealed class FatbinWrappers(IEnumerable<DeviceCodeModule> modules)
{
    private const int WrapperSize = 24, MaxWrappers = 1 << 20, Chunk = WrapperSize * 2730;
    private const uint Magic = 0x466243B1, DeviceLinkedVersion = 2;

    private readonly List<DeviceCodeModule> _modules = modules.ToList();

    // Address of a wrapper's field -> address of its container. Position-independent files may hold the latter in a relocation only; then it is 0 here.
    private readonly Dictionary<ulong, ulong> _targets = [];

    /// <summary>Whether the file has both relocatable and loadable modules; else there is nothing to mark.</summary>
    public bool AreNeeded => _modules.Any(module => module.IsRelocatable) && _modules.Any(module => !module.IsRelocatable);

    /// <summary>Whether a container's address must be looked up in the relocations.</summary>
    public bool LackAddresses => _targets.Values.Any(address => address == 0);

    /// <summary>Takes the wrappers of version 2 in a section.</summary>
    /// <param name="section">The section's bytes.</param>
    /// <param name="address">Where it is loaded.</param>
    public void Collect(ByteRange section, ulong address)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Chunk);
        try
        {
            for (long position = 0; position < section.Length && _targets.Count < MaxWrappers; position += Chunk)
            {
                ReadOnlySpan<byte> part = buffer.AsSpan(0, section.Read(position, buffer.AsSpan(0, Chunk)));
                for (int i = 0; i + WrapperSize <= part.Length; i += WrapperSize)
                {
                    ReadOnlySpan<byte> wrapper = part.Slice(i, WrapperSize);
                    if (BinaryPrimitives.ReadUInt32LittleEndian(wrapper) == Magic
                        && BinaryPrimitives.ReadUInt32LittleEndian(wrapper.Slice(4)) == DeviceLinkedVersion)
                    {
                        _targets[address + (ulong)position + (ulong)i + 8] = BinaryPrimitives.ReadUInt64LittleEndian(wrapper.Slice(8));
                    }
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Takes a relocation: the value that is stored at a place when the file is loaded.</summary>
    public void Relocate(ulong place, ulong value)
    {
        if (_targets.ContainsKey(place))
        {
            _targets[place] = value;
        }
    }

    /// <summary>Marks the modules that the wrappers point to.</summary>
    /// <param name="sections">The sections with fatbins: where each is loaded, and its bytes.</param>
    public void MarkDeviceLinked(IEnumerable<(ulong Address, ByteRange Bytes)> sections)
    {
        (ulong Address, ByteRange Bytes)[] byAddress = sections.OrderBy(section => section.Address).ToArray();
        ulong[] addresses = byAddress.Select(section => section.Address).ToArray();
        var byOffset = new Dictionary<long, DeviceCodeModule>();
        foreach (DeviceCodeModule module in _modules.Where(module => !module.IsRelocatable))
        {
            byOffset[module.Offset] = module;
        }

        foreach (ulong target in _targets.Values)
        {
            int index = Array.BinarySearch(addresses, target);
            index = index < 0 ? ~index - 1 : index;
            if (index >= 0 && byOffset.TryGetValue(byAddress[index].Bytes.Start + (long)(target - addresses[index]), out DeviceCodeModule? module))
            {
                module.IsDeviceLinked = true;
            }
        }
    }
}
