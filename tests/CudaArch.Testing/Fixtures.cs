using System.Runtime.CompilerServices;

namespace CudaArch.Testing;

/// <summary>Finds the committed fixtures: real device code, PTX and measured tables under <c>tests/fixtures</c>.</summary>
public static class Fixtures
{
    /// <summary>The repository's <c>tests/fixtures</c> folder.</summary>
    public static string Root { get; } = Path.Combine(TestsFolder(), "fixtures");

    /// <summary>The repository's top folder.</summary>
    public static string RepositoryRoot { get; } = Path.GetDirectoryName(TestsFolder())!;

    /// <summary>The full path of a fixture, given relative to <see cref="Root"/> with forward slashes.</summary>
    /// <exception cref="FileNotFoundException">No such file or folder is committed.</exception>
    public static string PathOf(string relative)
    {
        string path = Path.Combine(Root, relative.Replace('/', Path.DirectorySeparatorChar));
        return Path.Exists(path) ? path : throw new FileNotFoundException($"No fixture '{relative}' under {Root}.", path);
    }

    private static string TestsFolder([CallerFilePath] string thisFile = "") => Path.GetDirectoryName(Path.GetDirectoryName(thisFile))!;
}
