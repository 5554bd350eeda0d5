namespace CudaArch.Analyzers.Flow;

/// <summary>The words of an identifier, lower-case: <c>ComputeCapabilityMajor</c>, <c>compute_capability_major</c> and <c>COMPUTE_CAPABILITY_MAJOR</c> are the same.</summary>
internal static class NameWords
{
    /// <summary>Splits at underscores and where a capital begins a word; digits stay with the letters before them.</summary>
    public static IReadOnlyList<string> Of(string? identifier)
    {
        var words = new List<string>();
        if (identifier is null)
        {
            // The compiler's own locals have no name.
            return words;
        }

        int start = 0;
        for (int i = 0; i <= identifier.Length; i++)
        {
            bool separator = i == identifier.Length || !char.IsLetterOrDigit(identifier[i]);
            bool boundary = !separator && i > start && char.IsUpper(identifier[i])
                && (!char.IsUpper(identifier[i - 1]) || (i + 1 < identifier.Length && char.IsLower(identifier[i + 1])));
            if (!separator && !boundary)
            {
                continue;
            }

            if (i > start)
            {
                words.Add(identifier.Substring(start, i - start).ToLowerInvariant());
            }

            start = separator ? i + 1 : i;
        }

        return words;
    }
}
