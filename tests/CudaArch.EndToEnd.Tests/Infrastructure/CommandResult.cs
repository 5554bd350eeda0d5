using System.Text.RegularExpressions;

namespace CudaArch.EndToEnd.Tests.Infrastructure;

/// <summary>What a command of the SDK said.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Both streams, in the order in which they came.</param>
public sealed partial record CommandResult(int ExitCode, string Output)
{
    /// <summary>All diagnostics, in the order in which they came. The summary, which says each again, is left out.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; } =
        [.. DiagnosticLine().Matches(BeforeSummary(Output)).Select(match => new Diagnostic(match.Groups[2].Value, match.Groups[3].Value, match.Groups[4].Value.Trim(), match.Groups[1].Value.Trim()))];

    /// <summary>The diagnostics of this product.</summary>
    public IReadOnlyList<Diagnostic> Findings => [.. Diagnostics.Where(diagnostic => diagnostic.Id.StartsWith("CUDA", StringComparison.Ordinal))];

    /// <summary>The findings of one rule.</summary>
    public IReadOnlyList<Diagnostic> Of(string rule) => [.. Findings.Where(finding => finding.Id == rule)];

    /// <summary>Fails the test unless the command succeeded.</summary>
    public CommandResult Succeeded()
    {
        Assert.True(ExitCode == 0, "The command failed:\n" + Output);
        return this;
    }

    /// <summary>Fails the test unless the command failed.</summary>
    public CommandResult Failed()
    {
        Assert.True(ExitCode != 0, "The command should have failed:\n" + Output);
        return this;
    }

    /// <summary>The only finding of a rule.</summary>
    public Diagnostic Single(string rule)
    {
        IReadOnlyList<Diagnostic> found = Of(rule);
        Assert.True(found.Count == 1, $"Expected one {rule}, found {found.Count}:\n{Output}");
        return found[0];
    }

    /// <summary>Fails the test when there is any finding.</summary>
    public CommandResult IsQuiet()
    {
        Assert.True(Findings.Count == 0, "Expected no finding:\n" + Output);
        return this;
    }

    private static string BeforeSummary(string output) => Summary().Match(output) is { Success: true } summary ? output[..summary.Index] : output;

    [GeneratedRegex(@"^Build (succeeded|FAILED)\.\r?$", RegexOptions.Multiline)]
    private static partial Regex Summary();

    // ORIGIN : warning CUDA2001: text [project]
    [GeneratedRegex(@"^(.*?)\s?: (warning|error) ([A-Z]+\d+): (.*?)(?: \[[^\]]*\])?\r?$", RegexOptions.Multiline)]
    private static partial Regex DiagnosticLine();
}

/// <summary>A line of the compiler or of MSBuild.</summary>
/// <param name="Severity"><c>warning</c> or <c>error</c>.</param>
/// <param name="Id">The rule.</param>
/// <param name="Message">What it says.</param>
/// <param name="Origin">The file, with a position where there is one.</param>
public sealed record Diagnostic(string Severity, string Id, string Message, string Origin);
