using System.CommandLine;
using CudaArch.Architectures;
using CudaArch.Tool.Output;

namespace CudaArch.Tool.Commands;

/// <summary><c>cudaarch targets</c>: the architectures that can be asked for.</summary>
internal static class TargetsCommand
{
    /// <summary>What a user writes.</summary>
    public const string Name = "targets";

    /// <summary>What the help says of it.</summary>
    public const string Description = "List the CUDA architectures that can be a target.";

    /// <summary>The subcommand with all that it takes.</summary>
    /// <param name="console">The streams to use.</param>
    public static Command Create(ToolConsole console)
    {
        var command = new Command(Name, Description);
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
