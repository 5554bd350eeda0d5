namespace CudaArch.Ptx;

/// <summary>A hash table from names to values that is asked with a stretch of text, without making a string of it.</summary>
internal sealed class PtxNameTable<T>
{
    private readonly KeyValuePair<string, T>[]?[] _buckets;

    public PtxNameTable(IEnumerable<KeyValuePair<string, T>> entries)
    {
        KeyValuePair<string, T>[] all = [.. entries];
        _buckets = new KeyValuePair<string, T>[]?[(2 * all.Length) + 1];
        foreach (IGrouping<int, KeyValuePair<string, T>> group in all.GroupBy(entry => BucketOf(entry.Key.AsSpan())))
        {
            _buckets[group.Key] = [.. group];
        }
    }

    public bool TryFind(ReadOnlySpan<char> name, out T value)
    {
        foreach (KeyValuePair<string, T> entry in _buckets[BucketOf(name)] ?? [])
        {
            if (name.SequenceEqual(entry.Key.AsSpan()))
            {
                value = entry.Value;
                return true;
            }
        }

        value = default!;
        return false;
    }

    // A name of a hostile text may be long; its beginning and length tell known names apart well enough.
    private int BucketOf(ReadOnlySpan<char> name)
    {
        uint hash = (uint)name.Length;
        for (int i = 0; i < name.Length && i < 32; i++)
        {
            hash = (hash * 31) + name[i];
        }

        return (int)(hash % (uint)_buckets.Length);
    }
}
