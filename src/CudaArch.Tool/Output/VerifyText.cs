using CudaArch.Architectures;
using CudaArch.DeviceCode;
using CudaArch.DeviceCode.Verification;
using CudaArch.Rules;
using CudaArch.Tool.Inputs;
using Spectre.Console;

namespace CudaArch.Tool.Output;

/// <summary><c>cudaarch verify</c> for people: a table of the files, the findings one a line, a summary.</summary>
internal static class VerifyText
{
    /// <summary>Writes the answer.</summary>
    public static void Write(
        ToolConsole console, IReadOnlyList<SmArchitecture> targets, IEnumerable<FoundResult> files, VerifySummary summary, bool isVerbose)
    {
        List<FileVerification> shown = [.. files.Where(file => file.IsNamed || file.Result.HasDeviceCode || file.Result.Findings.Count > 0).Select(file => file.Result)];
        WriteTable(console, targets, shown);
        foreach (Finding finding in shown.SelectMany(file => file.Findings))
        {
            WriteFinding(console, finding);
        }

        foreach (string line in shown.SelectMany(file => Remarks(file, isVerbose)))
        {
            console.Out.WriteLine(line);
        }

        foreach (string line in summary.Lines())
        {
            console.Out.WriteLine(line);
        }
    }

    private static void WriteTable(ToolConsole console, IReadOnlyList<SmArchitecture> targets, List<FileVerification> files)
    {
        FileVerification[] read = [.. files.Where(file => !file.IsUnreadable)];
        if (read.Length == 0)
        {
            return;
        }

        bool hasPackages = read.Any(file => file.Input.PackageId is not null);
        var table = new TextTable(["file", .. hasPackages ? ["package"] : Array.Empty<string>(), .. targets.Select(target => target.RealName)]);
        foreach (FileVerification file in read)
        {
            string package = file.Input.PackageId is null ? "" : $"{file.Input.PackageId} {file.Input.PackageVersion}".TrimEnd();
            Cell[] origin = hasPackages ? [Printable.Text(package)] : [];
            table.Add([Printable.Text(file.Input.DisplayName), .. origin, .. file.Targets.Select(answer => new Cell(Words(answer), Colour(answer.Coverage)))]);
        }

        table.Write(console);
        console.Out.WriteLine();
    }

    private static string Words(TargetVerification answer)
    {
        int modules = answer.Modules.Count, gaps = answer.Modules.Count(module => module.IsGap);
        int byJit = answer.Modules.Count(module => module.Coverage == Coverage.JitFallback);
        return answer.Coverage switch
        {
            FileCoverage.NoDeviceCode => "no device code",
            FileCoverage.Partial => $"Partial ({gaps} of {modules} modules cannot run)",
            FileCoverage.Native when byJit > 0 => $"Native ({byJit} of {modules} modules by JIT)",
            _ => answer.Coverage.ToString(),
        };
    }

    private static Color Colour(FileCoverage coverage) => coverage switch
    {
        FileCoverage.Native => Color.Green,
        FileCoverage.JitFallback => Color.Yellow,
        FileCoverage.NoDeviceCode => Color.Grey,
        _ => Color.Red,
    };

    // A finding stays on one line, however wide the terminal is: it is searched for, counted and copied.
    private static void WriteFinding(ToolConsole console, Finding finding)
    {
        string severity = finding.Severity.ToString().ToLowerInvariant();
        if (!console.UsesColours)
        {
            console.Out.WriteLine($"{severity} {finding.RuleId}: {finding.Message}");
            return;
        }

        string colour = finding.Severity switch
        {
            RuleSeverity.Error => "\e[31m",
            RuleSeverity.Warning => "\e[33m",
            _ => "\e[36m",
        };
        console.Out.WriteLine($"{colour}{severity} {finding.RuleId}\e[0m: {finding.Message}");
    }

    private static IEnumerable<string> Remarks(FileVerification file, bool isVerbose)
    {
        foreach (TargetVerification target in file.Targets)
        {
            var byDesign = file.Modules.Zip(target.Modules).Where(module => module.Second.ByDesign != ByDesignReason.NotByDesign).ToList();
            if (byDesign.Count == 0)
            {
                continue;
            }

            string reasons = string.Join(", ", byDesign.GroupBy(module => module.Second.ByDesign).OrderBy(group => group.Key)
                .Select(group => $"{group.Count()} {group.Key.Word()}"));
            yield return Printable.Text($"{file.Input.DisplayName}: {byDesign.Count} of {target.Modules.Count} modules need not run on {target.Target} ({reasons}).");
            foreach ((ModulePlace place, ModuleVerification module) in isVerbose ? byDesign : [])
            {
                yield return Printable.Text($"  {(place.Member is null ? "" : place.Member + ", ")}{place.Location} at 0x{place.Offset:x}: {module.ByDesign.Word()}");
            }
        }
    }
}
