using CudaArch.Architectures;
using CudaArch.Tool.Comparison;

namespace CudaArch.Tool.Output;

/// <summary><c>cudaarch diff --format json</c>; the shape is <c>docs/schema/diff.schema.json</c>.</summary>
internal static class DiffJson
{
    /// <summary>Writes the answer: the files that changed for a target.</summary>
    public static void Write(TextWriter output, IReadOnlyList<SmArchitecture> targets, IReadOnlyList<FileChange> changes) => JsonAnswer.Write(output, json =>
    {
        JsonAnswer.WriteNames(json, "targets", targets.Select(target => target.RealName));
        json.WriteStartArray("files");
        foreach (FileChange file in changes.Where(file => file.Targets.Any(target => target.IsChange)))
        {
            json.WriteStartObject();
            json.WriteString("path", file.Key);
            json.WriteStartObject("changes");
            for (int i = 0; i < targets.Count; i++)
            {
                TargetChange change = file.Targets[i];
                json.WriteStartObject(targets[i].RealName);
                json.WriteString("old", change.Old?.ToString());
                json.WriteString("new", change.New?.ToString());
                json.WriteBoolean("loss", change.IsLoss);
                JsonAnswer.WriteNames(json, "lostKernels", change.Lost);
                JsonAnswer.WriteNames(json, "gainedKernels", change.Gained);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
