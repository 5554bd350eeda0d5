namespace CudaArch.Tool.Output;

/// <summary>The file of <c>--output</c>.</summary>
internal static class OutputFile
{
    /// <summary>Writes it, with the folders above it. It appears when it is complete; an earlier one stays when the work is stopped.</summary>
    /// <exception cref="UsageException">The file cannot be written.</exception>
    public static void Write(string path, Action<TextWriter> write)
    {
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
            {
                Directory.CreateDirectory(folder);
            }

            string part = path + ".part";
            try
            {
                using (var writer = new StreamWriter(part))
                {
                    write(writer);
                }

                File.Move(part, path, overwrite: true);
            }
            finally
            {
                File.Delete(part);
            }
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new UsageException($"--output: '{path}' cannot be written: {e.Message}");
        }
    }
}
