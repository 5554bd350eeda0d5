using CudaArch.Testing;
using CudaArch.Testing.Building;

namespace CudaArch.Tool.Tests.Commands;

/// <summary>What keeps files from the machines that they are meant for is said as the build says it: CUDA2005, CUDA2006, CUDA2008.</summary>
public sealed class HostTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_rule_once()
    {
        Unpack("Acme.Kernels", ("runtimes/linux-x64/native/libfine.so", "native_121.so"), ("runtimes/win-x64/native/fine.dll", "native_121.dll"));
        Unpack("Acme.Swapped", ("runtimes/linux-arm64/native/libswapped.so", "native_121.so"));
        Unpack("Acme.Nvrtc", ("runtimes/linux-x64/native/libnvrtc.so.12", "no_device_code.so"), ("runtimes/linux-x64/native/libnvrtc-builtins.so.12.8", "no_device_code.so"));
        CommandRun run = CommandRun.Of("verify", _folder.Path);
        Assert.Equal(ExitCodes.Gaps, run.ExitCode);

        // The width of the table depends on the folder.
        await Verifier.Verify(run.Output[run.Output.IndexOf("\n\n", StringComparison.Ordinal)..].TrimStart('\n').Replace(_folder.Path, "packages"));
    }

    [Theory]
    [InlineData("sm_121", "", true)]
    [InlineData("sm_121", "linux-arm64", true)]
    [InlineData("sm_121", "linux-x64", false)]
    [InlineData("sm_120", "", false)]
    public void A_host_is_missed_only_where_the_target_is_part_of_it_and_it_is_asked_about(string target, string host, bool isMissed)
    {
        string[] options = ["--target", target, .. host.Length == 0 ? Array.Empty<string>() : ["--rid", host]];
        Unpack("Acme", ("runtimes/linux-x64/native/libx.so", "family_120f.so"));
        Check(CommandRun.Of(["verify", _folder.Path, .. options]));

        string package = _folder.Write("acme.nupkg", new ZipBuilder()
            .Add("Acme.nuspec", System.Text.Encoding.UTF8.GetBytes(Nuspec("Acme"))).Add("runtimes/linux-x64/native/libx.so", File.ReadAllBytes("native/family_120f.so")).ToArray());
        Check(CommandRun.Of(["verify", package, .. options]));

        void Check(CommandRun run)
        {
            Assert.Equal(isMissed, run.Output.Contains("CUDA2005: Acme 1.0.0 has CUDA code for linux-x64 (libx.so), and none for linux-arm64", StringComparison.Ordinal));
            Assert.Equal(isMissed ? ExitCodes.Gaps : ExitCodes.Covered, run.ExitCode);
        }
    }

    [Fact]
    public void A_part_of_a_package_tells_nothing_of_the_whole()
    {
        Unpack("Acme", ("runtimes/linux-x64/native/libx.so", "native_121.so"), ("runtimes/linux-arm64/native/libx.so", "arm64_native_121.so"));
        Assert.Equal(ExitCodes.Covered, CommandRun.Of("verify", _folder.Path + "/acme/1.0.0/runtimes/linux-x64/native/libx.so").ExitCode);
        Assert.Equal(ExitCodes.Covered, CommandRun.Of("verify", _folder.Path + "/acme/1.0.0/runtimes/linux-x64").ExitCode);
    }

    [Fact]
    public void Another_package_may_bring_the_library_for_the_host_also_on_another_machine()
    {
        Unpack("runtime.linux-x64.Acme", ("runtimes/linux-x64/native/libx.so", "native_121.so"));
        Assert.Contains("CUDA2005", CommandRun.Of("verify", _folder.Path).Output);
        string[] others = ["Other.A", "Other.B", "Other.C", "Other.D"];
        foreach (string other in others)
        {
            Unpack(other, ("runtimes/linux-x64/native/lib" + other + ".so", "native_121.so"));
        }

        Unpack("runtime.linux-arm64.Acme", ("runtimes/linux-arm64/native/libx.so", "arm64_native_121.so"));
        _folder.Write("Other.D.nupkg", new ZipBuilder().Add("runtimes/linux-arm64/native/libOther.D.so", File.ReadAllBytes("native/arm64_native_121.so")).ToArray());
        CommandRun whole = CommandRun.Of("verify", _folder.Path, "--format", "json");
        Assert.Equal(["Other.A", "Other.B", "Other.C"], others.Where(other => whole.Output.Contains($"{other} 1.0.0 has CUDA code for linux-x64", StringComparison.Ordinal)));

        string[] parts = [.. Enumerable.Range(1, 3).Select(i => _folder.Path + $"/answers/{i}.json")];
        for (int i = 1; i <= parts.Length; i++)
        {
            CommandRun.Of("verify", _folder.Path, "--shard", $"{i}/{parts.Length}", "--format", "json", "--output", parts[i - 1]);
        }

        CommandRun merged = CommandRun.Of(["merge", .. parts]);
        Assert.Equal(whole.Output, merged.Output);
        Assert.Equal((ExitCodes.Gaps, ExitCodes.Gaps), (whole.ExitCode, merged.ExitCode));
    }

    [Theory]
    [InlineData("linux-arm64", "native_121.so", true)]
    [InlineData("linux-arm64", "arm64_native_121.so", false)]
    [InlineData("win-x64", "native_121.so", true)]
    [InlineData("linux-arm64", "no_device_code.so", false)]
    public void A_file_of_no_package_is_judged_by_itself(string host, string fixture, bool isFault)
    {
        _folder.Copy($"publish/runtimes/{host}/native/libx.so", "native/" + fixture);
        CommandRun run = CommandRun.Of("verify", _folder.Path);
        Assert.Equal(isFault, run.Output.Contains("CUDA2006", StringComparison.Ordinal));
        Assert.Equal(isFault ? ExitCodes.Gaps : ExitCodes.Covered, run.ExitCode);
    }

    [Fact]
    public void A_package_is_not_verified_again_beside_its_unpacked_files()
    {
        Unpack("Acme", ("runtimes/linux-arm64/native/libx.so", "arm64_native_121.so"));
        _folder.Write("acme/1.0.0/acme.1.0.0.nupkg", new ZipBuilder().Add("runtimes/linux-arm64/native/libx.so", File.ReadAllBytes("native/arm64_native_121.so")).ToArray());
        Assert.Contains("\n1 file, 1 with device code.", CommandRun.Of("verify", _folder.Path).Output);
    }

    [Theory]
    [InlineData("net10.0", true)]
    [InlineData("net10.0/linux-x64", false)]
    public void A_project_tells_the_hosts_that_it_is_for(string target, bool isMissed)
    {
        Unpack("Acme", ("runtimes/linux-x64/native/libx.so", "native_121.so"));
        string assets = _folder.Write("obj/project.assets.json", $$"""
            {
              "targets": { "{{target}}": { "Acme/1.0.0": { "type": "package", "runtimeTargets": { "runtimes/linux-x64/native/libx.so": { "assetType": "native", "rid": "linux-x64" } } } } },
              "libraries": { "Acme/1.0.0": { "type": "package", "path": "acme/1.0.0" } },
              "packageFolders": { {{System.Text.Json.JsonSerializer.Serialize(_folder.Path)}}: {} }
            }
            """);
        Assert.Equal(isMissed, CommandRun.Of("verify", assets).Output.Contains("CUDA2005", StringComparison.Ordinal));
    }

    private void Unpack(string id, params (string Path, string Fixture)[] files)
    {
        string root = $"{id.ToLowerInvariant()}/1.0.0/";
        _folder.Write($"{root}{id.ToLowerInvariant()}.nuspec", Nuspec(id));
        foreach ((string path, string fixture) in files)
        {
            _folder.Copy(root + path, "native/" + fixture);
        }
    }

    private static string Nuspec(string id) => $"<package><metadata><id>{id}</id><version>1.0.0</version></metadata></package>";
}
