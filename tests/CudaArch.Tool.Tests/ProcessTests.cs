using System.Diagnostics;
using CudaArch.Testing;

namespace CudaArch.Tool.Tests;

/// <summary>The command as a process of its own, as a script starts it.</summary>
public class ProcessTests
{
    [Fact]
    public async Task Answers_on_its_streams_and_by_its_exit_code()
    {
        CommandRun run = await CommandRun.InProcess(Fixtures.Root, "verify", "native/none_86.so");
        Assert.Equal(ExitCodes.Gaps, run.ExitCode);
        Assert.Contains("warning CUDA2001: ", run.Output);
        Assert.Empty(run.Error);
    }

    [Fact]
    public async Task Says_what_was_wrong_with_the_command_line()
    {
        CommandRun run = await CommandRun.InProcess(Fixtures.Root, "verify");
        Assert.Equal(ExitCodes.Usage, run.ExitCode);
        Assert.Empty(run.Output);
        Assert.StartsWith("cudaarch: ", run.Error);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_signal_ends_it_with_130_and_leaves_no_half_report(string name)
    {
        using var folder = new TemporaryFolder();
        string library = Fixtures.PathOf("native/zstd.so"), report = folder.Path + "/report.json";
        Directory.CreateDirectory(folder.Path + "/libraries");
        for (int i = 0; i < 4000; i++)
        {
            File.CreateSymbolicLink($"{folder.Path}/libraries/lib{i}.so", library);
        }

        CommandRun run = await CommandRun.InProcess(folder.Path, InterruptOnceBegun, "verify", "libraries", "--format", "json", "--output", report);

        async Task InterruptOnceBegun(Process process)
        {
            while (!File.Exists(report + ".part") && !process.HasExited)
            {
                await Task.Delay(10);
            }

            await Process.Start("kill", ["-" + name, $"{process.Id}"])!.WaitForExitAsync();
        }

        if (name == "INT" && IsInterruptIgnored())
        {
            // Who starts a command in the background tells it, and this process before it, to pass over Ctrl+C.
            Assert.Equal((ExitCodes.Covered, ""), (run.ExitCode, run.Error));
            return;
        }

        Assert.Equal((ExitCodes.Interrupted, "cudaarch: stopped.\n"), (run.ExitCode, run.Error));
        Assert.Equal([folder.Path + "/libraries"], Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task Pipes_in_a_folder_are_passed_over()
    {
        using var folder = new TemporaryFolder();
        folder.Copy("libx.so", Fixtures.PathOf("native/native_121.so"));
        await Process.Start("mkfifo", [folder.Path + "/pipe.so"])!.WaitForExitAsync();
        File.CreateSymbolicLink(folder.Path + "/link.so", folder.Path + "/pipe.so");
        File.CreateSymbolicLink(folder.Path + "/alias.so", folder.Path + "/libx.so");
        CommandRun run = await CommandRun.InProcess(folder.Path, "verify", ".");
        Assert.Equal(ExitCodes.Covered, run.ExitCode);
        Assert.Contains("2 files, 2 with device code.", run.Output);
    }

    // Bit 1 of the mask is signal 2.
    private static bool IsInterruptIgnored() =>
        File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith("SigIgn:", StringComparison.Ordinal)) is { } line && (Convert.ToUInt64(line.Split('\t')[1], 16) & 2) != 0;
}
