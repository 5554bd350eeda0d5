using CudaArch.DeviceCode.Verification;

namespace CudaArch.DeviceCode.Caching;

/// <summary>
/// What was found in files, kept on disk, so that a library which does not change is read once per machine and not once per build. What cannot be read, found or written is
/// passed over in silence: then the file itself is read. Safe to use from several threads and processes.
/// </summary>
/// <remarks>
/// The verdict for the targets that were asked for is kept, not all that the file holds. A verdict depends on kernel names and PTX texts, which it takes most of the time to
/// unpack and megabytes to keep; and a machine builds for one or two lists of targets. Messages are not kept: they are made anew, as they name where the file comes from.
/// </remarks>
public sealed class VerificationCache
{
    private readonly CacheFolder _folder;

    /// <summary>Uses a folder, which is made when something is first written.</summary>
    /// <param name="folder">An absolute path.</param>
    /// <exception cref="ArgumentException">The path is not absolute.</exception>
    public VerificationCache(string folder)
        : this(folder, CacheFolder.MostBytes)
    {
    }

    internal VerificationCache(string folder, long mostBytes)
    {
        if (!Path.IsPathRooted(folder))
        {
            throw new ArgumentException($"'{folder}' is not an absolute path.", nameof(folder));
        }

        _folder = new CacheFolder(folder, mostBytes);
    }

    /// <summary>The folder.</summary>
    public string Folder => _folder.Path;

    /// <summary>How many answers came from the folder.</summary>
    public int Hits => _hits;

    private int _hits;

    /// <summary>What is known of a file; null when nothing is.</summary>
    internal IReadOnlyList<CachedPart>? Find(CacheKey key)
    {
        if (_folder.Read(key.FileName) is not { } bytes || CacheEntry.Read(bytes, key.Text) is not { } parts)
        {
            return null;
        }

        Interlocked.Increment(ref _hits);
        return parts;
    }

    /// <summary>Keeps what was found in a file.</summary>
    internal void Keep(CacheKey key, IReadOnlyList<CachedPart> parts) => _folder.Write(key.FileName, CacheEntry.Write(key.Text, parts));
}

/// <summary>What was found in a file, or in one file of a package, without what is known of its origin.</summary>
/// <param name="Member">The path inside the package; null for the file itself.</param>
/// <param name="Package">The package, as it calls itself.</param>
/// <param name="Verification">What was found; null when the file was not asked about.</param>
internal sealed record CachedPart(string? Member, PackageIdentity? Package, FileVerification? Verification);
