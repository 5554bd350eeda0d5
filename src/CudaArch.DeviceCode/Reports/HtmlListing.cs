using System.Globalization;
using System.Text;
using CudaArch.DeviceCode.Verification;

namespace CudaArch.DeviceCode.Reports;

/// <summary>
/// What a file holds, to open step by step: modules, images, kernels with their registers and static shared memory. The file is read anew for it, as a verdict keeps no such
/// lists; what would make the page too long, or take too long to unpack, is left to <c>cudaarch inspect</c>.
/// </summary>
internal static class HtmlListing
{
    private const int MostModules = 100;
    private const int MostKernels = 1000;
    private const long MostBytes = 64 << 20;

    /// <summary>Appends the listing of a file; nothing when it is no file of its own (one inside a package), or can no longer be read.</summary>
    public static void Append(StringBuilder html, FileVerification file)
    {
        if (!file.HasDeviceCode || file.Input.OpenStream is not null || !File.Exists(file.Input.Path))
        {
            return;
        }

        int start = html.Length;
        try
        {
            using DeviceCodeFile opened = DeviceCodeReader.Open(file.Input.Path);
            Modules(html, file, [.. opened.Modules.Where(module => !module.IsRelocatable)]);
        }
        catch (Exception e) when (ReadFailure.Of(e, file.Input.Path) is not null)
        {
            // The verdict stands; what it rests on is gone meanwhile.
            html.Length = start;
        }
    }

    private static void Modules(StringBuilder html, FileVerification file, DeviceCodeModule[] modules)
    {
        if (modules.Length != file.Modules.Count || modules.Length == 0)
        {
            return;
        }

        // The worst first: that is what the page is opened for.
        int[] order = [.. Enumerable.Range(0, modules.Length).OrderBy(i => file.Targets.Min(target => target.Modules[i].IsGap ? -1 : (int)target.Modules[i].Coverage))];
        html.Append("<details><summary>").Append(Count(modules.Length, "module")).Append(" with images and kernels</summary><div>\n");
        var budget = new Budget();
        foreach (int i in order.Take(MostModules))
        {
            Module(html, file, modules[i], i, budget);
        }

        if (modules.Length > MostModules)
        {
            html.Append("<p>and ").Append(Number(modules.Length - MostModules)).Append(" more modules: <code>cudaarch inspect --resources</code> lists them.</p>\n");
        }

        html.Append("</div></details>\n");
    }

    private static void Module(StringBuilder html, FileVerification file, DeviceCodeModule module, int index, Budget budget)
    {
        html.Append("<details><summary>Module ").Append(Number(index + 1)).Append(" <span class=\"soft\">").Append(HtmlText.Escape(Place(module))).Append("</span>");
        foreach (TargetVerification target in file.Targets)
        {
            ModuleVerification answer = target.Modules[index];
            string reason = answer.ByDesign.Word() is { } word ? $" by design ({word})" : "";
            html.Append(" <span class=\"soft\">").Append(target.Target.RealName).Append(":</span> ").Append(HtmlText.Word(answer.Coverage)).Append(HtmlText.Escape(reason));
        }

        html.Append("</summary><div>\n");
        foreach (DeviceCodeImage image in module.Images)
        {
            Image(html, image, budget);
        }

        html.Append("</div></details>\n");
    }

    private static void Image(StringBuilder html, DeviceCodeImage image, Budget budget)
    {
        string name = $"{image.ArchitectureName} {(image.Kind is ImageKind.Ptx or ImageKind.LtoIr ? image.Kind.Word().ToUpperInvariant() : image.Kind.Word())}";
        html.Append("<details><summary>").Append(HtmlText.Escape(name)).Append(" <span class=\"soft\">").Append(Number(image.Size)).Append(" bytes")
            .Append(image.Compression == PayloadCompression.None ? "" : $", {Number(image.StoredSize)} stored").Append(image.IsDebug ? ", with debugging" : "").Append("</span></summary><div>\n");
        if (!budget.TakeBytes(image.Size))
        {
            html.Append("<p>Not unpacked for this page: <code>cudaarch inspect --resources</code> lists its kernels.</p>\n");
        }
        else if (image.ReadKernelDetails() is not { } kernels)
        {
            html.Append("<p>").Append(HtmlText.Escape(image.PayloadProblem?.Message ?? "This kind of image does not tell its kernels.")).Append("</p>\n");
        }
        else if (kernels.Count == 0)
        {
            html.Append("<p>It defines no kernel.</p>\n");
        }
        else
        {
            Kernels(html, name, kernels, budget);
        }

        html.Append("</div></details>\n");
    }

    private static void Kernels(StringBuilder html, string image, IReadOnlyList<KernelInfo> kernels, Budget budget)
    {
        int shown = budget.TakeKernels(kernels.Count);
        if (shown > 0 && kernels.All(kernel => kernel.Registers is null && kernel.StaticSharedMemory is null))
        {
            // What is not compiled yet has none of the columns.
            html.Append("<ul>\n");
            foreach (KernelInfo kernel in kernels.Take(shown))
            {
                html.Append("<li><code>").Append(HtmlText.Escape(KernelName.Display(kernel.Name))).Append("</code></li>\n");
            }

            html.Append("</ul>\n");
        }
        else if (shown > 0)
        {
            html.Append("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Kernels of ").Append(HtmlText.Escape(image))
                .Append("\"><table><thead><tr><th scope=\"col\">kernel</th><th scope=\"col\">registers a thread</th><th scope=\"col\">static shared memory, bytes a block</th></tr></thead>\n<tbody>\n");
            foreach (KernelInfo kernel in kernels.Take(shown))
            {
                html.Append("<tr><th scope=\"row\"><code>").Append(HtmlText.Escape(KernelName.Display(kernel.Name))).Append("</code></th><td>").Append(kernel.Registers is { } registers ? Number(registers) : "not told")
                    .Append("</td><td>").Append(kernel.StaticSharedMemory is { } shared ? Number(shared) : "not told").Append("</td></tr>\n");
            }

            html.Append("</tbody></table></div>\n");
        }

        if (shown < kernels.Count)
        {
            html.Append("<p>").Append(shown == 0 ? "" : "and ").Append(Count(kernels.Count - shown, shown == 0 ? "kernel" : "more kernel")).Append(": <code>cudaarch inspect --resources</code> lists them.</p>\n");
        }
    }

    private static string Place(DeviceCodeModule module) =>
        string.Format(CultureInfo.InvariantCulture, "{0}{1} at 0x{2:x}", module.Member is null ? "" : module.Member + ", ", module.Location, module.Offset);

    private static string Count(int count, string noun) => $"{Number(count)} {noun}{(count == 1 ? "" : "s")}";

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    // What a file may still take of the page.
    private sealed class Budget
    {
        private int _kernels = MostKernels;
        private long _bytes = MostBytes;

        public int TakeKernels(int wanted)
        {
            int given = Math.Min(wanted, _kernels);
            _kernels -= given;
            return given;
        }

        public bool TakeBytes(long wanted)
        {
            if (wanted > _bytes || _kernels == 0)
            {
                return false;
            }

            _bytes -= wanted;
            return true;
        }
    }
}
