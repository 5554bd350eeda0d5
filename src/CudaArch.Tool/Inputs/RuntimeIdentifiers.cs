namespace CudaArch.Tool.Inputs;

/// <summary>Runtime identifiers as NuGet lays them out in folders.</summary>
internal static class RuntimeIdentifiers
{
    /// <summary>The identifier in a path such as <c>…/runtimes/linux-arm64/native/libx.so</c>; null when it has none.</summary>
    public static string? OfPath(string path)
    {
        string[] parts = path.Split('/', '\\');
        for (int i = parts.Length - 3; i >= 0; i--)
        {
            if (parts[i].Equals("runtimes", StringComparison.OrdinalIgnoreCase))
            {
                return parts[i + 1];
            }
        }

        return null;
    }

    /// <summary>Whether assets for one identifier are used on another: <c>linux-arm64</c>, <c>linux</c>, <c>unix</c> and <c>any</c> all serve <c>linux-arm64</c>.</summary>
    public static bool Serves(string asset, string wanted)
    {
        if (asset.Equals(wanted, StringComparison.OrdinalIgnoreCase) || asset.Equals("any", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        // The portable part of NuGet's identifier graph: an operating system stands above its architectures, Unix above all but Windows.
        string[] parts = wanted.ToLowerInvariant().Split('-');
        string system = parts[0], architecture = parts[^1];
        bool isUnix = system != "win";
        string name = asset.ToLowerInvariant();
        return name == system || (isUnix && (name == "unix" || (parts.Length > 1 && name == "unix-" + architecture)));
    }
}
