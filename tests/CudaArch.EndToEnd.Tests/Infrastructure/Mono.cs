using System.Diagnostics;

namespace CudaArch.EndToEnd.Tests.Infrastructure;

/// <summary>Runs programs for .NET Framework.</summary>
internal static class Mono
{
    /// <summary>The program <c>mono</c>; null where there is none.</summary>
    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(folder => Path.Combine(folder, "mono")).FirstOrDefault(File.Exists);

    /// <summary>Runs a program.</summary>
    public static async Task<CommandResult> Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(Program!, [program, .. arguments]) { RedirectStandardOutput = true };

        // The small installation of mono has no netstandard.dll, which .NET Framework 4.7.2 brings; the SDK has one for projects of older ones.
        string sdk = (await Dotnet.Run(Workshop.Root, ["msbuild", Path.Combine(Fixtures.RepositoryRoot, "src", "CudaArch.Package", "CudaArch.Package.csproj"), "-getProperty:MSBuildExtensionsPath"])).Succeeded().Output.Trim();
        start.Environment["MONO_PATH"] = Path.Combine(sdk, "Microsoft", "Microsoft.NET.Build.Extensions", "net461", "lib");
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new CommandResult(process.ExitCode, output);
    }
}
