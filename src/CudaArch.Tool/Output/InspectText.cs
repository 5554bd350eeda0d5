using System.Globalization;
using CudaArch.DeviceCode;
using CudaArch.DeviceCode.Verification;
using CudaArch.Tool.Commands;

namespace CudaArch.Tool.Output;

/// <summary><c>cudaarch inspect</c> for people: one table a file.</summary>
internal static class InspectText
{
    /// <summary>With more modules than this, those with the same images are counted instead of listed; the largest libraries have thousands.</summary>
    public const int MostModulesListed = 20;

    /// <summary>Writes a file that was read.</summary>
    /// <param name="console">Where.</param>
    /// <param name="file">The file, still open.</param>
    /// <param name="detail">What to say of kernels.</param>
    /// <param name="listAll">Whether to list every module however many there are.</param>
    public static void WriteFile(ToolConsole console, DeviceCodeFile file, KernelDetail detail, bool listAll)
    {
        WriteHead(console, file);
        if (file.Modules.Count > MostModulesListed && !listAll && detail == KernelDetail.None)
        {
            WriteGroups(console, file);
        }
        else if (file.Modules.Count > 0)
        {
            WriteImages(console, file, detail);
        }

        WriteProblems(console, file);
    }

    /// <summary>Writes the line that stands above a file's modules.</summary>
    public static void WriteHead(ToolConsole console, DeviceCodeFile file)
    {
        string host = file.HostFormat == HostFormat.None ? "no format that holds device code" : Host(file);
        console.Out.WriteLine(Printable.Text($"{file.Path}: {host}, {Number(file.Size)} bytes, {Count(file.Modules.Count, "module")}"));
    }

    /// <summary>Writes what is wrong with a file, on the error stream.</summary>
    public static void WriteProblems(ToolConsole console, DeviceCodeFile file)
    {
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

    private static void WriteImages(ToolConsole console, DeviceCodeFile file, KernelDetail detail)
    {
        bool hasMembers = file.Modules.Any(module => module.Member is not null);
        var table = new TextTable([
            "module", .. hasMembers ? ["member"] : Array.Empty<string>(), "location", "offset", "image", "architecture", "compression", "stored", "unpacked", "version",
            .. detail == KernelDetail.None ? Array.Empty<string>() : ["kernels"]]);
        int sizes = hasMembers ? 7 : 6;
        table.AlignRight(sizes);
        table.AlignRight(sizes + 1);

        int number = 0;
        foreach (DeviceCodeModule module in file.Modules)
        {
            console.Cancellation.ThrowIfCancellationRequested();
            number++;
            bool isFirst = true;
            foreach (DeviceCodeImage image in module.Images)
            {
                Cell[] place = isFirst
                    ? [Number(number), .. hasMembers ? [Printable.Text(module.Member ?? "")] : Array.Empty<Cell>(), Location(module), $"0x{module.Offset:x}"]
                    : ["", .. hasMembers ? [""] : Array.Empty<Cell>(), "", ""];
                Cell[] kernels = detail == KernelDetail.None ? [] : [KernelText.Of(image, detail) is { } lines ? string.Join(", ", lines) : "not readable"];
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

    /// <summary>The section that a module lies in, and whether it must be linked.</summary>
    public static string Location(DeviceCodeModule module) => Printable.Text(module.Location) + (module.IsRelocatable ? " (to be linked)" : "");

    private static string Host(DeviceCodeFile file) => file.Machine is null ? file.HostFormat.Word() : $"{file.HostFormat.Word()} for {file.Machine}";

    private static string Count(int count, string noun) => $"{Number(count)} {noun}{(count == 1 ? "" : "s")}";

    /// <summary>A number with its thousands set apart.</summary>
    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
