namespace CudaArch.DeviceCode.Verification;

/// <summary>A file to verify, and what is known of where it comes from.</summary>
public sealed record VerificationInput
{
    /// <summary>Creates an input that is called by its path.</summary>
    /// <param name="path">The file; absolute, or relative to the current directory.</param>
    public VerificationInput(string path)
    {
        Path = path;
        DisplayName = path;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>What messages and reports call the file: a path that its reader recognises.</summary>
    public string DisplayName { get; init; }

    /// <summary>The package that brings the file; null when none does.</summary>
    public string? PackageId { get; init; }

    /// <summary>The package's version.</summary>
    public string? PackageVersion { get; init; }

    /// <summary>Whether only some files of the package are looked at, so that nothing can be said of the package as a whole.</summary>
    public bool PackageIsPartial { get; init; }

    /// <summary>The runtime identifier for which the file is meant, such as <c>linux-arm64</c>; null when it is not known.</summary>
    public string? RuntimeIdentifier { get; init; }

    /// <summary>The project item that brings the file, such as <c>Content</c>; null when none does.</summary>
    public string? Item { get; init; }

    /// <summary>Opens the content, which is then held in memory; closed by who called. Null reads <see cref="Path"/>.</summary>
    public Func<Stream>? OpenStream { get; init; }
}
