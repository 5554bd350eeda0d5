using CudaArch.Architectures;

namespace CudaArch.DeviceCode;

/// <summary>Kernels that a module has, but not in the images of it that run on a target.</summary>
/// <param name="Images">The images that have them, all of these kernels the same ones.</param>
/// <param name="Kernels">Their mangled names.</param>
public sealed record LostKernels(IReadOnlyList<ImageClaim> Images, IReadOnlyList<string> Kernels)
{
    /// <summary>
    /// Compares the kernels of a module's images. The driver picks one image and takes all kernels from it, so that what only others have cannot be launched.
    /// Nothing is lost where the names of an image that runs cannot be read.
    /// </summary>
    /// <param name="module">The module.</param>
    /// <param name="target">The target.</param>
    /// <param name="coverage">What the target can do with the module.</param>
    internal static IReadOnlyList<LostKernels> Of(DeviceCodeModule module, SmArchitecture target, Coverage coverage)
    {
        DeviceCodeImage[] running = [.. Running(module, target, coverage)];
        var present = new HashSet<string>(KernelNameComparer.Instance);
        foreach (DeviceCodeImage image in running)
        {
            if (image.ReadKernels() is not { } kernels)
            {
                return [];
            }

            present.UnionWith(kernels);
        }

        if (running.Length == 0)
        {
            return [];
        }

        // In file order, each with the images that have it.
        var names = new List<string>();
        var imagesOf = new Dictionary<string, List<ImageClaim>>(StringComparer.Ordinal);
        foreach (DeviceCodeImage image in Others(module, running))
        {
            foreach (string kernel in (image.ReadKernels() ?? []).Where(kernel => !present.Contains(kernel)))
            {
                if (!imagesOf.TryGetValue(kernel, out List<ImageClaim>? images))
                {
                    names.Add(kernel);
                    imagesOf.Add(kernel, images = []);
                }

                images.Add(image.Claim);
            }
        }

        return [.. names.GroupBy(name => string.Join(" ", imagesOf[name])).Select(group => new LostKernels(imagesOf[group.First()], [.. group]))];
    }

    // Of several that could be picked nothing is said of which it is; a kernel in one of them is not lost.
    private static IEnumerable<DeviceCodeImage> Running(DeviceCodeModule module, SmArchitecture target, Coverage coverage)
    {
        IEnumerable<DeviceCodeImage> candidates = module.Images.Where(image => coverage != Coverage.None && image.Claim.On(target) == coverage);
        return coverage == Coverage.Native ? candidates : candidates.Where(image => image.Kind == ImageKind.Ptx).OrderBy(image => image.Architecture.Number).Reverse().Take(1);
    }

    // The text of a module holds what one of its cubins was made of; it takes long to unpack and is read only when there is no other cubin.
    private static IEnumerable<DeviceCodeImage> Others(DeviceCodeModule module, DeviceCodeImage[] running)
    {
        DeviceCodeImage[] others = [.. module.Images.Except(running)];
        return others.Any(image => image.Kind == ImageKind.Cubin) ? others.Where(image => image.Kind == ImageKind.Cubin) : others;
    }
}
