namespace CudaArch.EndToEnd.Tests.Infrastructure;

/// <summary>A test that publishes a native program. Left out, with the reason, where the compiler for that, or a linker, is missing.</summary>
public sealed class NativeAotFactAttribute : FactAttribute
{
    /// <summary>Takes the test in where both are found.</summary>
    public NativeAotFactAttribute()
    {
        string compiler = Path.Combine(Workshop.MachinePackages, "runtime.linux-x64.microsoft.dotnet.ilcompiler", Environment.Version.ToString(3));
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        Skip = !Directory.Exists(compiler) ? $"runtime.linux-x64.Microsoft.DotNet.ILCompiler {Environment.Version.ToString(3)} is not among this machine's packages; a NativeAOT publish of any project restores it."
            : !new[] { "clang", "gcc" }.Any(linker => folders.Any(folder => File.Exists(Path.Combine(folder, linker)))) ? "There is no clang or gcc, with which NativeAOT links."
            : null;
    }
}
