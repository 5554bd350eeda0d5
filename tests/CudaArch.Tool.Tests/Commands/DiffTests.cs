using System.IO.Compression;
using CudaArch.Testing;

namespace CudaArch.Tool.Tests.Commands;

public class DiffTests
{
    [Fact]
    public void An_update_that_loses_is_told_from_one_that_wins()
    {
        CommandRun loss = CommandRun.Of("diff", "native/native_121.so", "native/none_86.so"), gain = CommandRun.Of("diff", "native/none_86.so", "native/native_121.so");
        Assert.Equal(
            "- sm_121: Native -> None; loses 3 kernels: scale<double>, scale<float>, vector_add\n0 of 1 file with device code unchanged.\n", loss.Output);
        Assert.Equal(ExitCodes.Gaps, loss.ExitCode);
        Assert.StartsWith("+ sm_121: None -> Native; gains 3 kernels: ", gain.Output);
        Assert.Equal(ExitCodes.Covered, gain.ExitCode);
    }

    [Fact]
    public void The_same_file_is_unchanged()
    {
        CommandRun run = CommandRun.Of("diff", "native/partial.so", "native/partial.so");
        Assert.Equal("1 of 1 file with device code unchanged.\n", run.Output);
        Assert.Equal(ExitCodes.Covered, run.ExitCode);
    }

    [Fact]
    public void To_fall_back_to_compilation_is_a_loss() => Assert.Equal(ExitCodes.Gaps, CommandRun.Of("diff", "native/native_121.so", "native/jit_80.so").ExitCode);

    [Fact]
    public void Without_PTX_only_what_runs_without_compilation_counts()
    {
        CommandRun run = CommandRun.Of("diff", "native/native_121.so", "native/jit_80.so", "--kind", "cubin");
        Assert.StartsWith("- sm_121: Native -> None; loses 3 kernels: ", run.Output);
    }

    [Fact]
    public Task Packages_are_compared_library_by_library()
    {
        using var folder = new TemporaryFolder();
        string old = Package(folder, "old/demo.nupkg", ("runtimes/linux-x64/native/liba.so", "native_121"), ("runtimes/linux-arm64/native/liba.so", "arm64_native_121"), ("lib/gone.so", "native_121"));
        string @new = Package(folder, "new/demo.nupkg", ("runtimes/linux-x64/native/liba.so", "none_86"), ("runtimes/linux-arm64/native/liba.so", "arm64_native_121"), ("lib/added.so", "jit_80"));
        return Verifier.Verify(CommandRun.Of("diff", old, @new, "--target", "sm_121", "--target", "sm_86").Transcript);
    }

    [Fact]
    public void Folders_are_compared_by_the_paths_below_them()
    {
        using var folder = new TemporaryFolder();
        folder.Copy("old/a/libx.so", "native/native_121.so");
        folder.Copy("new/a/libx.so", "native/native_121.so");
        folder.Write("new/readme.md", "# no code");
        CommandRun run = CommandRun.Of("diff", folder.Path + "/old", folder.Path + "/new");
        Assert.Equal("1 of 1 file with device code unchanged.\n", run.Output);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_named()
    {
        using var folder = new TemporaryFolder();
        string cut = folder.Write("cut.so", File.ReadAllBytes("native/native_121.so")[..100]);
        CommandRun run = CommandRun.Of("diff", "native/native_121.so", cut);
        Assert.Equal(ExitCodes.Unreadable, run.ExitCode);
        Assert.Contains("cut.so", run.Error);
    }

    private static string Package(TemporaryFolder folder, string name, params (string Path, string Fixture)[] files)
    {
        string path = folder.Write(name, []);
        using ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Update);
        foreach ((string member, string fixture) in files)
        {
            zip.CreateEntryFromFile($"native/{fixture}.so", member);
        }

        return path;
    }
}
