namespace CudaArch.DeviceCode;

/// <summary>Something odd or damaged in a file that does not stop the rest from being read.</summary>
/// <param name="Offset">Where, in bytes from the start of the file (of the member, inside a compressed package).</param>
/// <param name="Message">What was found there and what was expected.</param>
/// <param name="Member">The path inside an archive or package; null when the file itself has the problem.</param>
public sealed record Problem(long Offset, string Message, string? Member = null)
{
    /// <summary>The problem in one line: <c>offset 0x2058: …</c></summary>
    public override string ToString() => $"{(Member is null ? "" : Member + ": ")}offset 0x{Offset:x}: {Message}";
}
