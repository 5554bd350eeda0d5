using CudaArch.DeviceCode.Verification;
using CudaArch.Rules;

namespace CudaArch.DeviceCode.Reports;

/// <summary>The report for code-scanning services: SARIF 2.1.0. A finding stands at the native file, and has a fingerprint that stays the same from run to run.</summary>
internal static class SarifReport
{
    private const string Schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    /// <summary>Renders the report.</summary>
    public static string Render(VerificationReport report) => JsonText.Render(output => Write(output, report));

    private static void Write(TextWriter output, VerificationReport report)
    {
        RuleInfo[] rules = [.. report.Findings.Select(pair => pair.Finding.RuleId).Distinct(StringComparer.Ordinal).OrderBy(id => id, StringComparer.Ordinal).Select(RuleCatalog.Get)];
        var json = new JsonText(output);
        json.Whole(() =>
        {
            json.Value("$schema", Schema);
            json.Value("version", "2.1.0");
            json.Array("runs", [report], run => json.Object(null, () =>
            {
                json.Object("tool", () => json.Object("driver", () =>
                {
                    json.Value("name", "CudaArch");
                    if (run.Version.Length > 0)
                    {
                        json.Value("semanticVersion", run.Version);
                    }

                    json.Value("informationUri", "https://github.com/cudaarch/cudaarch");
                    json.Array("rules", rules, rule => json.Object(null, () => WriteRule(json, rule)));
                }));
                json.Value("columnKind", "utf16CodeUnits");
                json.Array("results", run.Findings, pair => json.Object(null, () => WriteResult(json, pair.File, pair.Finding, System.Array.FindIndex(rules, rule => rule.Id == pair.Finding.RuleId))));
            }));
        });
    }

    private static void WriteRule(JsonText json, RuleInfo rule)
    {
        json.Value("id", rule.Id);
        json.Object("shortDescription", () => json.Value("text", rule.Title + "."));
        json.Value("helpUri", rule.HelpLink);
        json.Object("defaultConfiguration", () => json.Value("level", Level(rule.LocalSeverity)));
    }

    private static void WriteResult(JsonText json, FileVerification file, Finding finding, int rule)
    {
        json.Value("ruleId", finding.RuleId);
        json.Value("ruleIndex", rule);
        json.Value("level", Level(finding.Severity));
        json.Object("message", () => json.Value("text", finding.Message));
        json.Array("locations", [file.Input.DisplayName], path => json.Object(null, () =>
            json.Object("physicalLocation", () => json.Object("artifactLocation", () => json.Value("uri", Uri(path))))));
        json.Object("partialFingerprints", () =>
            json.Value("cudaArch/v1", string.Join("|", finding.RuleId, finding.Target?.RealName, file.Input.PackageId, file.Input.DisplayName)));
        json.Object("properties", () =>
        {
            json.Value("target", finding.Target?.RealName);
            json.Value("package", VerificationReport.PackageOf(file));
            json.Value("runtimeIdentifier", file.Input.RuntimeIdentifier);
            json.Array("kernels", finding.Kernels);
        });
    }

    private static string Uri(string path) => string.Join("/", path.Replace('\\', '/').Split('/').Select(System.Uri.EscapeDataString));

    private static string Level(RuleSeverity severity) => severity switch
    {
        RuleSeverity.Error => "error",
        RuleSeverity.Warning => "warning",
        _ => "note",
    };
}
