using CudaArch.DeviceCode.Verification;

namespace CudaArch.DeviceCode.Reports;

/// <summary>Pieces of the HTML report.</summary>
internal static class HtmlText
{
    /// <summary>Text as it stands in an element or attribute.</summary>
    public static string Escape(string text) =>
        Printable.Text(text).Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("\"", "&quot;").Replace("'", "&#39;");

    /// <summary>A file's coverage: a word, with a colour beside it.</summary>
    public static string Word(FileCoverage? coverage) => coverage switch
    {
        FileCoverage.Native => "<span class=\"word good\">Native</span>",
        FileCoverage.JitFallback => "<span class=\"word jit\">JitFallback</span>",
        FileCoverage.Partial => "<span class=\"word bad\">Partial</span>",
        FileCoverage.None => "<span class=\"word bad\">None</span>",
        FileCoverage.NoDeviceCode => "<span class=\"word none\">no device code</span>",
        _ => "<span class=\"word bad\">unreadable</span>",
    };

    /// <summary>A module's coverage.</summary>
    public static string Word(Coverage coverage) => Word(coverage switch
    {
        Coverage.Native => FileCoverage.Native,
        Coverage.JitFallback => FileCoverage.JitFallback,
        _ => FileCoverage.None,
    });
}
