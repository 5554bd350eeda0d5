using System.Buffers;
using System.Buffers.Binary;
using CudaArch.DeviceCode.IO;

namespace CudaArch.DeviceCode.Containers;

/// <summary>Relocations with an addend, as far as they store an address in a position-independent file.</summary>
internal static class ElfRelocations
{
    private const int Size = 24, Chunk = Size * 2730;
    private const uint X64Absolute = 1, X64Relative = 8, Arm64Absolute = 257, Arm64Relative = 1027;

    /// <summary>Hands every relocation of a section to the wrappers.</summary>
    public static void Apply(ByteRange section, FatbinWrappers wrappers)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(Chunk);
        try
        {
            for (long position = 0; position < section.Length; position += Chunk)
            {
                ReadOnlySpan<byte> part = buffer.AsSpan(0, section.Read(position, buffer.AsSpan(0, Chunk)));
                for (; part.Length >= Size; part = part.Slice(Size))
                {
                    if (BinaryPrimitives.ReadUInt32LittleEndian(part.Slice(8)) is X64Absolute or X64Relative or Arm64Absolute or Arm64Relative)
                    {
                        wrappers.Relocate(BinaryPrimitives.ReadUInt64LittleEndian(part), BinaryPrimitives.ReadUInt64LittleEndian(part.Slice(16)));
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
