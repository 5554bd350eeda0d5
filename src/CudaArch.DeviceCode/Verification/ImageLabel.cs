using CudaArch.Architectures;

namespace CudaArch.DeviceCode.Verification;

/// <summary>What a message says of an image: its kind and the architecture it was built for.</summary>
/// <param name="Kind">Cubin, PTX or an intermediate form.</param>
/// <param name="Architecture">With its suffix.</param>
public readonly record struct ImageLabel(ImageKind Kind, SmArchitecture Architecture)
{
    /// <summary>Labels of images, each once: by kind, then by architecture.</summary>
    public static IReadOnlyList<ImageLabel> Of(IEnumerable<DeviceCodeImage> images) => Of(images.Select(image => new ImageLabel(image.Kind, image.Architecture)));

    /// <summary>The labels, each once: by kind, then by architecture.</summary>
    public static IReadOnlyList<ImageLabel> Of(IEnumerable<ImageLabel> labels) =>
        [.. labels.Distinct()
            .OrderBy(label => label.Kind == ImageKind.Unknown).ThenBy(label => label.Kind).ThenBy(label => label.Architecture)];

    /// <summary>The architecture's name as this kind of image has it: <c>sm_121</c> of a cubin, <c>compute_121</c> of the rest.</summary>
    public string ArchitectureName => Architecture.Major == 0 ? "unknown" : Kind == ImageKind.Cubin ? Architecture.RealName : Architecture.VirtualName;

    /// <summary>Names images compactly: <c>sm_80, sm_86 cubins and compute_90a PTX</c>, <c>sm_89 cubin, no PTX</c>.</summary>
    /// <param name="labels">As <see cref="Of(IEnumerable{ImageLabel})"/> orders them.</param>
    public static string Describe(IReadOnlyCollection<ImageLabel> labels)
    {
        var parts = new List<string>();
        foreach (IGrouping<ImageKind, ImageLabel> kind in labels.GroupBy(label => label.Kind))
        {
            string architectures = string.Join(", ", kind.Select(label => label.ArchitectureName));
            parts.Add(architectures + " " + Noun(kind.Key, kind.Count()));
        }

        string text = parts.Count switch
        {
            0 => "no image",
            1 => parts[0],
            _ => string.Join(", ", parts.Take(parts.Count - 1)) + " and " + parts[parts.Count - 1],
        };

        // What would have rescued the file is said when it is not there.
        bool hasCubin = labels.Any(label => label.Kind == ImageKind.Cubin), hasPtx = labels.Any(label => label.Kind == ImageKind.Ptx);
        return hasCubin && !hasPtx ? text + ", no PTX" : hasPtx && !hasCubin ? text + ", no cubin" : text;
    }

    private static string Noun(ImageKind kind, int count) => kind switch
    {
        ImageKind.Cubin => count == 1 ? "cubin" : "cubins",
        ImageKind.Ptx => "PTX",
        ImageKind.LtoIr => "LTO-IR",
        ImageKind.TileIr => "Tile IR",
        _ => count == 1 ? "image of an unknown kind" : "images of an unknown kind",
    };
}
