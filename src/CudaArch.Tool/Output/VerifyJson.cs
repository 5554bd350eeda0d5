using System.Text.Json;
using CudaArch.Architectures;
using CudaArch.DeviceCode;
using CudaArch.DeviceCode.Verification;
using CudaArch.Tool.Inputs;

namespace CudaArch.Tool.Output;

/// <summary><c>cudaarch verify --format json</c>; the shape is <c>docs/schema/verify.schema.json</c>.</summary>
internal static class VerifyJson
{
    /// <summary>Writes the answer, file by file as they come.</summary>
    public static void Write(TextWriter output, IReadOnlyList<SmArchitecture> targets, IEnumerable<FoundResult> files, VerifySummary summary) =>
        JsonAnswer.Write(output, json =>
        {
            json.WriteStartArray("targets");
            foreach (SmArchitecture target in targets)
            {
                json.WriteStringValue(target.RealName);
            }

            json.WriteEndArray();
            json.WriteStartArray("files");
            foreach (FoundResult file in files)
            {
                WriteFile(json, file.Result);
                json.Flush();
            }

            json.WriteEndArray();
            WriteSummary(json, targets, summary);
        });

    private static void WriteFile(Utf8JsonWriter json, FileVerification file)
    {
        json.WriteStartObject();
        json.WriteString("path", file.Input.DisplayName);
        WritePackage(json, file.Input);
        json.WriteString("rid", file.Input.RuntimeIdentifier);
        json.WriteStartObject("coverage");
        foreach (TargetVerification target in file.Targets)
        {
            json.WriteString(target.Target.RealName, target.Coverage.ToString());
        }

        json.WriteEndObject();
        json.WriteStartArray("modules");
        for (int module = 0; module < file.Modules.Count; module++)
        {
            WriteModule(json, file, module);
        }

        json.WriteEndArray();
        json.WriteStartArray("findings");
        foreach (Finding finding in file.Findings)
        {
            WriteFinding(json, finding);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WritePackage(Utf8JsonWriter json, VerificationInput input)
    {
        if (input.PackageId is null)
        {
            json.WriteNull("package");
            return;
        }

        json.WriteStartObject("package");
        json.WriteString("id", input.PackageId);
        json.WriteString("version", input.PackageVersion);
        json.WriteEndObject();
    }

    private static void WriteModule(Utf8JsonWriter json, FileVerification file, int module)
    {
        json.WriteStartObject();
        json.WriteNumber("offset", file.Modules[module].Offset);
        json.WriteString("member", file.Modules[module].Member);
        json.WriteStartObject("coverage");
        foreach (TargetVerification target in file.Targets)
        {
            json.WriteString(target.Target.RealName, target.Modules[module].Coverage.ToString());
        }

        json.WriteEndObject();
        json.WriteStartObject("byDesign");
        foreach (TargetVerification target in file.Targets)
        {
            json.WriteString(target.Target.RealName, target.Modules[module].ByDesign.Word());
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteFinding(Utf8JsonWriter json, Finding finding)
    {
        json.WriteStartObject();
        json.WriteString("rule", finding.RuleId);
        json.WriteString("severity", finding.Severity.ToString().ToLowerInvariant());
        json.WriteString("target", finding.Target?.RealName);
        json.WriteString("message", finding.Message);
        json.WriteStartArray("kernels");
        foreach (string kernel in finding.Kernels)
        {
            json.WriteStringValue(kernel);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteSummary(Utf8JsonWriter json, IReadOnlyList<SmArchitecture> targets, VerifySummary summary)
    {
        json.WriteStartObject("summary");
        json.WriteNumber("files", summary.Files);
        json.WriteNumber("withDeviceCode", summary.WithDeviceCode);
        json.WriteStartObject("coverage");
        for (int target = 0; target < targets.Count; target++)
        {
            json.WriteStartObject(targets[target].RealName);
            foreach (FileCoverage coverage in VerifySummary.Counted)
            {
                json.WriteNumber(coverage.ToString(), summary.Count(target, coverage));
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
