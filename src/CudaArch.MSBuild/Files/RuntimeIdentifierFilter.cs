using CudaArch.DeviceCode.Hosts;

namespace CudaArch.MSBuild.Files;

/// <summary>The hosts that the project is built for. Files for other hosts are shipped at times, but never loaded.</summary>
/// <param name="list">Their identifiers, separated by semicolons. An empty list lets everything through.</param>
internal sealed class RuntimeIdentifierFilter(string? list)
{
    private readonly string[] _hosts = [.. Lists.Split(list)];

    /// <summary>Whether a file can be loaded on one of the hosts.</summary>
    /// <param name="identifier">The file's runtime identifier; null when it is not known.</param>
    public bool Includes(string? identifier) => identifier is null || _hosts.Length == 0 || _hosts.Any(host => RuntimeIdentifier.Serves(identifier, host));
}
