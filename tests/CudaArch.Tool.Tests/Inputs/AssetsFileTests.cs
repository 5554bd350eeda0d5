using System.Text.Json;

namespace CudaArch.Tool.Tests.Inputs;

public class AssetsFileTests
{
    [Fact]
    public void The_native_files_of_the_restored_packages_are_verified()
    {
        using var folder = new TemporaryFolder();
        folder.Copy("second/foo/1.2.0/runtimes/linux-arm64/native/libfoo.so", "native/arm64_native_121.so");
        folder.Copy("second/foo/1.2.0/runtimes/linux-x64/native/libfoo.so", "native/none_86.so");
        string assets = Write(folder, """
            "net10.0": {
              "Foo/1.2.0": { "type": "package", "runtimeTargets": {
                "runtimes/linux-arm64/native/libfoo.so": { "assetType": "native", "rid": "linux-arm64" },
                "runtimes/linux-x64/native/libfoo.so": { "assetType": "native", "rid": "linux-x64" },
                "runtimes/win/lib/net10.0/Foo.dll": { "assetType": "runtime", "rid": "win" } } },
              "Project/1.0.0": { "type": "project", "native": { "libproject.so": {} } } },
            "net10.0/linux-arm64": { "Foo/1.2.0": { "type": "package", "native": { "runtimes/linux-arm64/native/libfoo.so": {} } } }
            """);

        using JsonDocument answer = JsonDocument.Parse(CommandRun.Of("verify", assets, "--format", "json").Output);
        JsonElement[] files = [.. answer.RootElement.GetProperty("files").EnumerateArray()];
        Assert.Equal(
            [("Foo", "1.2.0", "linux-arm64", "Native"), ("Foo", "1.2.0", "linux-x64", "None")],
            files.Select(file => (
                file.GetProperty("package").GetProperty("id").GetString()!, file.GetProperty("package").GetProperty("version").GetString()!,
                file.GetProperty("rid").GetString()!, file.GetProperty("coverage").GetProperty("sm_121").GetString()!)));
        Assert.Equal(ExitCodes.Covered, CommandRun.Of("verify", assets, "--rid", "linux-arm64").ExitCode);
    }

    [Fact]
    public void A_package_that_is_not_there_is_named()
    {
        using var folder = new TemporaryFolder();
        string assets = Write(folder, """ "net10.0": { "Foo/1.2.0": { "type": "package", "native": { "libfoo.so": {} } } } """);
        CommandRun run = CommandRun.Of("verify", assets);
        Assert.Equal(ExitCodes.Unreadable, run.ExitCode);
        Assert.Contains("foo/1.2.0/libfoo.so: ", run.Error);
    }

    [Theory]
    [InlineData("{ \"targets\":\n { ] }", "line 2")]
    [InlineData("{}", "'packageFolders' and 'targets'")]
    [InlineData("[]", "'packageFolders' and 'targets'")]
    [InlineData("""{ "packageFolders": 3, "targets": [], "libraries": "x" }""", "'packageFolders' and 'targets'")]
    public void Another_file_of_that_name_is_refused(string text, string reason)
    {
        using var folder = new TemporaryFolder();
        CommandRun run = CommandRun.Of("verify", folder.Write("project.assets.json", text));
        Assert.Equal(ExitCodes.Usage, run.ExitCode);
        Assert.Contains(reason, run.Error);
    }

    private static string Write(TemporaryFolder folder, string targets) => folder.Write("obj/project.assets.json", $$"""
        {
          "targets": { {{targets}} },
          "libraries": { "Foo/1.2.0": { "type": "package", "path": "foo/1.2.0" }, "Project/1.0.0": { "type": "project", "path": "../Project.csproj" } },
          "packageFolders": { {{JsonSerializer.Serialize(folder.Path + "/first")}}: {}, {{JsonSerializer.Serialize(folder.Path + "/second")}}: {} }
        }
        """);
}
