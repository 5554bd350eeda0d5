using CudaArch.DeviceCode.Verification;

namespace CudaArch.MSBuild.Files;

/// <summary>A file that the build ships, with what the build knows of its origin.</summary>
internal sealed record NativeFile
{
    /// <summary>The full path.</summary>
    public required string Path { get; init; }

    /// <summary>What messages call it: its place in its package, in the output or in the project.</summary>
    public required string DisplayName { get; init; }

    /// <summary>The package that brings it; null when none does.</summary>
    public string? PackageId { get; init; }

    /// <summary>The package's version.</summary>
    public string? PackageVersion { get; init; }

    /// <summary>The runtime identifier that it is meant for; null when nothing says so.</summary>
    public string? RuntimeIdentifier { get; init; }

    /// <summary>The kind of item that brings it, such as <c>Content</c>.</summary>
    public string? Item { get; init; }

    /// <summary>Whether the user asked for this very file: then even one that is missing, or no native file, is worth a word.</summary>
    public bool IsAskedFor { get; init; }

    /// <summary>The same for the verifier.</summary>
    public VerificationInput ToInput() => new(Path)
    {
        DisplayName = DisplayName,
        PackageId = PackageId,
        PackageVersion = PackageVersion,
        RuntimeIdentifier = RuntimeIdentifier,
        Item = Item,
    };
}
