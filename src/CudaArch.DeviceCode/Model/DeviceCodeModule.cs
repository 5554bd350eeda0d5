namespace CudaArch.DeviceCode;

/// <summary>One fatbin container: alternative images of the same kernels, of which the driver picks one. A loose cubin or PTX text is a module of one image.</summary>
public sealed class DeviceCodeModule
{
    internal DeviceCodeModule(string location, long offset, bool isRelocatable, string? member, IReadOnlyList<DeviceCodeImage> images)
    {
        Location = location;
        Offset = offset;
        IsRelocatable = isRelocatable;
        Member = member;
        Images = images;
    }

    /// <summary>The section that it lies in, such as <c>.nv_fatbin</c>; for loose files the word of their format.</summary>
    public string Location { get; }

    /// <summary>Where it starts, in bytes from the start of the file (of the member, inside a compressed package).</summary>
    public long Offset { get; }

    /// <summary>Whether its code must be linked before it can be loaded (<c>nvcc -rdc=true</c>). Such a module is not part of a file's coverage by itself.</summary>
    public bool IsRelocatable { get; }

    /// <summary>The path inside an archive or package; null when it lies in the file itself.</summary>
    public string? Member { get; }

    /// <summary>Its images, in file order.</summary>
    public IReadOnlyList<DeviceCodeImage> Images { get; }

    /// <summary>
    /// Whether an image of it runs on the linked code's behalf at run time: the module is what the device linker made (wrapper version 2), and when none of its images
    /// fits the device, the runtime links the file's relocatable modules instead.
    /// </summary>
    public bool IsDeviceLinked { get; internal set; }

    /// <summary>
    /// Whether an image of it has a kernel, or the names of none can be read, so that it must be taken to have some. Reads no further than needed: cubins first, and the
    /// smallest first.
    /// </summary>
    public bool HasKernels()
    {
        bool isRead = false;
        foreach (DeviceCodeImage image in Images.OrderBy(image => image.Kind != ImageKind.Cubin).ThenBy(image => image.Size))
        {
            if (image.ReadKernels() is { } kernels)
            {
                if (kernels.Count > 0)
                {
                    return true;
                }

                isRead = true;
            }
        }

        return !isRead;
    }

    /// <summary>
    /// The mangled names of all kernels that an image of the module has, each once, in the order in which they are first met; null when no image's names can be read.
    /// Unpacks a part of each image.
    /// </summary>
    public IReadOnlyList<string>? ReadKernels()
    {
        List<string>? names = null;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (DeviceCodeImage image in Images)
        {
            if (image.ReadKernels() is { } kernels)
            {
                names ??= [];
                names.AddRange(kernels.Where(seen.Add));
            }
        }

        return names;
    }
}
