using System.Text.RegularExpressions;
using CudaArch.Architectures;
using CudaArch.DeviceCode.Verification;

namespace CudaArch.DeviceCode.Acceptance;

/// <summary>A finding that someone has looked at and accepts, for a reason.</summary>
public sealed record Suppression
{
    private Regex? _pattern;

    /// <summary>The file: its name, the end of its path with whole folder names, or the package that brings it. <c>*</c> and <c>?</c> stand for any characters.</summary>
    public required string File { get; init; }

    /// <summary>The rules; empty for all.</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];

    /// <summary>The targets; empty for all.</summary>
    public IReadOnlyList<SmArchitecture> Targets { get; init; } = [];

    /// <summary>The kernels that need not run, by the names of the message or by their symbols; empty when it is about the whole file.</summary>
    public IReadOnlyList<string> Kernels { get; init; } = [];

    /// <summary>Why.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Whether it is about a finding. With <see cref="Kernels"/> it accepts only these: see <see cref="Accepts"/>.</summary>
    public bool IsAbout(VerificationInput input, Finding finding) =>
        (Rules.Count == 0 || Rules.Contains(finding.RuleId, StringComparer.OrdinalIgnoreCase))
        && (Targets.Count == 0 || (finding.Target is { } target && Targets.Contains(target)))
        && (Matches(input.DisplayName) || (input.PackageId is { } package && Pattern.IsMatch(package)));

    /// <summary>Whether it accepts that a kernel cannot run.</summary>
    /// <param name="kernel">The kernel's symbol.</param>
    public bool Accepts(string kernel) =>
        Kernels.Count == 0 || Kernels.Contains(kernel, StringComparer.Ordinal) || Kernels.Contains(KernelName.Display(kernel), StringComparer.Ordinal);

    private Regex Pattern => _pattern ??= new Regex(
        "^" + Regex.Escape(File.Replace('\\', '/')).Replace("\\*", ".*").Replace("\\?", ".") + "$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private bool Matches(string path)
    {
        path = path.Replace('\\', '/');
        for (int from = 0; from >= 0; from = Next(path, from))
        {
            if (Pattern.IsMatch(path.Substring(from)))
            {
                return true;
            }
        }

        return false;
    }

    private static int Next(string path, int from)
    {
        int slash = path.IndexOf('/', from);
        return slash < 0 ? -1 : slash + 1;
    }
}
