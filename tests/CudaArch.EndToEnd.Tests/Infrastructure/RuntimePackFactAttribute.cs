namespace CudaArch.EndToEnd.Tests.Infrastructure;

/// <summary>A test that publishes with the runtime, or as one file, for which the SDK asks for the runtime as well. Its package is not part of the SDK, so it is skipped on a machine that has not restored it.</summary>
public sealed class RuntimePackFactAttribute : FactAttribute
{
    private static readonly string Pack = Path.Combine(Workshop.MachinePackages, "microsoft.netcore.app.runtime.linux-x64", Environment.Version.ToString(3));

    public RuntimePackFactAttribute() =>
        Skip = Directory.Exists(Pack) ? null : $"Microsoft.NETCore.App.Runtime.linux-x64 {Environment.Version.ToString(3)} is not among this machine's packages; a self-contained publish of any project restores it.";
}
