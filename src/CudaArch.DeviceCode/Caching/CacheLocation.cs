using System.Runtime.InteropServices;

namespace CudaArch.DeviceCode.Caching;

/// <summary>Where the cache lies when the user names no folder: where the platform keeps what can be made again.</summary>
public static class CacheLocation
{
    /// <summary>The environment variable that names the folder.</summary>
    public const string FolderVariable = "CUDAARCH_CACHE_DIRECTORY";

    /// <summary>The environment variable that switches the cache off: <c>false</c> or <c>0</c>.</summary>
    public const string SwitchVariable = "CUDAARCH_CACHE";

    private const string Name = "cudaarch";

    /// <summary>The folder that the environment asks for; null when the cache is off, or the user has no folder.</summary>
    /// <param name="environment">Reads an environment variable; null when it is not set.</param>
    public static string? Of(Func<string, string?> environment)
    {
        if (environment(SwitchVariable)?.Trim() is { } wanted && (wanted == "0" || wanted.Equals("false", StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }

        return environment(FolderVariable) is { Length: > 0 } folder ? Path.GetFullPath(folder)
            : RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? Below(environment("LOCALAPPDATA"), Name, "cache")
            : RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? Below(environment("HOME"), "Library", "Caches", Name)
            : Below(environment("XDG_CACHE_HOME"), Name) ?? Below(environment("HOME"), ".cache", Name);
    }

    // The rules of XDG: a path that is not absolute counts as none.
    private static string? Below(string? root, params string[] names) => root is { Length: > 0 } && Path.IsPathRooted(root) ? Path.Combine([root, .. names]) : null;
}
