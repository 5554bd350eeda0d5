using System.Text.Encodings.Web;
using System.Text.Json;
using CudaArch.DeviceCode.Reports;

namespace CudaArch.Tool.Output;

/// <summary>How every JSON answer starts and looks.</summary>
internal static class JsonAnswer
{
    /// <summary>Writes one JSON object and a line end.</summary>
    /// <param name="output">Where.</param>
    /// <param name="writeFields">Writes the fields that follow <c>schemaVersion</c>.</param>
    public static void Write(TextWriter output, Action<Utf8JsonWriter> writeFields)
    {
        // Names of kernels and paths are shown as they are: the answer is not put into HTML.
        var options = new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (var json = new Utf8JsonWriter(new TextWriterStream(output), options))
        {
            json.WriteStartObject();
            json.WriteNumber("schemaVersion", JsonReport.SchemaVersion);
            writeFields(json);
            json.WriteEndObject();
        }

        output.WriteLine();
    }

    /// <summary>Writes an array of names.</summary>
    public static void WriteNames(Utf8JsonWriter json, string field, IEnumerable<string> names)
    {
        json.WriteStartArray(field);
        foreach (string name in names)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
    }
}
