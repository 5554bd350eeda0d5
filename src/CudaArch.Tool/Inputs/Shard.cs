using System.Globalization;

namespace CudaArch.Tool.Inputs;

/// <summary>
/// One of several equal parts of the work, for a build server that runs the same command on several machines. A file belongs to the part that its name tells, so that the
/// machines need not agree on anything but the names.
/// </summary>
/// <param name="Index">Which part, from 1.</param>
/// <param name="Count">How many there are.</param>
internal readonly record struct Shard(int Index, int Count)
{
    /// <summary>Everything.</summary>
    public static Shard Whole { get; } = new(1, 1);

    /// <summary>Reads <c>2/4</c>.</summary>
    /// <exception cref="UsageException">It is something else.</exception>
    public static Shard Parse(string text)
    {
        string[] parts = text.Split('/');
        return parts.Length == 2 && TryRead(parts[0], out int index) && TryRead(parts[1], out int count) && index >= 1 && index <= count
            ? new Shard(index, count)
            : throw new UsageException($"--shard: '{text}' is no part of the work; write it like 2/4, the first part is 1/4.");
    }

    /// <summary>Whether a file belongs to the part.</summary>
    /// <param name="name">Its path below the folder that was named, the same on every machine.</param>
    public bool Has(string name)
    {
        // FNV-1a: the same on every machine, in every process.
        uint hash = 2166136261;
        foreach (char c in name)
        {
            hash = (hash ^ (c == '\\' ? '/' : c)) * 16777619;
        }

        return hash % (uint)Count == Index - 1;
    }

    private static bool TryRead(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
