using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using CudaArch.DeviceCode;
using CudaArch.DeviceCode.Verification;
using CudaArch.Tool.Output;

namespace CudaArch.Tool.Commands;

/// <summary><c>cudaarch inspect</c>: the modules and images of files.</summary>
internal static class InspectCommand
{
    public static Command Create(ToolConsole console)
    {
        var files = new Argument<string[]>("file") { Description = "Libraries, programs, objects, archives, packages, loose fatbins, cubins or PTX.", Arity = ArgumentArity.OneOrMore };
        var kernels = new Option<bool>("--kernels") { Description = "List the kernels of every image." };
        var all = new Option<bool>("--all") { Description = "List every module, also of files with many." };
        Option<string> format = CommonOptions.Format();
        var command = new Command("inspect", "Show the device code in files: modules, images, architectures.") { files, kernels, all, format };
        command.SetAction(parsed =>
        {
            string[] paths = parsed.GetValue(files)!;
            bool withKernels = parsed.GetValue(kernels);
            return parsed.GetValue(format) == "json" ? RunJson(console, paths, withKernels) : RunText(console, paths, withKernels, parsed.GetValue(all));
        });
        return command;
    }

    private static int RunText(ToolConsole console, string[] paths, bool withKernels, bool listAll)
    {
        int code = ExitCodes.Covered;
        foreach (string path in paths)
        {
            console.Cancellation.ThrowIfCancellationRequested();
            if (!TryOpen(path, out DeviceCodeFile? file, out Problem? failure))
            {
                console.Error.WriteLine(Message(path, failure));
                code = ExitCodes.Unreadable;
                continue;
            }

            using (file)
            {
                InspectText.WriteFile(console, file, withKernels, listAll);
                code = file.Problems.Count > 0 ? ExitCodes.Unreadable : code;
            }
        }

        return code;
    }

    private static int RunJson(ToolConsole console, string[] paths, bool withKernels)
    {
        int code = ExitCodes.Covered;
        JsonAnswer.Write(console.Out, json =>
        {
            json.WriteStartArray("files");
            foreach (string path in paths)
            {
                console.Cancellation.ThrowIfCancellationRequested();
                if (!TryOpen(path, out DeviceCodeFile? file, out Problem? failure))
                {
                    console.Error.WriteLine(Message(path, failure));
                    InspectJson.WriteUnreadable(json, path, SizeOf(path), failure);
                    code = ExitCodes.Unreadable;
                    continue;
                }

                using (file)
                {
                    InspectJson.WriteFile(json, file, withKernels);
                    code = file.Problems.Count > 0 ? ExitCodes.Unreadable : code;
                }
            }

            json.WriteEndArray();
        });
        return code;
    }

    private static bool TryOpen(string path, [NotNullWhen(true)] out DeviceCodeFile? file, [NotNullWhen(false)] out Problem? failure)
    {
        try
        {
            file = DeviceCodeReader.Open(path);
            failure = null;
            return true;
        }
        catch (Exception e) when (ReadFailure.Of(e, path) is { } read)
        {
            file = null;
            failure = read;
            return false;
        }
    }

    private static long SizeOf(string path) => File.Exists(path) ? new FileInfo(path).Length : 0;

    private static string Message(string path, Problem failure) => Printable.Text($"cudaarch: {path}: {failure.Message}");
}
