namespace CudaArch.Fuzz;

/// <summary>SplitMix64: the same numbers on every system and version, and every input has a generator of its own, so that one can be made again alone.</summary>
public sealed class FuzzRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The generator of one input of a run.</summary>
    public static FuzzRandom For(ulong seed, string format, long index)
    {
        ulong state = seed;
        foreach (char c in format)
        {
            state = (state * 1099511628211) + c;
        }

        return new FuzzRandom(new FuzzRandom(state ^ ((ulong)index * 0xD1342543DE82EF95)).Next());
    }

    public ulong Next()
    {
        ulong z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A number from 0 to below the limit.</summary>
    public int Below(int limit) => limit <= 0 ? 0 : (int)(Next() % (uint)limit);

    public bool OneIn(int count) => Below(count) == 0;
}
