using System.Text.RegularExpressions;

namespace CudaArch.MSBuild.Files;

/// <summary>What a file's name alone says.</summary>
internal static class NativeFileName
{
    // libx.so, libx.so.12.1, x.dll, x.cubin, x.fatbin: names under which nothing but native code can work.
    private static readonly Regex Library = new(@"\.(so(\.\d+)*|dll|cubin|fatbin)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    // Big libraries come as pieces, which a package's targets put together (libtorch): the pieces and their check sums hold nothing by themselves.
    private static readonly Regex Piece = new(@"\.(fragment\d+|sha|sha\d+)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>Whether a file of this name must be native code to be of any use.</summary>
    public static bool IsLibrary(string path) => Library.IsMatch(path);

    /// <summary>Whether the file is a piece of a library, or a check sum of one.</summary>
    public static bool IsPiece(string path) => Piece.IsMatch(path);
}
