using System.Globalization;
using System.Text;

namespace CudaArch.DeviceCode.Verification;

/// <summary>The few lines of text that stand in place of a large file when Git LFS has not fetched it.</summary>
internal static class GitLfsPointer
{
    // Git LFS itself takes no larger file for a pointer.
    private const int Largest = 1024;
    private const string Start = "version https://git-lfs.github.com/spec/";
    private const string SizeKey = "\nsize ";

    /// <summary>What such a text says of the file that it stands for; null when the file is none.</summary>
    public static string? Describe(VerificationInput input)
    {
        try
        {
            using Stream stream = input.OpenStream?.Invoke() ?? new FileStream(input.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            byte[] bytes = new byte[Largest + 1];
            int length = 0;
            for (int read; length < bytes.Length && (read = stream.Read(bytes, length, bytes.Length - length)) > 0;)
            {
                length += read;
            }

            string text = Encoding.ASCII.GetString(bytes, 0, length);
            return length <= Largest && text.StartsWith(Start, StringComparison.Ordinal) ? "a Git LFS pointer" + Size(text) + " in place of the file itself" : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static string Size(string text)
    {
        int at = text.IndexOf(SizeKey, StringComparison.Ordinal);
        string digits = at < 0 ? "" : text.Substring(at + SizeKey.Length).Split('\n')[0].Trim();
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out long size) ? string.Format(CultureInfo.InvariantCulture, " to {0} bytes", size) : "";
    }
}
