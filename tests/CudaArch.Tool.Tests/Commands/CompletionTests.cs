using System.Diagnostics;
using CudaArch.Architectures;
using CudaArch.Features;
using CudaArch.Rules;

namespace CudaArch.Tool.Tests.Commands;

/// <summary>Shells complete what the command knows: subcommands, options, their values, and the names of the catalogs.</summary>
public class CompletionTests
{
    [Fact]
    public void The_names_of_the_catalogs_are_offered()
    {
        Assert.Superset(ArchitectureCatalog.All.Select(info => info.Architecture.RealName).ToHashSet(), Suggest(" verify x.so --target "));
        Assert.Superset(RuleCatalog.All.Select(rule => rule.Id).ToHashSet(), Suggest(" explain "));
        Assert.Superset(FeatureCatalog.All.Select(feature => feature.Id).ToHashSet(), Suggest(" features "));
    }

    [Fact]
    public void What_is_begun_is_offered() => Assert.Contains("verify", Suggest(" ver"));

    [Theory]
    [InlineData("cudaarch ver", "verify")]
    [InlineData("cudaarch verify --ta", "--target")]
    [InlineData("cudaarch verify --target sm_12", "sm_120 sm_121")]
    [InlineData("cudaarch verify -t sm_90 --fail-on p", "partial")]
    [InlineData("cudaarch verify native/", "")]
    [InlineData("cudaarch verify ", "")]
    [InlineData("cudaarch inspect --kind l", "lto-ir")]
    [InlineData("cudaarch explain CUDA1009", "CUDA1009")]
    [InlineData("cudaarch completion ", "bash fish pwsh zsh")]
    public async Task Bash_completes(string line, string expected)
    {
        using var folder = new TemporaryFolder();
        folder.Write("cudaarch", $"#!/bin/sh\nexec dotnet '{typeof(Program).Assembly.Location}' \"$@\"\n");
        string script = folder.Write("try.bash", """
            chmod +x "$1/cudaarch"; PATH="$1:$PATH"; source <(cudaarch completion bash)
            COMP_LINE="$2"; COMP_POINT=${#2}; read -ra COMP_WORDS <<< "$2"
            [[ "$2" == *" " ]] && COMP_WORDS+=("")
            COMP_CWORD=$(( ${#COMP_WORDS[@]} - 1 ))
            complete -p cudaarch > /dev/null && _cudaarch && echo "${COMPREPLY[*]}"
            """);
        using Process bash = Process.Start(new ProcessStartInfo("bash", ["--norc", script, folder.Path, line]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> error = bash.StandardError.ReadToEndAsync();
        Assert.Equal(expected + "\n", await bash.StandardOutput.ReadToEndAsync());
        Assert.Empty(await error);
    }

    [Theory]
    [InlineData("bash", "complete -o bashdefault -o default -F _cudaarch cudaarch")]
    [InlineData("zsh", "compdef _cudaarch cudaarch")]
    [InlineData("fish", "complete -c cudaarch")]
    [InlineData("pwsh", "Register-ArgumentCompleter -Native -CommandName cudaarch")]
    public void Every_shell_gets_a_script_that_asks_the_command(string shell, string registration)
    {
        CommandRun run = CommandRun.Of("completion", shell);
        Assert.Equal(ExitCodes.Covered, run.ExitCode);
        Assert.Contains(registration, run.Output);
        Assert.Contains("[suggest:", run.Output);
        Assert.Contains("cudaarch completion " + shell, run.Output);
    }

    [Fact]
    public void A_feature_is_told_alone()
    {
        string[] lines = CommandRun.Of("features", "TCGEN05", "--target", "sm_121").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Matches("^tcgen05 +no ", lines[1]);
    }

    private static HashSet<string> Suggest(string line) => [.. CommandRun.Of($"[suggest:{line.Length}]", line).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
}
