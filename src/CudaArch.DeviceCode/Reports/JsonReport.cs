using CudaArch.Architectures;
using CudaArch.DeviceCode.Verification;

namespace CudaArch.DeviceCode.Reports;

/// <summary>The report for programs: what <c>cudaarch verify --format json</c> writes; its shape is <c>docs/schema/verify.schema.json</c>.</summary>
public static class JsonReport
{
    /// <summary>The version of the shapes in <c>docs/schema</c>; raised when a field changes its meaning or goes away.</summary>
    public const int SchemaVersion = 1;

    /// <summary>Writes the report, file by file as they come: only their counts are kept.</summary>
    /// <param name="output">Where.</param>
    /// <param name="targets">The targets.</param>
    /// <param name="files">The verified files.</param>
    public static void Write(TextWriter output, IReadOnlyList<SmArchitecture> targets, IEnumerable<FileVerification> files)
    {
        var counts = new CoverageCounts(targets);
        var json = new JsonText(output);
        json.Whole(() =>
        {
            json.Value("schemaVersion", SchemaVersion);
            json.Array("targets", targets.Select(target => target.RealName));
            json.Array("files", files, file => json.Object(null, () =>
            {
                counts.Add(file);
                WriteFile(json, file);
            }));
            json.Object("summary", () => WriteSummary(json, targets, counts));
        });
    }

    internal static string Render(VerificationReport report) => JsonText.Render(output => Write(output, report.Targets, report.Files));

    private static void WriteSummary(JsonText json, IReadOnlyList<SmArchitecture> targets, CoverageCounts counts)
    {
        json.Value("files", counts.Files);
        json.Value("withDeviceCode", counts.WithDeviceCode);
        json.Object("coverage", () =>
        {
            for (int target = 0; target < targets.Count; target++)
            {
                int index = target;
                json.Object(targets[index].RealName, () =>
                {
                    foreach (FileCoverage coverage in CoverageCounts.Counted)
                    {
                        json.Value(coverage.ToString(), counts.Of(index, coverage));
                    }
                });
            }
        });
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
