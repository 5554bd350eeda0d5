using System.Text.Json;
using CudaArch.DeviceCode;
using CudaArch.Tool.Commands;

namespace CudaArch.Tool.Output;

/// <summary><c>cudaarch inspect --format json</c>; the shape is <c>docs/schema/inspect.schema.json</c>.</summary>
internal static class InspectJson
{
    /// <summary>Writes a file that was read.</summary>
    public static void WriteFile(Utf8JsonWriter json, DeviceCodeFile file, KernelDetail detail, CancellationToken cancellation)
    {
        WriteHead(json, file.Path, file.Size, file.HostFormat, file.Machine);

        json.WriteStartArray("modules");
        foreach (DeviceCodeModule module in file.Modules)
        {
            cancellation.ThrowIfCancellationRequested();
            WriteModule(json, module, detail);
            json.Flush();
        }

        json.WriteEndArray();

        // After the kernels: reading them brings up damage that the headers do not show.
        WriteProblems(json, file.Problems);
    }

    /// <summary>Writes a file that could not be read.</summary>
    public static void WriteUnreadable(Utf8JsonWriter json, string path, long size, Problem problem)
    {
        WriteHead(json, path, size, HostFormat.None, machine: null);
        json.WriteStartArray("modules");
        json.WriteEndArray();
        WriteProblems(json, [problem]);
    }

    private static void WriteHead(Utf8JsonWriter json, string path, long size, HostFormat format, string? machine)
    {
        json.WriteStartObject();
        json.WriteString("path", path);
        json.WriteNumber("size", size);
        json.WriteStartObject("host");
        json.WriteString("format", format.Word());
        json.WriteString("machine", machine);
        json.WriteEndObject();
    }

    private static void WriteModule(Utf8JsonWriter json, DeviceCodeModule module, KernelDetail detail)
    {
        json.WriteStartObject();
        json.WriteString("location", module.Location);
        json.WriteNumber("offset", module.Offset);
        json.WriteBoolean("relocatable", module.IsRelocatable);
        json.WriteString("member", module.Member);
        json.WriteStartArray("images");
        foreach (DeviceCodeImage image in module.Images)
        {
            json.WriteStartObject();
            json.WriteString("kind", image.Kind.Word());
            json.WriteString("architecture", image.ArchitectureName);
            json.WriteString("compression", image.Compression.Word());
            json.WriteNumber("storedSize", image.StoredSize);
            json.WriteNumber("size", image.Size);
            json.WriteString("codeVersion", image.CodeVersion);
            json.WriteBoolean("debug", image.IsDebug);
            IReadOnlyList<KernelInfo>? resources = detail == KernelDetail.Resources ? image.ReadKernelDetails() : null;
            if (detail != KernelDetail.None)
            {
                WriteNames(json, "kernels", detail == KernelDetail.Resources ? resources?.Select(kernel => kernel.Name) : image.ReadKernels());
            }

            if (detail == KernelDetail.Resources)
            {
                WriteResources(json, resources);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteNames(Utf8JsonWriter json, string field, IEnumerable<string>? names)
    {
        if (names is null)
        {
            json.WriteNull(field);
            return;
        }

        json.WriteStartArray(field);
        foreach (string name in names)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
    }

    private static void WriteResources(Utf8JsonWriter json, IReadOnlyList<KernelInfo>? kernels)
    {
        if (kernels is null)
        {
            json.WriteNull("resources");
            return;
        }

        json.WriteStartArray("resources");
        foreach (KernelInfo kernel in kernels)
        {
            json.WriteStartObject();
            WriteNumber(json, "registers", kernel.Registers);
            WriteNumber(json, "staticSharedMemory", kernel.StaticSharedMemory);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter json, string field, long? number)
    {
        if (number is { } known)
        {
            json.WriteNumber(field, known);
        }
        else
        {
            json.WriteNull(field);
        }
    }

    private static void WriteProblems(Utf8JsonWriter json, IReadOnlyList<Problem> problems)
    {
        json.WriteStartArray("problems");
        foreach (Problem problem in problems)
        {
            json.WriteStartObject();
            json.WriteNumber("offset", problem.Offset);
            if (problem.Member is not null)
            {
                json.WriteString("member", problem.Member);
            }

            json.WriteString("message", problem.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
