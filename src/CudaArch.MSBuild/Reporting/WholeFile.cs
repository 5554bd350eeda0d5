using System.Text;

namespace CudaArch.MSBuild.Reporting;

/// <summary>Writes files that are there as a whole or not at all: who kills a build in the middle finds no half of one.</summary>
internal static class WholeFile
{
    /// <summary>Writes a text in UTF-8, in place of what was there.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string part = $"{path}.{Guid.NewGuid():N}.part";
        try
        {
            File.WriteAllText(part, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            if (File.Exists(path))
            {
                File.Replace(part, path, destinationBackupFileName: null);
            }
            else
            {
                File.Move(part, path);
            }
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }
}
