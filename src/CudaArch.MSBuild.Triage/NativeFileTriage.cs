namespace CudaArch.MSBuild.Triage;

/// <summary>Decides which of the shipped files the verifier is shown: those whose content is native, and those that only seem to be.</summary>
internal static class NativeFileTriage
{
    /// <summary>Whether to verify a file. What cannot be read is left to the verifier, whose messages say why.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isAskedFor">Whether the user asked for this very file.</param>
    /// <param name="head">A buffer for the first bytes.</param>
    public static bool IsWorthVerifying(string path, bool isAskedFor, byte[] head)
    {
        FileContent content;
        try
        {
            content = FileContents.Recognize(path, head);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return isAskedFor || NativeFileName.IsLibrary(path);
        }

        return content switch
        {
            FileContent.Native => true,
            FileContent.Managed or FileContent.LinkerScript or FileContent.Native32 => false,

            // An empty file or a text (such as the pointer that a missing Git LFS leaves) under the name of a library will not load.
            _ => isAskedFor || NativeFileName.IsLibrary(path),
        };
    }
}
