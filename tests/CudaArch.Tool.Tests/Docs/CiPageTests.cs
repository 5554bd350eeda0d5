using System.Text.Json;
using System.Text.RegularExpressions;
using CudaArch.Testing;

namespace CudaArch.Tool.Tests.Docs;

/// <summary>The commands of the pipelines in <c>docs/ci.md</c> run, in their order, on a folder as the pipelines would have it.</summary>
public sealed partial class CiPageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public CiPageTests()
    {
        _folder.Copy("publish/runtimes/linux-arm64/native/liba.so", "native/arm64_native_121.so");
        _folder.Copy("publish/runtimes/linux-x64/native/liba.so", "native/native_121.so");
        _folder.Copy("publish/libb.so", "native/jit_80.so");
        _folder.Copy("packages/demo/1.0.0/runtimes/linux-x64/native/libdemo.so", "native/native_121.so");
        _folder.Copy("packages/demo/1.0.0/runtimes/linux-arm64/native/libdemo.so", "native/arm64_native_121.so");
        _folder.Copy("old/Demo.1.0.0.nupkg", "native/none_86.so");
        _folder.Copy("new/Demo.1.1.0.nupkg", "native/native_121.so");
        _folder.Write("obj/project.assets.json", $$"""
            {
              "targets": { "net10.0": { "Demo/1.0.0": { "type": "package", "runtimeTargets": {
                "runtimes/linux-arm64/native/libdemo.so": { "assetType": "native", "rid": "linux-arm64" },
                "runtimes/linux-x64/native/libdemo.so": { "assetType": "native", "rid": "linux-x64" } } } } },
              "libraries": { "Demo/1.0.0": { "type": "package", "path": "demo/1.0.0" } },
              "packageFolders": { {{JsonSerializer.Serialize(Path.Combine(_folder.Path, "packages"))}}: {} }
            }
            """);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_command_runs_and_gives_its_answer()
    {
        string page = await File.ReadAllTextAsync(Path.Combine(Fixtures.RepositoryRoot, "docs", "ci.md"));
        string[] commands = [.. Command().Matches(page).Select(match => match.Groups[1].Value.Trim())];
        Assert.Equal(5, commands.Length);
        int answers = 0;
        foreach (string command in commands)
        {
            foreach (string machine in Machines(command))
            {
                CommandRun run = await CommandRun.InProcess(_folder.Path, machine.Split(' '));
                Assert.True(run.ExitCode == ExitCodes.Covered, $"{machine}: {run.Transcript}");
                if (Output().Match(machine) is { Success: true } output)
                {
                    answers++;
                    using JsonDocument answer = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_folder.Path, output.Groups[1].Value)));
                    Assert.Equal(1, answer.RootElement.GetProperty("schemaVersion").GetInt32());
                }
            }
        }

        Assert.Equal(4 + 1 + 2 + 2, answers);
        using JsonDocument merged = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(_folder.Path, "coverage.json")));
        Assert.Equal(3, merged.RootElement.GetProperty("files").GetArrayLength());
    }

    // What each machine's own variables make of a command.
    private static IEnumerable<string> Machines(string command)
    {
        (string Variable, int Count)[] variables = [("${{ matrix.shard }}", 4), ("$(System.JobPositionInPhase)", 2), ("$CI_NODE_INDEX", 2)];
        (string variable, int count) = variables.Append(("machine", 1)).First(variable => variable.Item2 == 1 || command.Contains(variable.Item1, StringComparison.Ordinal));
        for (int machine = 1; machine <= count; machine++)
        {
            yield return command.Replace(variable, $"{machine}", StringComparison.Ordinal).Replace("$(System.TotalJobsInPhase)", "2", StringComparison.Ordinal)
                .Replace("$CI_NODE_TOTAL", "2", StringComparison.Ordinal).Replace("$(Build.ArtifactStagingDirectory)", "staging", StringComparison.Ordinal);
        }
    }

    [GeneratedRegex(@"(?m)^\s+- (?:run: |script: )?cudaarch (.+)$")]
    private static partial Regex Command();

    [GeneratedRegex(@"--output (\S+)")]
    private static partial Regex Output();
}
