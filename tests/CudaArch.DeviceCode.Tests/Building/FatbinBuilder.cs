using CudaArch.Architectures;
using CudaArch.Testing.Building;

namespace CudaArch.DeviceCode.Tests.Building;

/// <summary>An image for <see cref="FatbinBuilder"/>, stored as it is.</summary>
/// <param name="Kind">1 for PTX, 2 for a cubin.</param>
/// <param name="Architecture">What its header says that it is for.</param>
/// <param name="CodeVersion">The version in its header.</param>
/// <param name="Payload">Its bytes.</param>
public sealed record FatbinImage(int Kind, SmArchitecture Architecture, (int Major, int Minor) CodeVersion, byte[] Payload)
{
    /// <summary>A cubin that defines kernels.</summary>
    public static FatbinImage Cubin(string architecture, params string[] kernels) => new(2, SmArchitecture.Parse(architecture), (1, 8), CubinBuilder.Build(kernels));

    /// <summary>A PTX text.</summary>
    public static FatbinImage Ptx(string architecture, (int Major, int Minor) version, byte[] text) => new(1, SmArchitecture.Parse(architecture), version, text);
}

/// <summary>Builds a fatbin container of uncompressed images, with headers as the compiler writes them.</summary>
public static class FatbinBuilder
{
    private const int EntryHeader = 64;

    /// <summary>The container.</summary>
    public static byte[] Build(params FatbinImage[] images)
    {
        var entries = new Bytes();
        foreach (FatbinImage image in images)
        {
            int padded = (image.Payload.Length + 7) & ~7;
            ulong flags = 0x11 | image.Architecture.Variant switch
            {
                ArchitectureVariant.ArchitectureSpecific => 0x100000UL,
                ArchitectureVariant.FamilySpecific => 0x200000UL,
                _ => 0,
            };
            entries.U16(image.Kind, 0x0101).U32(EntryHeader).U64((ulong)padded).U32(0, 0).U16(image.CodeVersion.Minor, image.CodeVersion.Major)
                .U32(image.Architecture.Number, 0, 0).U64(flags, 0, 0).Add(image.Payload).AlignTo(8);
        }

        return new Bytes().U32(0xBA55ED50).U16(1, 16).U64((ulong)entries.Length).Add(entries.ToArray()).ToArray();
    }
}
