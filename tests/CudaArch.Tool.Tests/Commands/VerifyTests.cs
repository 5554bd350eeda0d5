using System.IO.Compression;
using System.Text.Json;
using CudaArch.Testing;

namespace CudaArch.Tool.Tests.Commands;

public class VerifyTests
{
    private static string Native(string name) => "native/" + name;

    [Fact]
    public Task Text() => Verifier.Verify(CommandRun.Of("verify", Native("native_121.so"), Native("jit_80.so"), Native("partial.so"), Native("none_86.so"), Native("no_device_code.so")).Transcript);

    [Fact]
    public Task Text_for_several_targets() => Verifier.Verify(CommandRun.Of("verify", "-t", "sm_90;sm_120", "-t", "12.1", Native("jit_100.so"), Native("arch_120a.so")).Transcript);

    [Fact]
    public Task Text_in_a_terminal() => Verifier.Verify(CommandRun.Of(CommandRun.Terminal, "verify", Native("native_121.so"), Native("jit_80.so"), Native("none_86.so")).Transcript);

    [Fact]
    public Task Json() => Verifier.Verify(CommandRun.Of("verify", "--format", "json", "-t", "sm_121", "-t", "sm_90", Native("partial.so"), Native("native_121.so")).Output, extension: "json");

    [Theory]
    [InlineData("markdown", "native/none_86.so", "CUDA2001")]
    [InlineData("html", "<!DOCTYPE html>", "CUDA2001")]
    public void Reports_tell_the_file_and_the_rule(string format, string head, string rule)
    {
        CommandRun run = CommandRun.Of("verify", "--format", format, Native("none_86.so"));
        Assert.Contains(head, run.Output, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(rule, run.Output);
        Assert.Equal(ExitCodes.Gaps, run.ExitCode);
    }

    [Fact]
    public void Sarif_is_what_code_scanning_reads()
    {
        using JsonDocument log = JsonDocument.Parse(CommandRun.Of(CommandRun.BuildServer, "verify", "--format", "sarif", Native("none_86.so"), Native("native_121.so")).Output);
        Assert.Equal("2.1.0", log.RootElement.GetProperty("version").GetString());
        JsonElement result = Assert.Single(log.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray());
        Assert.Equal(("CUDA2001", "error"), (result.GetProperty("ruleId").GetString(), result.GetProperty("level").GetString()));
    }

    [Fact]
    public void Each_library_in_a_package_has_a_coverage_of_its_own()
    {
        using var folder = new TemporaryFolder();
        string package = Path.Combine(folder.Path, "Demo.1.0.0.nupkg");
        using (ZipArchive zip = ZipFile.Open(package, ZipArchiveMode.Create))
        {
            using (var nuspec = new StreamWriter(zip.CreateEntry("Demo.nuspec").Open()))
            {
                nuspec.Write("<package><metadata><id>Demo</id><version>1.0.0</version></metadata></package>");
            }

            zip.CreateEntryFromFile(Native("arm64_native_121.so"), "runtimes/linux-arm64/native/libdemo.so");
            zip.CreateEntryFromFile(Native("none_86.so"), "runtimes/linux-x64/native/libdemo.so");
        }

        CommandRun all = CommandRun.Of("verify", "--format", "json", folder.Path), spark = CommandRun.Of("verify", "--rid", "linux-arm64", package);

        JsonElement[] files = [.. JsonDocument.Parse(all.Output).RootElement.GetProperty("files").EnumerateArray()];
        Assert.Equal(
            [("linux-arm64", "Native", "Demo"), ("linux-x64", "None", "Demo")],
            files.Select(file => (file.GetProperty("rid").GetString()!, file.GetProperty("coverage").GetProperty("sm_121").GetString()!, file.GetProperty("package").GetProperty("id").GetString()!)));
        Assert.Equal(package + "/runtimes/linux-x64/native/libdemo.so", files[1].GetProperty("path").GetString());
        Assert.Equal((ExitCodes.Gaps, ExitCodes.Covered), (all.ExitCode, spark.ExitCode));
    }

    [Fact]
    public void No_colour_without_a_terminal_or_when_it_is_not_wanted()
    {
        Assert.Contains('\e', CommandRun.Of(CommandRun.Terminal, "verify", Native("none_86.so")).Output);
        Assert.DoesNotContain('\e', CommandRun.Of("verify", Native("none_86.so")).Output);
        ToolConsole plain = CommandRun.Terminal with { Environment = name => name == "NO_COLOR" ? "1" : null };
        Assert.DoesNotContain('\e', CommandRun.Of(plain, "verify", Native("none_86.so")).Output);
    }

    [Theory]
    [InlineData("native_121.so", 0, 0, 0)]
    [InlineData("jit_80.so", 0, 0, 1)]
    [InlineData("partial.so", 0, 1, 1)]
    [InlineData("none_86.so", 1, 1, 1)]
    [InlineData("no_device_code.so", 0, 0, 0)]
    public void Fails_on_what_it_is_told_to(string name, int none, int partial, int jit)
    {
        Assert.Equal(none, CommandRun.Of("verify", Native(name), "--fail-on", "none").ExitCode);
        Assert.Equal(partial, CommandRun.Of("verify", Native(name), "--fail-on", "partial").ExitCode);
        Assert.Equal(partial, CommandRun.Of("verify", Native(name)).ExitCode);
        Assert.Equal(jit, CommandRun.Of("verify", Native(name), "--fail-on", "jit").ExitCode);
    }

    [Fact]
    public void Gaps_are_errors_on_a_build_server()
    {
        Assert.Contains("\nerror CUDA2001: ", CommandRun.Of(CommandRun.BuildServer, "verify", Native("none_86.so")).Output);
        Assert.Contains("\nwarning CUDA2001: ", CommandRun.Of("verify", Native("none_86.so")).Output);
        Assert.Contains("\nwarning CUDA2002: ", CommandRun.Of(CommandRun.BuildServer, "verify", Native("jit_80.so")).Output);
    }

    [Fact]
    public void An_unreadable_file_weighs_more_than_a_gap_and_the_rest_is_reported()
    {
        using var folder = new TemporaryFolder();
        string cut = folder.Write("cut.so", File.ReadAllBytes(Native("native_121.so"))[..100]);
        CommandRun run = CommandRun.Of("verify", cut, Native("none_86.so"));
        Assert.Equal(ExitCodes.Unreadable, run.ExitCode);
        Assert.Contains("CUDA2004", run.Output);
        Assert.Contains("CUDA2001", run.Output);
        Assert.StartsWith("cudaarch: ", run.Error);
        Assert.Contains("cut.so", run.Error);
    }

    [Fact]
    public void A_damaged_library_in_a_package_is_named_with_the_package()
    {
        using var folder = new TemporaryFolder();
        byte[] zip = new CudaArch.Testing.Building.ZipBuilder().Add("runtimes/linux-x64/native/liba.so", File.ReadAllBytes(Native("native_121.so")), isStored: true).ToArray();
        zip[1000] ^= 1;
        CommandRun run = CommandRun.Of("verify", folder.Write("demo.nupkg", zip));
        Assert.Equal(ExitCodes.Unreadable, run.ExitCode);
        Assert.Matches(@"CUDA2004: '.*demo\.nupkg/runtimes/linux-x64/native/liba\.so' \(linux-x64\) is damaged at .*CRC-32", run.Output);
        Assert.Matches(@"^cudaarch: .*demo\.nupkg/runtimes/linux-x64/native/liba\.so: ", run.Error);
    }

    [Fact]
    public void A_folder_is_searched_for_native_files_only()
    {
        using var folder = new TemporaryFolder();
        folder.Copy("runtimes/linux-x64/native/liba.so", Native("native_121.so"));
        folder.Copy("runtimes/linux-arm64/native/liba.so", Native("arm64_none_87.so"));
        folder.Write("readme.md", "# not native");
        folder.Write("empty.so", "");
        folder.Write("data.bin", [0, 1, 2, 3]);

        using JsonDocument all = JsonDocument.Parse(CommandRun.Of("verify", folder.Path, "--format", "json").Output);
        Assert.Equal(["linux-arm64", "linux-x64"], Files(all).Select(file => file.GetProperty("rid").GetString()));
        Assert.Equal(["None", "Native"], Files(all).Select(file => file.GetProperty("coverage").GetProperty("sm_121").GetString()));

        CommandRun one = CommandRun.Of("verify", folder.Path, "--rid", "linux-x64");
        Assert.Equal(ExitCodes.Covered, one.ExitCode);
        Assert.Contains("1 file, 1 with device code.", one.Output);
    }

    [Fact]
    public void A_folder_without_device_code_is_told_from_a_covered_one()
    {
        using var folder = new TemporaryFolder();
        folder.Write("readme.md", "nothing here");
        CommandRun run = CommandRun.Of("verify", folder.Path);
        Assert.Equal(ExitCodes.Covered, run.ExitCode);
        Assert.Contains("no device code found in ", run.Error);
    }

    [Fact]
    public void The_answer_goes_to_a_file_and_the_summary_to_the_terminal()
    {
        using var folder = new TemporaryFolder();
        string path = Path.Combine(folder.Path, "reports", "coverage.json");
        CommandRun run = CommandRun.Of("verify", Native("none_86.so"), "--format", "json", "--output", path);
        Assert.Equal(ExitCodes.Gaps, run.ExitCode);
        Assert.Equal("1 file, 1 with device code.\nsm_121: 0 Native, 0 JitFallback, 0 Partial, 1 None.\n", run.Output);
        using JsonDocument answer = JsonDocument.Parse(File.ReadAllText(path));
        Assert.Equal(1, answer.RootElement.GetProperty("summary").GetProperty("files").GetInt32());
    }

    [Fact]
    public void An_output_that_cannot_be_written_is_a_mistake_of_usage()
    {
        using var folder = new TemporaryFolder();
        CommandRun run = CommandRun.Of("verify", Native("none_86.so"), "--output", folder.Path);
        Assert.Equal(ExitCodes.Usage, run.ExitCode);
        Assert.StartsWith("cudaarch: --output: ", run.Error);
    }

    [Fact]
    public void Cancelling_ends_without_an_answer()
    {
        ToolConsole cancelled = CommandRun.Terminal with { Cancellation = new CancellationToken(canceled: true) };
        CommandRun run = CommandRun.Of(cancelled, "verify", Native("none_86.so"));
        Assert.Equal(ExitCodes.Interrupted, run.ExitCode);
        Assert.Equal("cudaarch: stopped.\n", run.Error);
    }

    private static JsonElement[] Files(JsonDocument answer) => [.. answer.RootElement.GetProperty("files").EnumerateArray()];
}
