using CudaArch.DeviceCode.Hosts;

namespace CudaArch.MSBuild.Files;

/// <summary>The hosts that the project is built for. Files for other hosts are shipped at times, but never loaded.</summary>
internal sealed class RuntimeIdentifierFilter
{
    private readonly HashSet<RuntimeIdentifier> _hosts = [];
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads a list of identifiers, separated by semicolons. An empty list lets everything through.</summary>
    public RuntimeIdentifierFilter(string? list)
    {
        foreach (string name in Lists.Split(list))
        {
            _names.Add(name);
            if (RuntimeIdentifier.TryParse(name, out RuntimeIdentifier host))
            {
                _hosts.Add(host);
            }
        }
    }

    /// <summary>Whether a file can be loaded on one of the hosts.</summary>
    /// <param name="identifier">The file's runtime identifier; null when it is not known.</param>
    public bool Includes(string? identifier) =>
        identifier is null || _names.Count == 0 || _names.Contains(identifier)
        || !RuntimeIdentifier.TryParse(identifier, out RuntimeIdentifier host) || _hosts.Contains(host);
}
