using System.Text.Json;
using CudaArch.Architectures;
using CudaArch.Testing;

namespace CudaArch.DeviceCode.Tests;

/// <summary>What <c>native/expected.json</c> says of one fixture: it comes from the compiler's command line and from NVIDIA's own listing.</summary>
public sealed class ExpectedFixture
{
    private ExpectedFixture(JsonElement file)
    {
        File = file.GetProperty("file").GetString()!;
        Host = file.GetProperty("host").GetString()!;
        Modules = file.GetProperty("modules").EnumerateArray().Select(module => new ExpectedModule(module, File == FileWithoutTileIr)).ToList();
        Coverage = file.GetProperty("coverage_per_module").EnumerateObject().ToDictionary(
            target => SmArchitecture.Parse(target.Name),
            target => target.Value.EnumerateArray().Select(word => Enum.Parse<Coverage>(word.GetString()!)).ToList());
    }

    /// <summary>
    /// The expectation was derived from "Tile IR always comes with a Tile cubin", but this file's one entry fills its container to the last byte and is the cubin
    /// (NVIDIA's lister agrees), so the Tile IR that is expected beside it is left out here. Coverage does not depend on it.
    /// </summary>
    public const string FileWithoutTileIr = "tile_121.fatbin";

    public static IReadOnlyList<ExpectedFixture> All { get; } = ReadAll();

    public string File { get; }

    public string Host { get; }

    public IReadOnlyList<ExpectedModule> Modules { get; }

    public IReadOnlyDictionary<SmArchitecture, List<Coverage>> Coverage { get; }

    public string Path => Fixtures.PathOf("native/" + File);

    public static ExpectedFixture Of(string file) => All.Single(fixture => fixture.File == file);

    private static List<ExpectedFixture> ReadAll()
    {
        using JsonDocument document = JsonDocument.Parse(System.IO.File.ReadAllText(Fixtures.PathOf("native/expected.json")));
        return document.RootElement.GetProperty("files").EnumerateArray().Select(file => new ExpectedFixture(file)).ToList();
    }
}

/// <summary>A module as it is expected: its images in an order that does not depend on the file's.</summary>
public sealed class ExpectedModule
{
    public ExpectedModule(JsonElement module, bool withoutTileIr)
    {
        IsRelocatable = module.TryGetProperty("relocatable", out JsonElement relocatable) && relocatable.GetBoolean();
        IEnumerable<JsonElement> images = module.GetProperty("images").EnumerateArray()
            .Where(image => !withoutTileIr || image.GetProperty("kind").GetString() != ImageKind.TileIr.Word());
        Images = Describe(images.Select(image => (
            image.GetProperty("kind").GetString()!,
            image.GetProperty("architecture").GetString()!,
            image.GetProperty("kernels") is { ValueKind: JsonValueKind.Array } kernels ? kernels.EnumerateArray().Select(name => name.GetString()!).ToList() : null)));
    }

    public bool IsRelocatable { get; }

    public string Images { get; }

    public override string ToString() => (IsRelocatable ? "relocatable " : "") + Images;

    public static string Describe(DeviceCodeModule module) => (module.IsRelocatable ? "relocatable " : "") + Describe(
        module.Images.Select(image => (image.Kind.Word(), image.ArchitectureName, image.ReadKernels()?.ToList())));

    private static string Describe(IEnumerable<(string Kind, string Architecture, List<string>? Kernels)> images) => string.Join("; ", images
        .Select(image => $"{image.Kind} {image.Architecture} [{(image.Kernels is null ? "?" : string.Join(' ', image.Kernels.Order(StringComparer.Ordinal)))}]")
        .Order(StringComparer.Ordinal));
}
