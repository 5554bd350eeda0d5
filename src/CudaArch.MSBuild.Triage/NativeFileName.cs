namespace CudaArch.MSBuild.Triage;

/// <summary>What a file's name alone says.</summary>
internal static class NativeFileName
{
    // Big libraries come as pieces, which a package's targets put together (libtorch): the pieces and their check sums hold nothing by themselves.
    private static readonly string[] Pieces = [".fragment", ".sha"];

    /// <summary>Whether a file of this name must be native code to be of any use: <c>libx.so</c>, <c>libx.so.12.1</c>, <c>x.dll</c>, <c>x.cubin</c>, <c>x.fatbin</c>.</summary>
    public static bool IsLibrary(string path) =>
        EndsWith(path, ".dll") || EndsWith(path, ".cubin") || EndsWith(path, ".fatbin") || EndsWith(WithoutVersion(path), ".so");

    /// <summary>Whether the file is a piece of a library (<c>.fragment12</c>), or a check sum of one (<c>.sha</c>, <c>.sha512</c>).</summary>
    public static bool IsPiece(string path)
    {
        string stem = path.TrimEnd(Digits);
        return EndsWith(stem, Pieces[1]) || (EndsWith(stem, Pieces[0]) && stem.Length < path.Length);
    }

    private static readonly char[] Digits = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

    private static bool EndsWith(string path, string end) => path.EndsWith(end, StringComparison.OrdinalIgnoreCase);

    // libx.so of libx.so.12.1
    private static string WithoutVersion(string path)
    {
        while (true)
        {
            string stem = path.TrimEnd(Digits);
            if (stem.Length == path.Length || stem.Length == 0 || stem[stem.Length - 1] != '.')
            {
                return path;
            }

            path = stem.Substring(0, stem.Length - 1);
        }
    }
}
