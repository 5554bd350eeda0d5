using System.Runtime.InteropServices;
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
        using var interrupt = new CancellationTokenSource();

        // The command ends by itself, without a half-written report; asked again, it ends at once. Console.CancelKeyPress would set up the terminal first.
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = !interrupt.IsCancellationRequested;
            interrupt.Cancel();
        }

        using PosixSignalRegistration interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop), terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        ToolConsole console = ToolConsole.OfProcess(interrupt.Token);
        int exitCode = CudaArchCommand.Run(args, console);
        console.Out.Flush();
        return exitCode;
    }
}
