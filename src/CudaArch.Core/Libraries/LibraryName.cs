using System.Text.RegularExpressions;

namespace CudaArch.Libraries;

/// <summary>The name by which code asks for a native library, whatever a system makes of it.</summary>
public static class LibraryName
{
    private static readonly Regex Extension = new(@"(\.so(\.\d+)*|\.dll|\.dylib)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary><c>ggml-cuda</c> of <c>runtimes/linux-x64/native/libggml-cuda.so.1</c>, <c>ggml-cuda.dll</c> and <c>ggml-cuda</c>: in lower case.</summary>
    /// <param name="name">A path, a file name, or a name as an import has it.</param>
    public static string Logical(string name)
    {
        string file = name.Substring(name.LastIndexOfAny(['/', '\\']) + 1);
        file = Extension.Replace(file, "").ToLowerInvariant();
        return file.Length > 3 && file.StartsWith("lib", StringComparison.Ordinal) ? file.Substring(3) : file;
    }
}
