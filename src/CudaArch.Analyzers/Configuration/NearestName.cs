namespace CudaArch.Analyzers.Configuration;

/// <summary>Finds what a misspelled name was meant to be.</summary>
internal static class NearestName
{
    // A name longer than this is no misspelling of ours.
    private const int Longest = 60;

    /// <summary>The name with the fewest changed characters, the first of several; null when more than a third of the characters differ.</summary>
    public static string? Of(string written, IEnumerable<string> names)
    {
        if (written.Length is 0 or > Longest)
        {
            return null;
        }

        string? nearest = null;
        int least = Math.Max(1, written.Length / 3) + 1;
        foreach (string name in names)
        {
            int distance = Distance(written, name);
            if (distance < least)
            {
                least = distance;
                nearest = name;
            }
        }

        return nearest;
    }

    // Characters to insert, delete or replace; case is free.
    private static int Distance(string left, string right)
    {
        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 1; i <= left.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int replaced = diagonal + (char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[right.Length];
    }
}
