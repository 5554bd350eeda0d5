using System.CommandLine;
using CudaArch.Architectures;
using CudaArch.Tool.Output;

namespace CudaArch.Tool.Commands;

/// <summary><c>cudaarch targets</c>: the architectures that can be asked for.</summary>
internal static class TargetsCommand
{
    public static Command Create(ToolConsole console)
    {
        var command = new Command("targets", "List the CUDA architectures that can be a target.");
        command.SetAction(_ => Run(console));
        return command;
    }

    private static int Run(ToolConsole console)
    {
        var table = new TextTable("target", "compute capability", "GPUs", "suffixes", "family", "first PTX", "shared memory per block");
        foreach (ArchitectureInfo info in ArchitectureCatalog.All)
        {
            string suffixes = (info.FirstArchitectureSpecificPtxVersion is null ? "" : "a") + (info.FirstFamilySpecificPtxVersion is null ? "" : " f");
            string name = info.Architecture == ArchitectureCatalog.DefaultTarget ? info.Architecture + " (default)" : info.Architecture.ToString();
            table.Add(name, info.Architecture.ComputeCapability, info.Products, suffixes.Trim(), info.Family ?? "", info.FirstPtxVersion.ToString(), $"{info.SharedMemoryPerBlock / 1024} KB");
        }

        table.Write(console);
        return ExitCodes.Covered;
    }
}
