using CudaArch.Tool.Commands;

namespace CudaArch.Tool;

/// <summary>The entry point of <c>cudaarch</c>.</summary>
public static class Program
{
    /// <summary>Runs the command on the process's own streams.</summary>
    /// <param name="args">As the shell gave them.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static int Main(string[] args)
    {
        using var interruption = new Interruption();
        ToolConsole console = ToolConsole.OfProcess(interruption);
        int exitCode = CudaArchCommand.Run(args, console);
        console.Out.Flush();
        return exitCode;
    }
}
