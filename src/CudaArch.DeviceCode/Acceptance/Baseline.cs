using System.Text;
using CudaArch.DeviceCode.Verification;

namespace CudaArch.DeviceCode.Acceptance;

/// <summary>
/// A file of gaps that were there on the day it was written: they are accepted, new ones are not. One line a finding, sorted, so that changes read well in a review:
/// rule, target, package, file and kernels, separated by tabs. The package's version is left out: an update that brings no new gap is no news.
/// </summary>
public sealed class Baseline
{
    private const string Header = "# CudaArch baseline 1: gaps that are accepted. Written by: dotnet build -t:CudaArchUpdateBaseline";
    private const int Columns = 5;
    private readonly Dictionary<string, HashSet<string>> _kernels;

    private Baseline(Dictionary<string, HashSet<string>> kernels) => _kernels = kernels;

    /// <summary>A baseline that accepts nothing.</summary>
    public static Baseline Empty { get; } = new([]);

    /// <summary>Reads a baseline.</summary>
    /// <exception cref="FormatException">A line is not one of a baseline; the message names its number and what was expected.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static Baseline Read(string path)
    {
        string[] lines = File.ReadAllLines(path, Encoding.UTF8);
        if (lines.Length == 0 || !lines[0].StartsWith("# CudaArch baseline 1", StringComparison.Ordinal))
        {
            throw new FormatException("line 1: '# CudaArch baseline 1' expected");
        }

        var kernels = new Dictionary<string, HashSet<string>>(StringComparer.OrdinalIgnoreCase);
        for (int i = 1; i < lines.Length; i++)
        {
            if (lines[i].Length == 0 || lines[i][0] == '#')
            {
                continue;
            }

            string[] fields = lines[i].Split('\t');
            if (fields.Length != Columns)
            {
                throw new FormatException($"line {i + 1}: {Columns} fields separated by tabs expected (rule, target, package, file, kernels), {fields.Length} found");
            }

            string key = string.Join("\t", fields, 0, Columns - 1);
            if (!kernels.TryGetValue(key, out HashSet<string>? known))
            {
                kernels.Add(key, known = new HashSet<string>(StringComparer.Ordinal));
            }

            known.UnionWith(fields[Columns - 1].Split([','], StringSplitOptions.RemoveEmptyEntries));
        }

        return new Baseline(kernels);
    }

    /// <summary>The text of a baseline that accepts findings.</summary>
    public static string Write(IEnumerable<(VerificationInput Input, Finding Finding)> findings)
    {
        var text = new StringBuilder(Header).Append('\n');
        IEnumerable<string> lines = findings.Select(pair => Key(pair.Input, pair.Finding) + "\t" + string.Join(",", pair.Finding.Kernels));
        foreach (string line in lines.Distinct(StringComparer.Ordinal).OrderBy(line => line, StringComparer.Ordinal))
        {
            text.Append(line).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>Whether a finding was there already: of the same rule, target and file, with no kernel that is new.</summary>
    public bool Accepts(VerificationInput input, Finding finding) =>
        _kernels.TryGetValue(Key(input, finding), out HashSet<string>? known) && finding.Kernels.All(known.Contains);

    private static string Key(VerificationInput input, Finding finding) =>
        string.Join("\t", finding.RuleId, finding.Target?.RealName ?? "", input.PackageId ?? "", Printable.Text(input.DisplayName));
}
