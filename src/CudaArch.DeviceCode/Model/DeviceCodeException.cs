namespace CudaArch.DeviceCode;

/// <summary>A file as a whole cannot be read for device code.</summary>
public sealed class DeviceCodeException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="fileName">The file, as the caller named it.</param>
    /// <param name="offset">Where in the file, in bytes.</param>
    /// <param name="expected">What was expected there.</param>
    /// <param name="found">What was found instead.</param>
    /// <param name="inner">The failure of the platform behind it.</param>
    public DeviceCodeException(string fileName, long offset, string expected, string found, Exception? inner = null)
        : base($"{fileName}: {found} (at offset 0x{offset:x}, expected {expected}).", inner)
    {
        FileName = fileName;
        Offset = offset;
        Expected = expected;
        Found = found;
    }

    /// <summary>The file, as the caller named it.</summary>
    public string FileName { get; }

    /// <summary>Where in the file, in bytes.</summary>
    public long Offset { get; }

    /// <summary>What was expected there.</summary>
    public string Expected { get; }

    /// <summary>What was found instead.</summary>
    public string Found { get; }

    /// <summary>What kind of failure it is.</summary>
    public DeviceCodeFailure Failure { get; init; }
}

/// <summary>Why a file as a whole cannot be read.</summary>
public enum DeviceCodeFailure
{
    /// <summary>It is missing, refused by the platform, damaged, or in a format that is not read.</summary>
    Unreadable,

    /// <summary>It is empty, text, or in no known format: whoever takes it for a native file should be told.</summary>
    NotNative,

    /// <summary>It is a sound native file of a host on which CUDA does not run: there is nothing to read in it.</summary>
    NoCudaHost,
}
