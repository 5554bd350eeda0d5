namespace CudaArch.DeviceCode.Caching;

/// <summary>
/// A folder of small files that may vanish at any time. A file appears under its name only when it is whole, so a reader never meets half of one; who reads checks all the
/// same. When there are too many bytes, those that were not used for longest go.
/// </summary>
internal sealed class CacheFolder(string path, long mostBytes)
{
    /// <summary>How many bytes the folder may hold; thousands of libraries, as an entry has some KB.</summary>
    public const long MostBytes = 64L << 20;

    /// <summary>A larger entry is not kept, nor read.</summary>
    private const int LargestEntry = 16 << 20;

    private const string Extension = ".entry";
    private const string Unfinished = ".part";
    private const int WritesBetweenSweeps = 64;
    private static readonly TimeSpan Abandoned = TimeSpan.FromHours(1);

    // Telling that an entry is of use is worth a write a day, not one a build.
    private static readonly TimeSpan UseIsNoted = TimeSpan.FromDays(1);

    private int _writes;

    /// <summary>The folder.</summary>
    public string Path { get; } = path;

    /// <summary>The bytes under a name; null when there are none, or they cannot be read.</summary>
    public byte[]? Read(string name)
    {
        try
        {
            var file = new FileInfo(FileOf(name));
            if (!file.Exists || file.Length > LargestEntry)
            {
                return null;
            }

            byte[] bytes = ReadAll(file);
            NoteUse(file);
            return bytes;
        }
        catch (Exception e) when (IsOfFileSystem(e))
        {
            return null;
        }
    }

    /// <summary>Puts bytes under a name, in place of what is there. Nothing is written when that is not possible.</summary>
    public void Write(string name, byte[] bytes)
    {
        if (bytes.Length > LargestEntry)
        {
            return;
        }

        string? unfinished = null;
        try
        {
            Directory.CreateDirectory(Path);
            unfinished = System.IO.Path.Combine(Path, Guid.NewGuid().ToString("N") + Unfinished);
            using (var stream = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                stream.Write(bytes, 0, bytes.Length);
            }

            Rename(unfinished, FileOf(name));
            unfinished = null;
            if (Interlocked.Increment(ref _writes) % WritesBetweenSweeps == 1)
            {
                Sweep();
            }
        }
        catch (Exception e) when (IsOfFileSystem(e))
        {
            // Read-only, full, locked: then there is no entry.
        }
        finally
        {
            TryDelete(unfinished);
        }
    }

    // Two processes that read the same file write the same entry; the one that comes second may lose.
    private static void Rename(string from, string to)
    {
        if (File.Exists(to))
        {
            File.Replace(from, to, destinationBackupFileName: null);
        }
        else
        {
            File.Move(from, to);
        }
    }

    private static byte[] ReadAll(FileInfo file)
    {
        using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
        byte[] bytes = new byte[Math.Min(stream.Length, LargestEntry)];
        int length = 0;
        for (int read; length < bytes.Length && (read = stream.Read(bytes, length, bytes.Length - length)) > 0;)
        {
            length += read;
        }

        return length == bytes.Length ? bytes : bytes.AsSpan(0, length).ToArray();
    }

    private static void NoteUse(FileInfo file)
    {
        try
        {
            if (DateTime.UtcNow - file.LastWriteTimeUtc > UseIsNoted)
            {
                file.LastWriteTimeUtc = DateTime.UtcNow;
            }
        }
        catch (Exception e) when (IsOfFileSystem(e))
        {
            // A folder that is only read from ages by the time of writing.
        }
    }

    private void Sweep()
    {
        FileInfo[] files = [.. new DirectoryInfo(Path).EnumerateFiles()];
        foreach (FileInfo file in files.Where(file => file.Name.EndsWith(Unfinished, StringComparison.Ordinal) && DateTime.UtcNow - file.LastWriteTimeUtc > Abandoned))
        {
            TryDelete(file.FullName);
        }

        FileInfo[] entries = [.. files.Where(file => file.Name.EndsWith(Extension, StringComparison.Ordinal)).OrderByDescending(file => file.LastWriteTimeUtc)];
        if (entries.Sum(Length) <= mostBytes)
        {
            return;
        }

        // Down to three quarters, so that the next entry does not begin it all again.
        long kept = 0;
        foreach (FileInfo file in entries)
        {
            kept += Length(file);
            if (kept > mostBytes / 4 * 3)
            {
                TryDelete(file.FullName);
            }
        }
    }

    // Another process may have deleted it since it was listed.
    private static long Length(FileInfo file)
    {
        try
        {
            return file.Length;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static void TryDelete(string? file)
    {
        try
        {
            if (file is not null)
            {
                File.Delete(file);
            }
        }
        catch (Exception e) when (IsOfFileSystem(e))
        {
            // Another process uses it, or deletes it in due time.
        }
    }

    private string FileOf(string name) => System.IO.Path.Combine(Path, name + Extension);

    private static bool IsOfFileSystem(Exception e) => e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException or System.Security.SecurityException;
}
