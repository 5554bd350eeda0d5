using System.Globalization;
using CudaArch.DeviceCode;
using CudaArch.DeviceCode.Verification;
using CudaArch.Tool.Commands;

namespace CudaArch.Tool.Output;

/// <summary>The kernels of an image in words.</summary>
internal static class KernelText
{
    /// <summary>A line for each kernel; null when they cannot be read.</summary>
    public static IReadOnlyList<string>? Of(DeviceCodeImage image, KernelDetail detail) => detail == KernelDetail.Resources
        ? image.ReadKernelDetails()?.Select(kernel => Name(kernel.Name) + Resources(kernel)).ToList()
        : image.ReadKernels()?.Select(Name).ToList();

    private static string Name(string mangled) => Printable.Text(KernelName.Display(mangled));

    // What an image does not tell is left out, and so is shared memory that a kernel does not use.
    private static string Resources(KernelInfo kernel)
    {
        string[] parts =
        [
            .. kernel.Registers is { } registers ? [$"{registers} registers"] : Array.Empty<string>(),
            .. kernel.StaticSharedMemory is > 0 and { } shared ? [$"{shared.ToString("N0", CultureInfo.InvariantCulture)} bytes shared"] : Array.Empty<string>(),
        ];
        return parts.Length == 0 ? "" : $" ({string.Join(", ", parts)})";
    }
}
