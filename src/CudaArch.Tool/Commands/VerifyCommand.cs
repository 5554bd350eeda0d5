using System.CommandLine;
using CudaArch.Architectures;
using CudaArch.DeviceCode;
using CudaArch.DeviceCode.Caching;
using CudaArch.DeviceCode.Reports;
using CudaArch.DeviceCode.Verification;
using CudaArch.Rules;
using CudaArch.Tool.Inputs;
using CudaArch.Tool.Output;

namespace CudaArch.Tool.Commands;

/// <summary><c>cudaarch verify</c>: whether files cover targets.</summary>
internal static class VerifyCommand
{
    /// <summary>What a user writes.</summary>
    public const string Name = "verify";

    /// <summary>What the help says of it.</summary>
    public const string Description = "Check that the device code in files covers targets. Exit code 0: covered, 1: gaps, 2: usage, 3: a file could not be read.";

    /// <summary>The subcommand with all that it takes.</summary>
    /// <param name="console">The streams to use.</param>
    public static Command Create(ToolConsole console)
    {
        var paths = new Argument<string[]>("path") { Description = "Files or packages to verify, folders in which to look for them, or a project's obj/project.assets.json for the native files of its packages.", Arity = ArgumentArity.OneOrMore };
        Option<string[]> targets = CommonOptions.Targets();
        var identifiers = new Option<string[]>("--rid", "-r")
        {
            Description = "In folders and packages, take only the files of runtimes/<rid> that serve this runtime identifier; may be given several times. Default: all.",
            HelpName = "rid",
        };
        Option<string> failOn = CommonOptions.FailOn();
        Option<string> format = CommonOptions.ReportFormat();
        Option<string?> output = CommonOptions.Output();
        Option<string?> driver = CommonOptions.Driver();
        var shard = new Option<string>("--shard")
        {
            Description = "Verify only this part of the files, such as 2/4 on the second of four machines; 'cudaarch merge' joins the JSON answers.",
            DefaultValueFactory = _ => "1/1",
            HelpName = "i/n",
        };
        var cache = new Option<string?>("--cache")
        {
            Description = "Keep what was found in files in this folder, so that a scan which was interrupted, or is repeated, goes on where it was. Default: the folder that builds use.",
            HelpName = "folder",
        };
        var noCache = new Option<bool>("--no-cache") { Description = "Read every file, and keep nothing." };
        var verbose = new Option<bool>("--verbose", "-v") { Description = "List the modules that need not run on a target, with the reason." };

        var command = new Command(Name, Description)
        {
            paths, targets, identifiers, failOn, format, output, driver, shard, cache, noCache, verbose,
        };
        command.SetAction(parsed => Run(console, new Request(
            parsed.GetValue(paths)!,
            CommonOptions.ReadTargets(parsed, targets),
            parsed.GetValue(identifiers) ?? [],
            CommonOptions.ReadFailOn(parsed, failOn),
            parsed.GetValue(format)!,
            parsed.GetValue(output),
            CommonOptions.ReadDriver(parsed, driver),
            Shard.Parse(parsed.GetValue(shard)!),
            parsed.GetValue(noCache) ? null : parsed.GetValue(cache) is { Length: > 0 } folder ? Path.GetFullPath(folder) : CacheLocation.Of(console.Environment),
            parsed.GetValue(verbose))));
        return command;
    }

    private sealed record Request(
        string[] Paths, IReadOnlyList<SmArchitecture> Targets, string[] RuntimeIdentifiers, FileCoverage FailOn, string Format, string? OutputFile,
        PtxVersion? DriverVersion, Shard Shard, string? CacheFolder, bool IsVerbose);

    private static int Run(ToolConsole console, Request request)
    {
        if (request.OutputFile is null)
        {
            return Write(console, request).ExitCode(request.FailOn);
        }

        VerifySummary? summary = null;
        OutputFile.Write(request.OutputFile, writer => summary = Write(console with { Out = writer, IsTerminal = false }, request));
        foreach (string line in summary!.Lines())
        {
            console.Out.WriteLine(line);
        }

        return summary.ExitCode(request.FailOn);
    }

    private static VerifySummary Write(ToolConsole console, Request request)
    {
        var options = new VerificationOptions
        {
            GapsAreErrors = ContinuousIntegration.IsDetected(console.Environment),
            DriverVersion = request.DriverVersion,
            Cache = request.CacheFolder is { } folder ? new VerificationCache(folder) : null,
        };
        var summary = new VerifySummary(request.Targets);

        IReadOnlyList<FoundResult> files = [.. Verify(console, request, options).Select(file => file with { Result = summary.Add(file.Result) })];
        if (request.Format == "json")
        {
            JsonReport.Write(console.Out, request.Targets, files.Select(file => file.Result));
        }
        else if (request.Format != "text")
        {
            VerifyReport.Write(console.Out, request.Format, request.Targets, files);
        }
        else
        {
            VerifyText.Write(console, request.Targets, files, summary, request.IsVerbose);
        }

        foreach (FileVerification file in summary.Unreadable)
        {
            console.Error.WriteLine(Printable.Text($"cudaarch: {file.Input.DisplayName}: {file.Problems[0]}"));
        }

        if (summary.WithDeviceCode == 0 && summary.Unreadable.Count == 0)
        {
            console.Error.WriteLine(Printable.Text($"cudaarch: no device code found in {string.Join(", ", request.Paths)}."));
        }

        return summary;
    }

    // Verified on all cores, answered in the order of the files. Named files are always answered for, others when they are native.
    private static IReadOnlyList<FoundResult> Verify(ToolConsole console, Request request, VerificationOptions options)
    {
        var walker = new FileWalker(request.RuntimeIdentifiers, request.Shard);
        VerificationOptions unwanted = options with { ReadKernels = false };
        var found = new List<FoundResult>();
        using (var progress = new Progress(console))
        {
            foreach (FoundResult file in walker.Walk(request.Paths)
                .AsParallel().AsOrdered().WithCancellation(console.Cancellation).WithMergeOptions(ParallelMergeOptions.NotBuffered)
                .SelectMany(file => Verifier.VerifyEach(file.Input, request.Targets, FileWalker.DescribeMember, file.IsWanted ? options : unwanted, console.Cancellation)
                    .Select(result => ReferenceEquals(result.Input, file.Input)
                        ? new FoundResult(result, file.IsNamed, file.IsWanted)
                        : new FoundResult(result, IsNamed: false, file.IsWanted && walker.IsWanted(result.Input))))
                .AsSequential()
                .Where(file => file.IsNamed || !file.Result.IsNotNative))
            {
                found.Add(file);
                progress.Report(found.Count);
            }
        }

        return HostFindings.Add(found, walker.Elsewhere, request.Targets, Hosts(request), options);
    }

    // Those that were asked for; else those that the projects are restored for.
    private static IReadOnlyCollection<string> Hosts(Request request)
    {
        if (request.RuntimeIdentifiers.Length > 0)
        {
            return request.RuntimeIdentifiers;
        }

        IReadOnlyList<string>[] ofProjects = [.. request.Paths.Select(path => FileWalker.IsAssetsFile(path) ? AssetsFile.ReadRuntimeIdentifiers(path) : [])];
        return ofProjects.All(identifiers => identifiers.Count > 0) ? [.. ofProjects.SelectMany(identifiers => identifiers).Distinct(StringComparer.OrdinalIgnoreCase)] : [];
    }
}
