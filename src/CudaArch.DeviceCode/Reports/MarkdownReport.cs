using System.Text;
using CudaArch.Architectures;
using CudaArch.DeviceCode.Verification;

namespace CudaArch.DeviceCode.Reports;

/// <summary>The report for the summary of a CI job: a verdict, a table of files and targets, the findings. Services cut summaries at a megabyte, so long lists are shortened.</summary>
internal static class MarkdownReport
{
    private const int MostRows = 200;

    /// <summary>Renders the report.</summary>
    public static string Render(VerificationReport report)
    {
        var text = new StringBuilder("## CudaArch").Append(report.Title.Length > 0 ? ": " + Escape(report.Title) : "").Append("\n\n").Append(report.Verdict()).Append('\n');
        FileVerification[] files = [.. report.Relevant];
        if (files.Length > 0)
        {
            text.Append("\n| file | from |").Append(string.Concat(report.Targets.Select(target => $" {target.RealName} |")))
                .Append("\n|---|---|").Append(string.Concat(report.Targets.Select(_ => "---|"))).Append('\n');
            foreach (FileVerification file in files.Take(MostRows))
            {
                text.Append("| ").Append(Code(file.Input.DisplayName)).Append(" | ").Append(Escape(VerificationReport.PackageOf(file) ?? file.Input.Item ?? "")).Append(" |");
                foreach (SmArchitecture target in report.Targets)
                {
                    text.Append(' ').Append(Cell(VerificationReport.CoverageOf(file, target))).Append(" |");
                }

                text.Append('\n');
            }

            More(text, files.Length);
        }

        (FileVerification File, Finding Finding)[] findings = [.. report.Findings];
        if (findings.Length > 0)
        {
            text.Append("\n### Findings\n\n");
            foreach ((_, Finding finding) in findings.Take(MostRows))
            {
                text.Append("- ").Append(finding.Severity.ToString().ToLowerInvariant()).Append(" [").Append(finding.RuleId).Append("](").Append(Rules.RuleIds.HelpLink(finding.RuleId)).Append("): ")
                    .Append(Escape(finding.Message)).Append('\n');
            }

            More(text, findings.Length);
        }

        return text.ToString();
    }

    private static string Cell(FileCoverage? coverage) => coverage switch
    {
        null => "unreadable",
        FileCoverage.NoDeviceCode => "no device code",
        FileCoverage.Native => "Native",
        FileCoverage.JitFallback => "JitFallback",
        { } gap => $"**{gap}**",
    };

    private static void More(StringBuilder text, int count)
    {
        if (count > MostRows)
        {
            text.Append("\nand ").Append(count - MostRows).Append(" more\n");
        }
    }

    private static string Code(string text) => "`" + Printable.Text(text).Replace("`", "'").Replace("|", "\\|") + "`";

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (char c in Printable.Text(text))
        {
            escaped.Append(c is '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '|' or '#' ? "\\" + c : c.ToString());
        }

        return escaped.ToString();
    }
}
