using CudaArch.DeviceCode.Verification;

namespace CudaArch.DeviceCode.Reports;

/// <summary>The report for programs: the shape of <c>cudaarch verify --format json</c>.</summary>
internal static class JsonReport
{
    private const int SchemaVersion = 1;

    /// <summary>Renders the report.</summary>
    public static string Render(VerificationReport report)
    {
        var json = new JsonText();
        json.Object(null, () =>
        {
            json.Value("schemaVersion", SchemaVersion);
            json.Array("targets", report.Targets.Select(target => target.RealName));
            json.Array("files", report.Files, file => json.Object(null, () => WriteFile(json, file)));
            json.Object("summary", () =>
            {
                json.Value("files", report.Files.Count);
                json.Value("withDeviceCode", report.Files.Count(file => file.HasDeviceCode));
                json.Object("coverage", () =>
                {
                    foreach (var target in report.Targets)
                    {
                        json.Object(target.RealName, () =>
                        {
                            foreach (FileCoverage coverage in VerificationReport.Counted)
                            {
                                json.Value(coverage.ToString(), report.Count(target, coverage));
                            }
                        });
                    }
                });
            });
        });
        return json.ToString();
    }

    private static void WriteFile(JsonText json, FileVerification file)
    {
        json.Value("path", file.Input.DisplayName);
        if (file.Input.PackageId is null)
        {
            json.Value("package", (string?)null);
        }
        else
        {
            json.Object("package", () =>
            {
                json.Value("id", file.Input.PackageId);
                json.Value("version", file.Input.PackageVersion);
            });
        }

        json.Value("rid", file.Input.RuntimeIdentifier);
        json.Object("coverage", () => file.Targets.ToList().ForEach(target => json.Value(target.Target.RealName, target.Coverage.ToString())));
        json.Array("modules", Enumerable.Range(0, file.Modules.Count), module => json.Object(null, () =>
        {
            json.Value("offset", file.Modules[module].Offset);
            json.Value("member", file.Modules[module].Member);
            json.Object("coverage", () => file.Targets.ToList().ForEach(target => json.Value(target.Target.RealName, target.Modules[module].Coverage.ToString())));
            json.Object("byDesign", () => file.Targets.ToList().ForEach(target => json.Value(target.Target.RealName, target.Modules[module].ByDesign.Word())));
        }));
        json.Array("findings", file.Findings, finding => json.Object(null, () =>
        {
            json.Value("rule", finding.RuleId);
            json.Value("severity", finding.Severity.ToString().ToLowerInvariant());
            json.Value("target", finding.Target?.RealName);
            json.Value("message", finding.Message);
            json.Array("kernels", finding.Kernels);
        }));
    }
}
