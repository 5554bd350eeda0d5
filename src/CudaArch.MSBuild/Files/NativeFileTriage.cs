namespace CudaArch.MSBuild.Files;

/// <summary>Decides which of the shipped files the verifier is shown: those whose content is native, and those that only seem to be.</summary>
internal static class NativeFileTriage
{
    /// <summary>Whether to verify a file. What cannot be read is left to the verifier, whose messages say why.</summary>
    public static bool IsWorthVerifying(NativeFile file)
    {
        FileContent content;
        try
        {
            content = FileContents.Recognize(file.Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return file.IsAskedFor || NativeFileName.IsLibrary(file.Path);
        }

        return content switch
        {
            FileContent.Native => true,
            FileContent.Managed or FileContent.LinkerScript or FileContent.Native32 => false,

            // An empty file or a text (such as the pointer that a missing Git LFS leaves) under the name of a library will not load.
            _ => file.IsAskedFor || NativeFileName.IsLibrary(file.Path),
        };
    }
}
