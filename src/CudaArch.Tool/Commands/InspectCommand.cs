using System.CommandLine;
using System.Diagnostics.CodeAnalysis;
using CudaArch.DeviceCode;
using CudaArch.DeviceCode.Verification;
using CudaArch.Tool.Output;

namespace CudaArch.Tool.Commands;

/// <summary>How much <c>cudaarch inspect</c> shows.</summary>
internal enum KernelDetail
{
    /// <summary>No kernels: a file is read by its headers alone.</summary>
    None,

    /// <summary>The kernels' names: the first bytes of every image are unpacked.</summary>
    Names,

    /// <summary>The kernels with their registers and static shared memory: every cubin is unpacked as a whole.</summary>
    Resources,
}

/// <summary><c>cudaarch inspect</c>: the modules and images of files.</summary>
internal static class InspectCommand
{
    /// <summary>What a user writes.</summary>
    public const string Name = "inspect";

    /// <summary>What the help says of it.</summary>
    public const string Description = "Show the device code in files: modules, images, architectures.";

    /// <summary>The subcommand with all that it takes.</summary>
    /// <param name="console">The streams to use.</param>
    public static Command Create(ToolConsole console)
    {
        var files = new Argument<string[]>("file") { Description = "Libraries, programs, objects, archives, packages, loose fatbins, cubins or PTX.", Arity = ArgumentArity.OneOrMore };
        var kernels = new Option<bool>("--kernels") { Description = "List the kernels of every image." };
        var resources = new Option<bool>("--resources") { Description = "List the kernels with the registers of a thread and the static shared memory of a block. Takes longer than --kernels." };
        Option<string[]> kinds = CommonOptions.Kinds();
        var tree = new Option<bool>("--tree") { Description = "Show modules, images and kernels as a tree instead of a table." };
        var all = new Option<bool>("--all") { Description = "List every module, also of files with many." };
        Option<string> format = CommonOptions.Format();
        var command = new Command(Name, Description) { files, kernels, resources, kinds, tree, all, format };
        command.SetAction(parsed =>
        {
            KernelDetail detail = parsed.GetValue(resources) ? KernelDetail.Resources : parsed.GetValue(kernels) ? KernelDetail.Names : KernelDetail.None;
            var request = new Request(
                parsed.GetValue(files)!, detail, new DeviceCodeReaderOptions { Kinds = CommonOptions.ReadKinds(parsed, kinds) }, parsed.GetValue(tree), parsed.GetValue(all));
            return parsed.GetValue(format) == "json" ? RunJson(console, request) : RunText(console, request);
        });
        return command;
    }

    private sealed record Request(string[] Paths, KernelDetail Detail, DeviceCodeReaderOptions Options, bool IsTree, bool ListAll);

    private static int RunText(ToolConsole console, Request request)
    {
        int code = ExitCodes.Covered;
        foreach (string path in request.Paths)
        {
            console.Cancellation.ThrowIfCancellationRequested();
            if (!TryOpen(path, request.Options, out DeviceCodeFile? file, out Problem? failure))
            {
                console.Error.WriteLine(Message(path, failure));
                code = ExitCodes.Unreadable;
                continue;
            }

            using (file)
            {
                ReadKernels(console, file, request.Detail);
                if (request.IsTree)
                {
                    InspectTree.WriteFile(console, file, request.Detail, request.ListAll);
                }
                else
                {
                    InspectText.WriteFile(console, file, request.Detail, request.ListAll);
                }

                code = file.Problems.Count > 0 ? ExitCodes.Unreadable : code;
            }
        }

        return code;
    }

    private static int RunJson(ToolConsole console, Request request)
    {
        int code = ExitCodes.Covered;
        JsonAnswer.Write(console.Out, json =>
        {
            json.WriteStartArray("files");
            foreach (string path in request.Paths)
            {
                console.Cancellation.ThrowIfCancellationRequested();
                if (!TryOpen(path, request.Options, out DeviceCodeFile? file, out Problem? failure))
                {
                    console.Error.WriteLine(Message(path, failure));
                    InspectJson.WriteUnreadable(json, path, SizeOf(path), failure);
                    code = ExitCodes.Unreadable;
                    continue;
                }

                using (file)
                {
                    ReadKernels(console, file, request.Detail);
                    InspectJson.WriteFile(json, file, request.Detail, console.Cancellation);
                    code = file.Problems.Count > 0 ? ExitCodes.Unreadable : code;
                }
            }

            json.WriteEndArray();
        });
        return code;
    }

    // On all cores, before the first line is written.
    private static void ReadKernels(ToolConsole console, DeviceCodeFile file, KernelDetail detail)
    {
        if (detail == KernelDetail.Names)
        {
            file.ReadAllKernels(console.Cancellation);
        }
    }

    private static bool TryOpen(string path, DeviceCodeReaderOptions options, [NotNullWhen(true)] out DeviceCodeFile? file, [NotNullWhen(false)] out Problem? failure)
    {
        try
        {
            file = DeviceCodeReader.Open(path, options);
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
