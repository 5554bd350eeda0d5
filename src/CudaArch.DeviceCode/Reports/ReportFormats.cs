namespace CudaArch.DeviceCode.Reports;

/// <summary>The forms of a report, by the extension of its file.</summary>
public static class ReportFormats
{
    private static readonly IReadOnlyDictionary<string, Func<VerificationReport, string>> Renderers = new Dictionary<string, Func<VerificationReport, string>>(StringComparer.OrdinalIgnoreCase)
    {
        [".html"] = HtmlReport.Render,
        [".json"] = JsonReport.Render,
        [".md"] = MarkdownReport.Render,
        [".sarif"] = SarifReport.Render,
    };

    /// <summary>The extensions.</summary>
    public static IEnumerable<string> Extensions => Renderers.Keys;

    /// <summary>What renders a report for a path; null when its extension is none of <see cref="Extensions"/>.</summary>
    public static Func<VerificationReport, string>? For(string path) => Renderers.TryGetValue(Path.GetExtension(path), out Func<VerificationReport, string>? render) ? render : null;
}
