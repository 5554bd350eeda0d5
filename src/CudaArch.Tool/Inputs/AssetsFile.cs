using System.Text.Json;
using CudaArch.DeviceCode.Hosts;
using CudaArch.DeviceCode.Verification;

namespace CudaArch.Tool.Inputs;

/// <summary>NuGet's <c>obj/project.assets.json</c>: what a project's restore chose of every package, and where the packages lie.</summary>
internal static class AssetsFile
{
    /// <summary>The name that NuGet gives the file.</summary>
    public const string Name = "project.assets.json";

    /// <summary>The native files of the project's packages, each once, in the order of the file.</summary>
    /// <exception cref="UsageException">The file cannot be read, or is not what its name says.</exception>
    public static IReadOnlyList<VerificationInput> Read(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            return Read(document.RootElement, path);
        }
        catch (JsonException e)
        {
            throw new UsageException($"'{path}' is no {Name}: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}: it is not valid JSON. Restore the project again.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"'{path}' cannot be read: {ReadFailure.Of(e, path)?.Message ?? e.Message}");
        }
    }

    /// <summary>The runtime identifiers that a project is restored for; none when for all. Of a file that cannot be read, none.</summary>
    public static IReadOnlyList<string> ReadRuntimeIdentifiers(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            return [.. Properties(document.RootElement, "targets").Select(IdentifierOf).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)];
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    // "net10.0/linux-arm64" for a project with a runtime identifier.
    private static string? IdentifierOf(JsonProperty target) =>
        target.Name.Contains('/', StringComparison.Ordinal) ? target.Name[(target.Name.IndexOf('/', StringComparison.Ordinal) + 1)..] : null;

    private static List<VerificationInput> Read(JsonElement root, string path)
    {
        string[] folders = [.. Properties(root, "packageFolders").Select(folder => folder.Name)];
        Dictionary<string, string> pathOf = Properties(root, "libraries")
            .Where(library => Text(library.Value, "type") == "package" && Text(library.Value, "path") is not null)
            .ToDictionary(library => library.Name, library => Text(library.Value, "path")!, StringComparer.OrdinalIgnoreCase);
        if (folders.Length == 0 || !root.TryGetProperty("targets", out _))
        {
            throw new UsageException($"'{path}' is no {Name}: 'packageFolders' and 'targets' were expected in it. Restore the project again.");
        }

        var inputs = new List<VerificationInput>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonProperty target in Properties(root, "targets"))
        {
            string? identifier = IdentifierOf(target);
            foreach (JsonProperty library in Properties(target.Value))
            {
                if (!pathOf.TryGetValue(library.Name, out string? folder))
                {
                    continue;
                }

                foreach ((string file, string? rid) in NativeFiles(library.Value, identifier).Where(file => seen.Add(library.Name + "/" + file.Path)))
                {
                    string[] identity = library.Name.Split('/', 2);
                    inputs.Add(new VerificationInput(Locate(folders, Path.Combine(folder, file)))
                    {
                        PackageId = identity[0],
                        PackageVersion = identity.Length > 1 ? identity[1] : null,
                        RuntimeIdentifier = RuntimeIdentifier.FindInPath("/" + file) ?? rid,
                    });
                }
            }
        }

        return inputs;
    }

    private static IEnumerable<(string Path, string? Rid)> NativeFiles(JsonElement library, string? identifier)
    {
        foreach (JsonProperty file in Properties(library, "native"))
        {
            yield return (file.Name, identifier);
        }

        foreach (JsonProperty file in Properties(library, "runtimeTargets").Where(file => Text(file.Value, "assetType") == "native"))
        {
            yield return (file.Name, Text(file.Value, "rid"));
        }
    }

    // A file that lies in none of the folders is named by the first, for its reader to say that it is missing.
    private static string Locate(string[] folders, string file) =>
        folders.Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists) ?? Path.Combine(folders[0], file);

    private static IEnumerable<JsonProperty> Properties(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out JsonElement value) ? Properties(value) : [];

    private static IEnumerable<JsonProperty> Properties(JsonElement value) => value.ValueKind == JsonValueKind.Object ? value.EnumerateObject() : [];

    private static string? Text(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
