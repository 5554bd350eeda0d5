namespace CudaArch.DeviceCode.Verification;

/// <summary>Says in one clause why a file could not be read, in the same words on every system.</summary>
public static class ReadFailure
{
    /// <summary>The failure behind an exception; null when the exception is no failure of reading.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="path">The file.</param>
    public static Problem? Of(Exception exception, string path) => exception switch
    {
        DeviceCodeException e when e.InnerException is { } inner && Of(inner, path) is { } behind => behind,
        DeviceCodeException e => new Problem(e.Offset, $"{e.Found}{(e.Offset == 0 ? "" : $" at offset 0x{e.Offset:x}")}, expected {e.Expected}"),
        _ => Reason(exception, path) is { } reason ? new Problem(0, reason) : null,
    };

    // The platform's own sentences name the path once more.
    private static string? Reason(Exception exception, string path) => exception switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is no such file",
        UnauthorizedAccessException => Directory.Exists(path) ? "it is a folder, a file was expected" : "access to it is denied",
        IOException e when IsHeld(e) => "another program holds it",
        PathTooLongException => "its path is too long for this system",
        IOException or ArgumentException or NotSupportedException => exception.Message.Replace("\r", "").Replace('\n', ' ').TrimEnd('.'),
        _ => null,
    };

    // ERROR_SHARING_VIOLATION; EWOULDBLOCK of flock on Linux and macOS.
    private static bool IsHeld(IOException e) => (e.HResult & 0xFFFF) is 32 or 11 or 35;
}
