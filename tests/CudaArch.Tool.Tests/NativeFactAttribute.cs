namespace CudaArch.Tool.Tests;

/// <summary>A test that compiles to native code. That takes a linker, and the compiler's package, which is not part of the SDK: it is skipped on a machine that has no linker or has not restored the package.</summary>
public sealed class NativeFactAttribute : FactAttribute
{
    private static readonly string Packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    public NativeFactAttribute() => Skip =
        !OperatingSystem.IsLinux() || System.Runtime.InteropServices.RuntimeInformation.OSArchitecture != System.Runtime.InteropServices.Architecture.X64 ? "Linux on x86-64 is needed."
        : !IsOnPath("clang") && !IsOnPath("gcc") || !IsOnPath("objcopy") ? "Needs clang or gcc, and objcopy."
        : !Directory.Exists(Path.Combine(Packages, "runtime.linux-x64.microsoft.dotnet.ilcompiler")) ? "The native compiler's package is not among this machine's packages; a native publish of any project restores it."
        : null;

    private static bool IsOnPath(string command) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, command)));
}
