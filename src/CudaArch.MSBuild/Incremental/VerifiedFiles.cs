using System.Globalization;
using System.Text;
using CudaArch.MSBuild.Files;
using CudaArch.MSBuild.Reporting;

namespace CudaArch.MSBuild.Incremental;

/// <summary>
/// Which files were verified, in which state and under which settings. The build leaves this list in the intermediate folder: MSBuild sees from it that nothing
/// needs to be done, and a publish after the build that a file has been reported already.
/// </summary>
internal sealed class VerifiedFiles
{
    private const string Version = "CudaArch verified files 1";

    private readonly string _settings;
    private readonly Dictionary<string, string> _stamps = new(Paths.Comparer);

    /// <summary>Starts an empty list.</summary>
    /// <param name="settings">All that decides what is said of a file, in one line.</param>
    public VerifiedFiles(string settings) => _settings = settings.Replace('\r', ' ').Replace('\n', ' ');

    /// <summary>Reads a list. One that is missing, damaged, of another version or of other settings is taken for empty.</summary>
    public static VerifiedFiles Read(string? path, string settings)
    {
        var files = new VerifiedFiles(settings);
        if (string.IsNullOrEmpty(path))
        {
            return files;
        }

        try
        {
            string[] lines = File.Exists(path) ? File.ReadAllLines(path!) : [];
            if (lines.Length < 2 || lines[0] != Version || lines[1] != files._settings)
            {
                return files;
            }

            foreach (string line in lines.Skip(2))
            {
                int tab = line.IndexOf('\t');
                if (tab > 0)
                {
                    files._stamps[line.Substring(tab + 1)] = line.Substring(0, tab);
                }
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Then everything is verified again.
        }

        return files;
    }

    /// <summary>Whether a file was verified in the state in which it is now.</summary>
    public bool Contains(string path) => _stamps.TryGetValue(path, out string? stamp) && stamp == Stamp(path);

    /// <summary>Adds a file in its present state.</summary>
    public void Add(string path) => _stamps[path] = Stamp(path);

    /// <summary>Writes the list.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public void Write(string path)
    {
        var text = new StringBuilder().AppendLine(Version).AppendLine(_settings);
        foreach (KeyValuePair<string, string> entry in _stamps.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            text.Append(entry.Value).Append('\t').AppendLine(entry.Key);
        }

        WholeFile.Write(path, text.ToString());
    }

    /// <summary>Tells one state of a file from another.</summary>
    internal static string Stamp(string path)
    {
        try
        {
            var file = new FileInfo(path);
            return file.Exists ? string.Format(CultureInfo.InvariantCulture, "{0} {1}", file.LastWriteTimeUtc.Ticks, file.Length) : "missing";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return "unknown";
        }
    }
}
