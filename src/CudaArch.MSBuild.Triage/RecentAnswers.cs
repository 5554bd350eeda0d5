using System.Collections.Concurrent;

namespace CudaArch.MSBuild.Triage;

/// <summary>What this process has found lately: a build asks for the same files before the compiler runs and after it. A file that has changed its time or length is another file.</summary>
internal static class RecentAnswers
{
    private const int Most = 1 << 16;
    private static readonly ConcurrentDictionary<string, State> NotNative = new(StringComparer.Ordinal);

    /// <summary>The answer of <see cref="NativeFileTriage"/> for a file in its present state.</summary>
    public static bool IsWorthVerifying(string path, bool isAskedFor, byte[] head)
    {
        if (isAskedFor || StateOf(path) is not { } state)
        {
            return NativeFileTriage.IsWorthVerifying(path, isAskedFor, head);
        }

        if (NotNative.TryGetValue(path, out State known) && known.Time == state.Time && known.Length == state.Length)
        {
            return false;
        }

        bool isWorth = NativeFileTriage.IsWorthVerifying(path, isAskedFor, head);
        if (!isWorth)
        {
            if (NotNative.Count >= Most)
            {
                NotNative.Clear();
            }

            NotNative[path] = state;
        }

        return isWorth;
    }

    private static State? StateOf(string path)
    {
        try
        {
            var file = new FileInfo(path);
            return file.Exists ? new State(file.LastWriteTimeUtc.Ticks, file.Length) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private readonly struct State(long time, long length)
    {
        public long Time { get; } = time;

        public long Length { get; } = length;
    }
}
