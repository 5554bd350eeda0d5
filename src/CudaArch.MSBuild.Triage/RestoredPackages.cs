namespace CudaArch.MSBuild.Triage;

/// <summary>A quick look at the packages of a project.</summary>
internal static class RestoredPackages
{
    private const string End = ".nupkg.sha512\"";

    /// <summary>Whether a package has a folder as those are called that hold native files: <c>runtimes</c>, <c>LLamaSharpRuntimes</c>, <c>linux-x64</c>.</summary>
    /// <param name="list">NuGet's list of packages.</param>
    public static bool HaveNativeFolders(string? list)
    {
        try
        {
            string text = string.IsNullOrEmpty(list) || !File.Exists(list) ? "" : File.ReadAllText(list);
            for (int end, from = 0; (end = text.IndexOf(End, from, StringComparison.Ordinal)) >= 0; from = end + End.Length)
            {
                string package = text.Substring(text.LastIndexOf('"', end) + 1, end - text.LastIndexOf('"', end) - 1).Replace("\\\\", "\\");
                if (HasNativeFolder(Path.GetDirectoryName(package)))
                {
                    return true;
                }
            }

            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            // Who reads the packages says what is wrong.
            return true;
        }
    }

    private static bool HasNativeFolder(string? package)
    {
        if (package is null || !Directory.Exists(package))
        {
            return false;
        }

        foreach (string folder in Directory.GetDirectories(package))
        {
            string name = Path.GetFileName(folder);
            if (name.IndexOf("runtime", StringComparison.OrdinalIgnoreCase) >= 0 || name.IndexOf('-') > 0)
            {
                return true;
            }
        }

        return false;
    }
}
