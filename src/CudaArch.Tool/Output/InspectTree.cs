using System.Globalization;
using CudaArch.DeviceCode;
using CudaArch.DeviceCode.Verification;
using CudaArch.Tool.Commands;

namespace CudaArch.Tool.Output;

/// <summary><c>cudaarch inspect --tree</c>: a file, its modules, their images, their kernels, each on a line of its own.</summary>
internal static class InspectTree
{
    /// <summary>Writes a file that was read.</summary>
    /// <param name="console">Where.</param>
    /// <param name="file">The file, still open.</param>
    /// <param name="detail">What to say of kernels.</param>
    /// <param name="listAll">Whether to list every module however many there are.</param>
    public static void WriteFile(ToolConsole console, DeviceCodeFile file, KernelDetail detail, bool listAll)
    {
        InspectText.WriteHead(console, file);
        int listed = listAll || detail != KernelDetail.None || file.Modules.Count <= InspectText.MostModulesListed ? file.Modules.Count : InspectText.MostModulesListed;
        for (int i = 0; i < listed; i++)
        {
            console.Cancellation.ThrowIfCancellationRequested();
            DeviceCodeModule module = file.Modules[i];
            bool isLast = i == file.Modules.Count - 1;
            string place = module.Member is null ? InspectText.Location(module) : $"{Printable.Text(module.Member)}, {InspectText.Location(module)}";
            console.Out.WriteLine($"{Branch("", isLast)}module {InspectText.Number(i + 1)}: {place} at 0x{module.Offset:x}");
            WriteImages(console, module, detail, Under("", isLast));
        }

        if (listed < file.Modules.Count)
        {
            console.Out.WriteLine($"{Branch("", isLast: true)}and {InspectText.Number(file.Modules.Count - listed)} more; --all lists every module");
        }

        InspectText.WriteProblems(console, file);
    }

    private static void WriteImages(ToolConsole console, DeviceCodeModule module, KernelDetail detail, string indent)
    {
        for (int i = 0; i < module.Images.Count; i++)
        {
            DeviceCodeImage image = module.Images[i];
            bool isLast = i == module.Images.Count - 1;
            string stored = image.Compression == PayloadCompression.None ? "" : $" ({image.Compression.Word()}, {InspectText.Number(image.StoredSize)} stored)";
            console.Out.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{Branch(indent, isLast)}{image.Kind.Word()} {image.ArchitectureName}{(image.IsDebug ? " (debug)" : "")}: {image.Size:N0} bytes{stored}, version {image.CodeVersion}"));
            if (detail == KernelDetail.None)
            {
                continue;
            }

            IReadOnlyList<string> kernels = KernelText.Of(image, detail) ?? ["kernels are not readable"];
            for (int k = 0; k < kernels.Count; k++)
            {
                console.Out.WriteLine(Branch(Under(indent, isLast), k == kernels.Count - 1) + kernels[k]);
            }
        }
    }

    private static string Branch(string indent, bool isLast) => indent + (isLast ? "└─ " : "├─ ");

    private static string Under(string indent, bool isLast) => indent + (isLast ? "   " : "│  ");
}
