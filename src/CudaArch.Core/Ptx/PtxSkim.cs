using System.Buffers;
using CudaArch.Architectures;
using CudaArch.Features;

namespace CudaArch.Ptx;

/// <summary>
/// What a PTX text can need at most, found in one pass over its bytes, many times faster than <see cref="PtxAnalyzer"/> and in bounded memory. It never says that a text
/// compiles which the analyzer refuses; of a text that it does not find harmless it says nothing, and the analyzer has to be asked.
/// </summary>
public sealed class PtxSkim
{
    private const int BufferSize = 256 << 10;

    internal PtxSkim(PtxVersion version, SmArchitecture target, IReadOnlyList<string> entries, IReadOnlyCollection<CudaFeature> features, long mostSharedMemory, long length)
    {
        Version = version;
        Target = target;
        Entries = entries;
        Features = features;
        MostSharedMemory = mostSharedMemory;
        Length = length;
    }

    /// <summary>The <c>.version</c>.</summary>
    public PtxVersion Version { get; }

    /// <summary>The <c>.target</c>.</summary>
    public SmArchitecture Target { get; }

    /// <summary>The (mangled) names of the kernels, each once, in their order.</summary>
    public IReadOnlyList<string> Entries { get; }

    /// <summary>The features that it uses, and possibly some that it does not.</summary>
    public IReadOnlyCollection<CudaFeature> Features { get; }

    /// <summary>Bytes of static shared memory that no kernel of it exceeds.</summary>
    public long MostSharedMemory { get; }

    /// <summary>Size of the text in bytes, with what padding follows it.</summary>
    public long Length { get; }

    /// <summary>Skims a text.</summary>
    /// <param name="text">The text in UTF-8, or ASCII; NUL padding may follow it. Read to its end, not closed.</param>
    /// <returns>Null when it is not written as compilers write it (its header first, for 64-bit addresses and one target; no unknown parts), so that only a close look tells.</returns>
    public static PtxSkim? Read(Stream text)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            var skimmer = new PtxSkimmer();
            long total = 0;
            int kept = 0;
            while (true)
            {
                int read = text.Read(buffer, kept, BufferSize - kept);
                total += read;
                int available = kept + read;
                int used = skimmer.Skim(buffer.AsSpan(0, available), isEnd: read == 0);
                kept = available - used;
                if (used < 0 || kept == BufferSize)
                {
                    return null;
                }

                if (read == 0)
                {
                    return skimmer.Result(total);
                }

                // A statement that is cut off waits for its rest.
                buffer.AsSpan(used, kept).CopyTo(buffer);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Whether it is certain that the driver of a device compiles the text: then <see cref="PtxAnalyzer.Analyze"/> has no finding.</summary>
    /// <param name="device">The device; its suffix is ignored.</param>
    /// <param name="driver">The newest PTX version that the user's driver compiles; null when it is not known.</param>
    public bool CertainlyCompiles(SmArchitecture device, PtxVersion? driver = null)
    {
        if (MostSharedMemory > ArchitectureInfo.StaticSharedMemoryPerBlock || Version > driver || !Compatibility.PtxLoads(Target, device.With(ArchitectureVariant.Baseline))
            || ArchitectureCatalog.Find(Target)?.FirstPtxVersionOf(Target.Variant) is not { } first || Version < first)
        {
            return false;
        }

        foreach (CudaFeature feature in Features)
        {
            if (!feature.Availability.Includes(Target, Version))
            {
                return false;
            }
        }

        return true;
    }
}
