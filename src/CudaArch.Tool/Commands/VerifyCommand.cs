using System.CommandLine;
using CudaArch.Architectures;
using CudaArch.DeviceCode;
using CudaArch.DeviceCode.Verification;
using CudaArch.Ptx;
using CudaArch.Rules;
using CudaArch.Tool.Inputs;
using CudaArch.Tool.Output;

namespace CudaArch.Tool.Commands;

/// <summary><c>cudaarch verify</c>: whether files cover targets.</summary>
internal static class VerifyCommand
{
    public static Command Create(ToolConsole console)
    {
        var paths = new Argument<string[]>("path") { Description = "Files or packages to verify, or folders in which to look for them.", Arity = ArgumentArity.OneOrMore };
        Option<string[]> targets = CommonOptions.Targets();
        var identifiers = new Option<string[]>("--rid", "-r")
        {
            Description = "In folders, take only the files of runtimes/<rid> that serve this runtime identifier; may be given several times. Default: all.",
            HelpName = "rid",
        };
        var failOn = new Option<string>("--fail-on")
        {
            Description = "The gaps that make the exit code 1: none (nothing runs), partial (some of it does not run), jit (all that is not native).",
            DefaultValueFactory = _ => "partial",
            HelpName = "none|partial|jit",
        };
        failOn.AcceptOnlyFromAmong("none", "partial", "jit");
        Option<string> format = CommonOptions.Format();
        var output = new Option<string?>("--output", "-o") { Description = "Write the answer to this file instead of the terminal.", HelpName = "file" };
        var driver = new Option<string?>("--driver")
        {
            Description = "The oldest driver in use, as a branch (580) or the CUDA version that it shows (13.0): newer PTX is not compiled by it. Default: not known, none is too new.",
            HelpName = "version",
        };
        var verbose = new Option<bool>("--verbose", "-v") { Description = "List the modules that need not run on a target, with the reason." };

        var command = new Command("verify", "Check that the device code in files covers targets. Exit code 0: covered, 1: gaps, 2: usage, 3: a file could not be read.")
        {
            paths, targets, identifiers, failOn, format, output, driver, verbose,
        };
        command.SetAction(parsed => Run(console, new Request(
            parsed.GetValue(paths)!,
            CommonOptions.ReadTargets(parsed, targets),
            parsed.GetValue(identifiers) ?? [],
            Threshold(parsed.GetValue(failOn)!),
            parsed.GetValue(format)!,
            parsed.GetValue(output),
            Driver(parsed.GetValue(driver)),
            parsed.GetValue(verbose))));
        return command;
    }

    private sealed record Request(
        string[] Paths, IReadOnlyList<SmArchitecture> Targets, string[] RuntimeIdentifiers, FileCoverage FailOn, string Format, string? OutputFile,
        PtxVersion? DriverVersion, bool IsVerbose);

    private static int Run(ToolConsole console, Request request)
    {
        if (request.OutputFile is null)
        {
            return Write(console, request).ExitCode(request.FailOn);
        }

        VerifySummary summary;
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(request.OutputFile)) is { } folder)
            {
                Directory.CreateDirectory(folder);
            }

            using var writer = new StreamWriter(request.OutputFile);
            summary = Write(console with { Out = writer, IsTerminal = false }, request);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new UsageException($"--output: '{request.OutputFile}' cannot be written: {e.Message}");
        }

        foreach (string line in summary.Lines())
        {
            console.Out.WriteLine(line);
        }

        return summary.ExitCode(request.FailOn);
    }

    private static VerifySummary Write(ToolConsole console, Request request)
    {
        var options = new VerificationOptions { GapsAreErrors = ContinuousIntegration.IsDetected(console.Environment), DriverVersion = request.DriverVersion };
        var summary = new VerifySummary(request.Targets);

        // Verified on all cores, answered in the order of the files. Named files are always answered for, others when they are native.
        var walker = new FileWalker(request.RuntimeIdentifiers);
        IEnumerable<FoundResult> files = walker.Walk(request.Paths)
            .AsParallel().AsOrdered().WithCancellation(console.Cancellation).WithMergeOptions(ParallelMergeOptions.NotBuffered)
            .SelectMany(file => Verifier.VerifyEach(file.Input, request.Targets, walker.DescribeMember, options, console.Cancellation)
                .Select(result => new FoundResult(result, file.IsNamed && ReferenceEquals(result.Input, file.Input))))
            .AsSequential()
            .Where(file => file.IsNamed || !file.Result.IsNotNative)
            .Select(file => file with { Result = summary.Add(file.Result) });
        if (request.Format == "json")
        {
            VerifyJson.Write(console.Out, request.Targets, files, summary);
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

    private static PtxVersion? Driver(string? text) =>
        text is null ? null
        : PtxVersions.TryParseDriver(text, out PtxVersion version) ? version
        : throw new UsageException($"--driver: '{text}' is no driver branch or CUDA version since 11.0; write it like 580 or 13.0.");

    private static FileCoverage Threshold(string word) => word switch
    {
        "none" => FileCoverage.None,
        "partial" => FileCoverage.Partial,
        _ => FileCoverage.JitFallback,
    };
}
