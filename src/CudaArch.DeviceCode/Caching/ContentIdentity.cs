using System.Globalization;
using System.IO.Hashing;
using System.Text.RegularExpressions;

namespace CudaArch.DeviceCode.Caching;

/// <summary>
/// Tells one content of a file from another without reading the whole. A file of a restored package is known by the package's own hash: NuGet writes it beside the files and
/// changes neither. Any other file is known by its place, its times and length, and a sample of its bytes: times alone lie when archives are unpacked over each other.
/// </summary>
internal static class ContentIdentity
{
    private const string PackageMetadata = ".nupkg.metadata";
    private const int LargestMetadata = 1 << 16;
    private const int Deepest = 16;

    private const int EndSize = 64 << 10;
    private const int BlockSize = 4 << 10;
    private const int Blocks = 64;

    private static readonly Regex ContentHash = new("\"contentHash\"\\s*:\\s*\"([A-Za-z0-9+/=]{16,})\"", RegexOptions.CultureInvariant);

    /// <summary>The identity in one line; null when the file cannot be read.</summary>
    public static string? Of(string path)
    {
        try
        {
            string full = Path.GetFullPath(path);
            var file = new FileInfo(full);
            if (!file.Exists)
            {
                return null;
            }

            string state = string.Format(CultureInfo.InvariantCulture, "{0} bytes of {1}", file.Length, file.LastWriteTimeUtc.Ticks);
            return OfPackage(file) is { } package
                ? $"package {package}, {state}"
                : $"file {full}, {state}, {file.CreationTimeUtc.Ticks.ToString(CultureInfo.InvariantCulture)}, {Sample(full, file.Length)}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    // The hash of the package around the file, and the path in it.
    private static string? OfPackage(FileInfo file)
    {
        DirectoryInfo? folder = file.Directory;
        for (int depth = 0; depth < Deepest && folder is not null; depth++, folder = folder.Parent)
        {
            var metadata = new FileInfo(Path.Combine(folder.FullName, PackageMetadata));
            if (metadata is { Exists: true, Length: <= LargestMetadata })
            {
                Match match = ContentHash.Match(File.ReadAllText(metadata.FullName));
                return match.Success ? $"{match.Groups[1].Value} {file.FullName.Substring(folder.FullName.Length).Replace('\\', '/')}" : null;
            }
        }

        return null;
    }

    private static string Sample(string path, long length)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);

        // Not one of cryptography: .NET has those from OpenSSL, which small containers lack. Who can alter a file unseen, within its times and length, need not break a hash for that.
        var hash = new XxHash128();
        byte[] buffer = new byte[EndSize];
        if (length <= (2 * EndSize) + (Blocks * BlockSize))
        {
            for (int read; (read = stream.Read(buffer, 0, buffer.Length)) > 0;)
            {
                PartHash.Append(hash, buffer, read);
            }
        }
        else
        {
            Append(0, EndSize);
            long step = (length - (2 * EndSize)) / Blocks;
            for (int i = 0; i < Blocks; i++)
            {
                Append(EndSize + (i * step), BlockSize);
            }

            Append(length - EndSize, EndSize);
        }

        return Convert.ToBase64String(hash.GetCurrentHash());

        void Append(long at, int count)
        {
            stream.Position = at;
            for (int read; count > 0 && (read = stream.Read(buffer, 0, count)) > 0; count -= read)
            {
                PartHash.Append(hash, buffer, read);
            }
        }
    }
}
