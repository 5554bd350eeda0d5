using System.Buffers.Binary;

namespace CudaArch.DeviceCode.Cubins;

/// <summary>
/// The attributes of a cubin's <c>.nv.compat</c> section (sm_100 and later), of which fatbin entries carry a copy: each is a format, an id and two bytes of value,
/// or, in format 4, a length of two bytes and so many bytes.
/// </summary>
internal static class CompatibilityAttributes
{
    private const byte AcceleratorTarget = 9, LengthFormat = 4;

    /// <summary>Whether the code is architecture-specific (<c>a</c>): the attribute "accelerator target" is 1. Bytes that do not parse say no.</summary>
    public static bool IsArchitectureSpecific(ReadOnlySpan<byte> attributes)
    {
        while (attributes.Length >= 4)
        {
            byte format = attributes[0], id = attributes[1];
            if (format == LengthFormat)
            {
                int length = BinaryPrimitives.ReadUInt16LittleEndian(attributes.Slice(2));
                if (4 + length > attributes.Length)
                {
                    return false;
                }

                attributes = attributes.Slice(4 + length);
                continue;
            }

            if (id == AcceleratorTarget)
            {
                return attributes[2] == 1;
            }

            attributes = attributes.Slice(4);
        }

        return false;
    }
}
