using System.Globalization;
using CudaArch.DeviceCode;
using CudaArch.DeviceCode.Verification;

namespace CudaArch.Tool.Output;

/// <summary><c>cudaarch inspect</c> for people: one table a file.</summary>
internal static class InspectText
{
    /// <summary>With more modules than this, those with the same images are counted instead of listed; the largest libraries have thousands.</summary>
    private const int MostModulesListed = 20;

    /// <summary>Writes a file that was read.</summary>
    /// <param name="console">Where.</param>
    /// <param name="file">The file, still open.</param>
    /// <param name="withKernels">Whether to list the kernels of each image.</param>
    /// <param name="listAll">Whether to list every module however many there are.</param>
    public static void WriteFile(ToolConsole console, DeviceCodeFile file, bool withKernels, bool listAll)
    {
        string host = file.HostFormat == HostFormat.None ? "no format that holds device code" : Host(file);
        console.Out.WriteLine(Printable.Text($"{file.Path}: {host}, {Number(file.Size)} bytes, {Count(file.Modules.Count, "module")}"));
        if (file.Modules.Count > MostModulesListed && !listAll && !withKernels)
        {
            WriteGroups(console, file);
        }
        else if (file.Modules.Count > 0)
        {
            WriteImages(console, file, withKernels);
        }

        foreach (Problem problem in file.Problems)
        {
            console.Error.WriteLine(Printable.Text($"cudaarch: {file.Path}: {problem}"));
        }
    }

    private static void WriteGroups(ToolConsole console, DeviceCodeFile file)
    {
        var table = new TextTable("modules", "images");
        table.AlignRight(0);
        foreach (var group in file.Modules
            .GroupBy(module => ImageLabel.Describe(ImageLabel.Of(module.Images)) + (module.IsRelocatable ? " (to be linked)" : ""))
            .OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal))
        {
            table.Add(Number(group.Count()), group.Key);
        }

        table.Write(console);
        console.Out.WriteLine("--all lists every module.");
    }

    private static void WriteImages(ToolConsole console, DeviceCodeFile file, bool withKernels)
    {
        bool hasMembers = file.Modules.Any(module => module.Member is not null);
        var table = new TextTable([
            "module", .. hasMembers ? ["member"] : Array.Empty<string>(), "location", "offset", "image", "architecture", "compression", "stored", "unpacked", "version",
            .. withKernels ? ["kernels"] : Array.Empty<string>()]);
        int sizes = hasMembers ? 7 : 6;
        table.AlignRight(sizes);
        table.AlignRight(sizes + 1);

        int number = 0;
        foreach (DeviceCodeModule module in file.Modules)
        {
            number++;
            bool isFirst = true;
            foreach (DeviceCodeImage image in module.Images)
            {
                Cell[] place = isFirst
                    ? [Number(number), .. hasMembers ? [Printable.Text(module.Member ?? "")] : Array.Empty<Cell>(), Location(module), $"0x{module.Offset:x}"]
                    : ["", .. hasMembers ? [""] : Array.Empty<Cell>(), "", ""];
                Cell[] kernels = withKernels ? [Kernels(image)] : [];
                table.Add([
                    .. place, image.Kind.Word() + (image.IsDebug ? " (debug)" : ""), image.ArchitectureName, image.Compression.Word(), Number(image.StoredSize),
                    Number(image.Size), image.CodeVersion, .. kernels]);
                isFirst = false;
            }

            if (module.Images.Count == 0)
            {
                table.Add([Number(number), .. hasMembers ? [Printable.Text(module.Member ?? "")] : Array.Empty<Cell>(), Location(module), $"0x{module.Offset:x}", "none"]);
            }
        }

        table.Write(console);
    }

    private static string Location(DeviceCodeModule module) => Printable.Text(module.Location) + (module.IsRelocatable ? " (to be linked)" : "");

    private static string Kernels(DeviceCodeImage image) =>
        image.ReadKernels() is { } names ? string.Join(", ", names.Select(name => Printable.Text(KernelName.Display(name)))) : "not readable";

    private static string Host(DeviceCodeFile file) => file.Machine is null ? file.HostFormat.Word() : $"{file.HostFormat.Word()} for {file.Machine}";

    private static string Count(int count, string noun) => $"{Number(count)} {noun}{(count == 1 ? "" : "s")}";

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
