using System.Collections.Concurrent;
using CudaArch.DeviceCode.Verification;

namespace CudaArch.MSBuild.Incremental;

/// <summary>
/// What this process has verified lately: a build asks for the same files before the compiler runs, after it, and when it publishes; so do all projects of a solution.
/// A file that has changed its time or length is another file.
/// </summary>
internal static class RecentResults
{
    private const int Most = 4096;
    private static readonly ConcurrentDictionary<string, IReadOnlyList<FileVerification>> Results = new(StringComparer.Ordinal);

    /// <summary>The results for a file in its present state, from here or made now.</summary>
    /// <param name="input">The file.</param>
    /// <param name="settings">All else that the result depends on.</param>
    /// <param name="verify">Makes it.</param>
    public static IReadOnlyList<FileVerification> Get(VerificationInput input, string settings, Func<VerificationInput, IReadOnlyList<FileVerification>> verify)
    {
        string key = string.Join("\n", input.Path, input.DisplayName, input.PackageId, input.PackageVersion, input.RuntimeIdentifier, input.Item, VerifiedFiles.Stamp(input.Path), settings);
        if (Results.TryGetValue(key, out IReadOnlyList<FileVerification>? known))
        {
            return known;
        }

        IReadOnlyList<FileVerification> result = verify(input);
        if (!result.Any(file => file.IsUnreadable))
        {
            if (Results.Count >= Most)
            {
                Results.Clear();
            }

            Results[key] = result;
        }

        return result;
    }
}
