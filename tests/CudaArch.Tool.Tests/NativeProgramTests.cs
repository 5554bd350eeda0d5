using System.Diagnostics;
using CudaArch.Testing;

namespace CudaArch.Tool.Tests;

/// <summary>The command as one native program: it answers as the .NET tool does, and needs nothing on the machine.</summary>
public class NativeProgramTests
{
    // A program with this header is started by the dynamic linker that it names, and has libraries to load.
    private const int Interpreter = 3;

    [NativeFact]
    public async Task It_answers_as_the_tool_does_and_needs_no_library()
    {
        using var folder = new TemporaryFolder();

        // Outside the folders of this build, which another runtime identifier would upset.
        (int code, string log) = await Run(
            Fixtures.RepositoryRoot, "dotnet", "publish", "src/CudaArch.Tool", "-c", "Release", "-r", "linux-x64", "-p:CudaArchNative=true", "--artifacts-path", folder.Path + "/artifacts", "-o", folder.Path + "/out");
        Assert.True(code == 0, log);
        string program = folder.Path + "/out/cudaarch";

        Assert.DoesNotContain(Interpreter, ProgramHeaders(await File.ReadAllBytesAsync(program)));

        string cache = folder.Path + "/cache";
        foreach (string[] arguments in new[]
        {
            ["verify", ".", "--no-cache", "--format", "json"], ["verify", ".", "--cache", cache, "--format", "sarif"], ["verify", ".", "--cache", cache, "--format", "html"],
            ["verify", ".", "--no-cache", "--target", "sm_90", "--target", "sm_100f"], ["inspect", "zstd.so", "--resources", "--tree"], ["inspect", "--kernels", "--format", "json", "zstd.so", "vector.fatbin"],
            ["diff", "native_121.so", "jit_80.so"], ["features", "tcgen05", "--target", "sm_121"], ["targets"], ["explain", "CUDA2001"], ["completion", "bash"], ["--help"], ["verify"], new[] { "verify", "missing.so" },
        })
        {
            CommandRun tool = await CommandRun.InProcess(Fixtures.PathOf("native"), arguments), native = await CommandRun.OfProgram(Fixtures.PathOf("native"), program, arguments);
            Assert.Equal(tool.Transcript, native.Transcript);
        }
    }

    // The types of the program headers of a 64-bit ELF file: their table's place, entry size and count are in its header.
    private static IEnumerable<int> ProgramHeaders(byte[] elf) =>
        Enumerable.Range(0, BitConverter.ToUInt16(elf, 56)).Select(i => BitConverter.ToInt32(elf, (int)BitConverter.ToInt64(elf, 32) + (i * BitConverter.ToUInt16(elf, 54))));

    private static async Task<(int Code, string Log)> Run(string folder, string command, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(command, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await error);
    }
}
