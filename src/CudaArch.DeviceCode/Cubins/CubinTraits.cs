using CudaArch.Architectures;
using CudaArch.DeviceCode.Compression;
using CudaArch.DeviceCode.IO;

namespace CudaArch.DeviceCode.Cubins;

/// <summary>What a cubin tells of itself in its sections, when no fatbin entry tells it.</summary>
/// <param name="Variant">The feature set. Family-specific code can be told only by the command line that the assembler left in <c>.note.nv.tkinfo</c>.</param>
/// <param name="IsDebug">Whether it was built with device debugging.</param>
internal readonly record struct CubinTraits(ArchitectureVariant Variant, bool IsDebug)
{
    private const string CompatibilitySection = ".nv.compat", ToolSection = ".note.nv.tkinfo", DebugSection = ".debug_info";

    /// <summary>Reads the traits; the header's own when the sections cannot be read.</summary>
    public static CubinTraits Read(ByteRange cubin, CubinHeader header)
    {
        bool isSpecific = header.IsArchitectureSpecific, isFamily = false, isDebug = false;
        try
        {
            // Each is there once; many of one name would be read again and again.
            bool hasCompatibility = false, hasTool = false;
            foreach (CubinSection section in CubinSections.Read(cubin, header))
            {
                switch (section.Name)
                {
                    case CompatibilitySection when !hasCompatibility:
                        hasCompatibility = true;
                        isSpecific |= CompatibilityAttributes.IsArchitectureSpecific(section.ReadBytes());
                        break;
                    case ToolSection when !hasTool:
                        hasTool = true;
                        isFamily |= NamesFamily(section.ReadBytes());
                        break;
                    case DebugSection:
                        isDebug = true;
                        break;
                }
            }
        }
        catch (PayloadException)
        {
            // Damaged sections are told when the kernels are read.
        }

        ArchitectureVariant variant = isSpecific ? ArchitectureVariant.ArchitectureSpecific
            : isFamily ? ArchitectureVariant.FamilySpecific
            : ArchitectureVariant.Baseline;
        return new CubinTraits(variant, isDebug);
    }

    // "-arch sm_120f -m 64"
    private static bool NamesFamily(ReadOnlySpan<byte> note)
    {
        ReadOnlySpan<byte> option = "-arch sm_"u8;
        int index = note.IndexOf(option);
        if (index < 0)
        {
            return false;
        }

        ReadOnlySpan<byte> name = note.Slice(index + option.Length);
        int digits = 0;
        while (digits < name.Length && name[digits] is >= (byte)'0' and <= (byte)'9')
        {
            digits++;
        }

        return digits < name.Length && name[digits] == (byte)'f';
    }
}
