using System.Diagnostics;
using System.Text;

namespace CudaArch.EndToEnd.Tests.Infrastructure;

/// <summary>Runs the SDK as a user does, without what this test run itself has put into the environment.</summary>
public static class Dotnet
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly string CompilerServer = $"cudaarch-e2e-{Environment.ProcessId}";

    private static string Host => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>Runs <c>dotnet</c>.</summary>
    /// <param name="folder">The working folder.</param>
    /// <param name="arguments">The arguments, not quoted.</param>
    /// <param name="environment">Further variables.</param>
    public static async Task<CommandResult> Run(string folder, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(Host, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };

        // The build server and the runner of these tests leave variables that change what a build does.
        string[] foreign = [.. start.Environment.Keys.Where(name => name is "CI" or "TF_BUILD" || name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || name.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase))];
        foreach (string name in foreign)
        {
            start.Environment.Remove(name);
        }

        // Nodes that outlive the command would keep its output open. A compiler that outlives it saves two thirds of the time; it belongs to this run alone.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["SharedCompilationId"] = CompilerServer;
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";

        // What an earlier run found must not answer for this one.
        start.Environment["CUDAARCH_CACHE_DIRECTORY"] = Path.Combine(Workshop.Root, "cache");
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        var output = new StringBuilder();
        process.OutputDataReceived += (_, line) => Append(output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(output, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        using var timeout = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"dotnet {string.Join(' ', start.ArgumentList)} took longer than {Patience}:\n{output}");
        }

        return new CommandResult(process.ExitCode, output.ToString());
    }

    /// <summary>Ends the compiler of this run.</summary>
    /// <param name="roslyn">The SDK's folder for the compiler.</param>
    public static void StopCompiler(string roslyn)
    {
        using Process? process = Process.Start(Host, [Path.Combine(roslyn, "bincore", "VBCSCompiler.dll"), "-pipename:" + CompilerServer, "-shutdown"]);
        process?.WaitForExit(TimeSpan.FromSeconds(10));
    }

    private static void Append(StringBuilder output, string? line)
    {
        if (line is not null)
        {
            lock (output)
            {
                output.Append(line).Append('\n');
            }
        }
    }
}
