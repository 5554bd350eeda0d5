using System.Text;
using CudaArch.Architectures;
using CudaArch.DeviceCode.Verification;

namespace CudaArch.DeviceCode.Reports;

/// <summary>
/// The report for people: one page that needs nothing else, neither network nor script. A verdict, the matrix of files and targets, and behind every file its modules,
/// images and kernels. Colours follow the system's dark or light; every answer is a word as well as a colour; what opens is the browser's own, so a keyboard and a
/// screen reader can use it.
/// </summary>
internal static class HtmlReport
{
    private const int MostKernels = 500;

    private const string Style = """
        :root{color-scheme:light dark;--bg:#fff;--fg:#1b1f24;--soft:#59636e;--line:#d1d9e0;--card:#f6f8fa;--good:#116329;--goodbg:#dafbe1;--jit:#7d4e00;--jitbg:#fff8c5;--bad:#a40e26;--badbg:#ffebe9;--link:#0550ae}
        @media(prefers-color-scheme:dark){:root{--bg:#0d1117;--fg:#e6edf3;--soft:#9198a1;--line:#3d444d;--card:#151b23;--good:#7ee2a0;--goodbg:#12361f;--jit:#f2cc60;--jitbg:#3a2d05;--bad:#ffa198;--badbg:#48141a;--link:#79c0ff}}
        *{box-sizing:border-box}
        body{margin:0 auto;max-width:70rem;padding:1rem;background:var(--bg);color:var(--fg);font:1rem/1.5 system-ui,sans-serif}
        h1{font-size:1.4rem;margin:.2rem 0}h2{font-size:1.15rem;margin:2rem 0 .5rem}
        a{color:var(--link)}a:focus-visible,summary:focus-visible,.scroll:focus-visible{outline:3px solid var(--link);outline-offset:2px}
        .verdict{border-left:.4rem solid;padding:.6rem .8rem;border-radius:.2rem;font-size:1.1rem;font-weight:600}
        .scroll{overflow-x:auto}
        table{border-collapse:collapse;width:100%}
        th,td{border-bottom:1px solid var(--line);padding:.4rem .6rem;text-align:left;vertical-align:top}
        thead th{color:var(--soft);font-weight:600;white-space:nowrap}
        tbody th{font-weight:400;overflow-wrap:anywhere;min-width:12rem}
        .scroll tbody th,.scroll thead th:first-child{position:sticky;left:0;background:var(--bg)}
        .at{scroll-margin-top:5rem}
        .soft{color:var(--soft);font-size:.9rem}
        .word{display:inline-block;padding:.05rem .5rem;border-radius:1rem;font-size:.9rem;white-space:nowrap}
        .good{color:var(--good);background:var(--goodbg)}.jit{color:var(--jit);background:var(--jitbg)}.bad{color:var(--bad);background:var(--badbg)}.none{color:var(--soft)}
        details{border:1px solid var(--line);border-radius:.4rem;margin:.5rem 0;background:var(--card)}
        summary{cursor:pointer;padding:.5rem .8rem;overflow-wrap:anywhere}
        details>div{padding:0 .8rem .8rem}details details{background:var(--bg)}
        ul{padding-left:1.3rem}li,p{overflow-wrap:anywhere}
        code{font-family:ui-monospace,monospace;font-size:.9em;overflow-wrap:anywhere}
        @media(max-width:40rem){body{padding:.6rem}th,td{padding:.35rem .4rem}tbody th{min-width:9rem}}
        """;

    /// <summary>Renders the report.</summary>
    public static string Render(VerificationReport report)
    {
        FileVerification[] files = [.. report.Relevant];
        string title = report.Title.Length > 0 ? $"CudaArch: {report.Title}" : "CudaArch";
        var html = new StringBuilder();
        html.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<title>")
            .Append(HtmlText.Escape(title)).Append("</title>\n<style>\n").Append(Style).Append("\n</style>\n</head>\n<body>\n<header>\n<h1>").Append(HtmlText.Escape(title)).Append("</h1>\n")
            .Append("<p class=\"soft\">Will the native files run on ").Append(HtmlText.Escape(string.Join(", ", report.Targets.Select(target => target.RealName)))).Append("?</p>\n</header>\n<main>\n")
            .Append("<p class=\"verdict ").Append(VerdictClass(files)).Append("\">").Append(HtmlText.Escape(report.Verdict())).Append("</p>\n");
        if (files.Length > 0)
        {
            Matrix(html, report, files);
            html.Append("<h2 id=\"files\">File by file</h2>\n");
            for (int i = 0; i < files.Length; i++)
            {
                File(html, files[i], i);
            }
        }

        int others = report.Files.Count - files.Length;
        if (others > 0)
        {
            html.Append("<p class=\"soft\">").Append(others).Append(others == 1 ? " more file holds" : " more files hold").Append(" no device code.</p>\n");
        }

        return html.Append("</main>\n</body>\n</html>\n").ToString();
    }

    private static void Matrix(StringBuilder html, VerificationReport report, FileVerification[] files)
    {
        html.Append("<h2 id=\"matrix\">Files and targets</h2>\n<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"matrix\">\n<table aria-labelledby=\"matrix\">\n<thead><tr><th scope=\"col\">file</th>");
        foreach (SmArchitecture target in report.Targets)
        {
            html.Append("<th scope=\"col\">").Append(target.RealName).Append("</th>");
        }

        html.Append("</tr></thead>\n<tbody>\n");
        for (int i = 0; i < files.Length; i++)
        {
            html.Append("<tr><th scope=\"row\"><a href=\"#f").Append(i).Append("\">").Append(HtmlText.Escape(files[i].Input.DisplayName)).Append("</a>").Append(Origin(files[i])).Append("</th>");
            foreach (SmArchitecture target in report.Targets)
            {
                html.Append("<td>").Append(HtmlText.Word(VerificationReport.CoverageOf(files[i], target))).Append("</td>");
            }

            html.Append("</tr>\n");
        }

        html.Append("</tbody>\n</table>\n</div>\n");
    }

    private static void File(StringBuilder html, FileVerification file, int index)
    {
        // A link to what is inside a closed file opens it; one to the file itself would not.
        html.Append("<details").Append(file.Findings.Count > 0 ? " open=\"\"" : "").Append("><summary><strong>").Append(HtmlText.Escape(file.Input.DisplayName)).Append("</strong>")
            .Append(Origin(file)).Append("</summary><div class=\"at\" id=\"f").Append(index).Append("\">\n");
        if (file.Findings.Count > 0)
        {
            html.Append("<ul>\n");
            foreach (Finding finding in file.Findings)
            {
                html.Append("<li>").Append(finding.Severity.ToString().ToLowerInvariant()).Append(" <a href=\"").Append(HtmlText.Escape(Rules.RuleIds.HelpLink(finding.RuleId))).Append("\">")
                    .Append(finding.RuleId).Append("</a>: ").Append(HtmlText.Escape(finding.Message)).Append("</li>\n");
            }

            html.Append("</ul>\n");
        }

        foreach (TargetVerification target in file.Targets.Where(target => target.Coverage != FileCoverage.NoDeviceCode))
        {
            html.Append("<p>").Append(target.Target.RealName).Append(": ").Append(HtmlText.Word(target.Coverage)).Append(" <span class=\"soft\">").Append(HtmlText.Escape(Modules(target))).Append("</span></p>\n");
            Kernels(html, target);
        }

        HtmlListing.Append(html, file);
        html.Append("</div></details>\n");
    }

    private static void Kernels(StringBuilder html, TargetVerification target)
    {
        if (target.MissingImages.Count > 0)
        {
            html.Append("<p class=\"soft\">Images there: ").Append(HtmlText.Escape(ImageLabel.Describe(target.MissingImages))).Append("</p>\n");
        }

        if (target.MissingKernels.Count == 0)
        {
            return;
        }

        html.Append("<details><summary>").Append(target.MissingKernels.Count).Append(target.MissingKernels.Count == 1 ? " kernel" : " kernels").Append(" that cannot run on ")
            .Append(target.Target.RealName).Append("</summary><div><ul>\n");
        foreach (string kernel in target.MissingKernels.Take(MostKernels))
        {
            string name = KernelName.Display(kernel);
            html.Append("<li><code>").Append(HtmlText.Escape(name)).Append("</code>").Append(name == kernel ? "" : $" <span class=\"soft\">{HtmlText.Escape(kernel)}</span>").Append("</li>\n");
        }

        html.Append("</ul>").Append(target.MissingKernels.Count > MostKernels ? $"<p>and {target.MissingKernels.Count - MostKernels} more</p>" : "").Append("</div></details>\n");
    }

    // 12 modules: 10 Native, 2 None by design (specific)
    private static string Modules(TargetVerification target)
    {
        IEnumerable<string> groups = target.Modules
            .GroupBy(module => (module.Coverage, module.ByDesign))
            .OrderByDescending(group => group.Key.Coverage)
            .Select(group => $"{group.Count()} {group.Key.Coverage}{(group.Key.ByDesign.Word() is { } word ? $" by design ({word})" : "")}");
        return $"{target.Modules.Count} {(target.Modules.Count == 1 ? "module" : "modules")}: {string.Join(", ", groups)}";
    }

    private static string Origin(FileVerification file)
    {
        string[] parts = [.. new[] { VerificationReport.PackageOf(file), file.Input.RuntimeIdentifier, file.Input is { PackageId: null, Item: { } item } ? item + " item" : null }.OfType<string>()];
        return parts.Length == 0 ? "" : $" <span class=\"soft\">{HtmlText.Escape(string.Join(", ", parts))}</span>";
    }

    private static string VerdictClass(FileVerification[] files) =>
        files.Any(file => file.IsDamaged || file.Targets.Any(target => target.Coverage is FileCoverage.None or FileCoverage.Partial)) ? "bad"
        : files.Any(file => file.Findings.Count > 0) ? "jit"
        : "good";
}
