using System.Text.Json;
using CudaArch.DeviceCode;
using CudaArch.DeviceCode.Reports;
using CudaArch.DeviceCode.Verification;
using CudaArch.Rules;

namespace CudaArch.Tool.Output;

/// <summary>The answers of several runs of <c>cudaarch verify --format json</c> as one of the same shape.</summary>
internal sealed class MergedAnswer
{
    private readonly List<JsonElement> _files = [];
    private readonly Dictionary<string, string> _seen = new(StringComparer.Ordinal);
    private string[]? _targets;

    private MergedAnswer()
    {
    }

    private IReadOnlyList<string> Targets => _targets ?? [];

    /// <summary>Reads the answers; a file that several of them have in the same words is taken once.</summary>
    /// <exception cref="UsageException">A file cannot be read, is no such answer, or does not fit the others.</exception>
    public static MergedAnswer Read(IEnumerable<string> paths)
    {
        var merged = new MergedAnswer();
        foreach (string path in paths)
        {
            merged.Add(path);
        }

        return merged;
    }

    /// <summary>Writes the answer, its files in the order of their paths.</summary>
    public void Write(TextWriter output) => JsonAnswer.Write(output, json =>
    {
        JsonAnswer.WriteNames(json, "targets", Targets);
        json.WriteStartArray("files");
        foreach (JsonElement file in _files.OrderBy(file => file.GetProperty("path").GetString(), StringComparer.Ordinal))
        {
            file.WriteTo(json);
        }

        json.WriteEndArray();
        json.WriteStartObject("summary");
        json.WriteNumber("files", _files.Count);
        json.WriteNumber("withDeviceCode", WithDeviceCode);
        json.WriteStartObject("coverage");
        foreach (string target in Targets)
        {
            json.WriteStartObject(target);
            foreach (FileCoverage coverage in CoverageCounts.Counted)
            {
                json.WriteNumber(coverage.ToString(), Count(target, coverage));
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    });

    /// <summary>The summary in words.</summary>
    public IEnumerable<string> Lines()
    {
        yield return $"{_files.Count} {(_files.Count == 1 ? "file" : "files")}, {WithDeviceCode} with device code.";
        foreach (string target in Targets)
        {
            yield return $"{target}: " + string.Join(", ", CoverageCounts.Counted.Select(coverage => $"{Count(target, coverage)} {coverage}")) + ".";
        }
    }

    /// <summary>The exit code that one run over all files would have had.</summary>
    /// <param name="failOn">The best coverage that still counts as a gap.</param>
    public int ExitCode(FileCoverage failOn) =>
        _files.Any(file => Rules(file).Contains(RuleIds.UnreadableFile)) ? ExitCodes.Unreadable
        : Targets.Any(target => CoverageCounts.Counted.Any(coverage => coverage <= failOn && Count(target, coverage) > 0)) || _files.Any(file => VerifySummary.IsGapByItself(HasDeviceCode(file), Rules(file))) ? ExitCodes.Gaps
        : ExitCodes.Covered;

    private int WithDeviceCode => _files.Count(HasDeviceCode);

    private bool HasDeviceCode(JsonElement file) => Targets.Any(target => Coverage(file, target) is { } word && word != nameof(FileCoverage.NoDeviceCode));

    private int Count(string target, FileCoverage coverage) => _files.Count(file => Coverage(file, target) == coverage.ToString());

    private static IEnumerable<string> Rules(JsonElement file) => file.GetProperty("findings").EnumerateArray().Select(finding => finding.GetProperty("rule").GetString()!);

    // A file that could not be read has no coverage.
    private static string? Coverage(JsonElement file, string target) => file.GetProperty("coverage").TryGetProperty(target, out JsonElement word) ? word.GetString() : null;

    private void Add(string path)
    {
        JsonElement answer = Parse(path);
        string[] targets = [.. answer.GetProperty("targets").EnumerateArray().Select(target => target.GetString()!)];
        if (_targets is not null && !_targets.SequenceEqual(targets))
        {
            throw new UsageException($"'{path}' answers for {string.Join(", ", targets)}, the answers before it for {string.Join(", ", _targets)}; verify all parts for the same targets.");
        }

        _targets = targets;
        foreach (JsonElement file in answer.GetProperty("files").EnumerateArray())
        {
            string name = file.GetProperty("path").GetString()!, text = file.GetRawText();
            if (!_seen.TryGetValue(name, out string? earlier))
            {
                _seen.Add(name, text);
                _files.Add(file);
            }
            else if (earlier != text)
            {
                throw new UsageException($"'{path}' answers for '{name}' otherwise than an answer before it; verify all parts on the same files.");
            }
        }
    }

    private static JsonElement Parse(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            return Check(document.RootElement.Clone(), path);
        }
        catch (JsonException e)
        {
            throw new UsageException($"'{path}' is no answer of 'cudaarch verify --format json': line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}: it is not valid JSON.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"'{path}' cannot be read: {ReadFailure.Of(e, path)?.Message ?? e.Message}");
        }
    }

    private static JsonElement Check(JsonElement answer, string path)
    {
        bool isAnswer = answer.ValueKind == JsonValueKind.Object
            && answer.TryGetProperty("schemaVersion", out JsonElement version) && version.ValueKind == JsonValueKind.Number
            && Has(answer, "targets", JsonValueKind.Array) && answer.GetProperty("targets").EnumerateArray().All(target => target.ValueKind == JsonValueKind.String)
            && Has(answer, "files", JsonValueKind.Array) && answer.GetProperty("files").EnumerateArray().All(IsFile);
        if (!isAnswer)
        {
            throw new UsageException($"'{path}' is no answer of 'cudaarch verify --format json': 'schemaVersion', 'targets' and 'files' were expected in it.");
        }

        int schema = answer.GetProperty("schemaVersion").TryGetInt32(out int number) ? number : 0;
        return schema == JsonReport.SchemaVersion ? answer
            : throw new UsageException($"'{path}' has schemaVersion {schema}, this version of cudaarch reads {JsonReport.SchemaVersion}; use the version that wrote it.");
    }

    private static bool IsFile(JsonElement file) =>
        file.ValueKind == JsonValueKind.Object && Has(file, "path", JsonValueKind.String)
        && Has(file, "coverage", JsonValueKind.Object) && file.GetProperty("coverage").EnumerateObject().All(target => target.Value.ValueKind == JsonValueKind.String)
        && Has(file, "findings", JsonValueKind.Array)
        && file.GetProperty("findings").EnumerateArray().All(finding => finding.ValueKind == JsonValueKind.Object && Has(finding, "rule", JsonValueKind.String));

    private static bool Has(JsonElement parent, string name, JsonValueKind kind) => parent.TryGetProperty(name, out JsonElement value) && value.ValueKind == kind;
}
