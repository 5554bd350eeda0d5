using CudaArch.Architectures;
using CudaArch.DeviceCode.Acceptance;
using CudaArch.DeviceCode.Verification;
using CudaArch.MSBuild.Reporting;
using CudaArch.Rules;
using Microsoft.Build.Framework;

namespace CudaArch.MSBuild.Acceptance;

/// <summary>What the project accepts: the items <c>CudaArchSuppress</c> and the file of <c>CudaArchBaseline</c>.</summary>
internal sealed class AcceptanceItems
{
    private readonly List<Finding> _errors = [];

    private AcceptanceItems()
    {
    }

    /// <summary>What is accepted. Of use only when nothing is wrong with it.</summary>
    public AcceptedFindings Accepted { get; private set; } = new([], Baseline.Empty);

    /// <summary>What cannot be used (CUDA2009).</summary>
    public IReadOnlyList<Finding> Errors => _errors;

    /// <summary>Reads both.</summary>
    /// <param name="items">The items; metadata <c>Rule</c>, <c>Target</c>, <c>Kernel</c> (each one or several, separated by semicolons or commas) and <c>Reason</c>.</param>
    /// <param name="baseline">The file's path; empty when there is none.</param>
    public static AcceptanceItems Read(IEnumerable<ITaskItem> items, string? baseline)
    {
        var read = new AcceptanceItems();
        Suppression[] suppressions = [.. items.Select(read.Suppression)];
        read.Accepted = new AcceptedFindings(suppressions, read.ReadBaseline(baseline));
        return read;
    }

    private Suppression Suppression(ITaskItem item)
    {
        string where = $"CudaArchSuppress '{item.ItemSpec}'";
        string[] rules = Lists.Split(item.GetMetadata("Rule"));
        foreach (string rule in rules.Where(rule => RuleCatalog.Find(rule) is null))
        {
            _errors.Add(ConfigurationFindings.Malformed($"{where}: there is no rule '{rule}' (metadata Rule). Write one such as {RuleIds.NothingRuns}, or leave it out for all rules."));
        }

        string targets = item.GetMetadata("Target");
        var list = TargetList.Parse(targets);
        foreach (string unknown in list.Unknown)
        {
            _errors.Add(ConfigurationFindings.Malformed($"{where}: '{unknown}' is not a CUDA architecture (metadata Target). Write one such as {ArchitectureCatalog.DefaultTarget}, or leave it out for all targets."));
        }

        return new Suppression
        {
            File = item.ItemSpec,
            Rules = rules,
            Targets = targets.Trim().Length == 0 ? [] : list.Targets,
            Kernels = [.. item.GetMetadata("Kernel").Split([';'], StringSplitOptions.RemoveEmptyEntries).Select(kernel => kernel.Trim()).Where(kernel => kernel.Length > 0)],
            Reason = Printable.Text(item.GetMetadata("Reason").Trim()),
        };
    }

    private Baseline ReadBaseline(string? path)
    {
        if (string.IsNullOrEmpty(path))
        {
            return Baseline.Empty;
        }

        try
        {
            return Baseline.Read(path!);
        }
        catch (Exception e) when (e is FormatException or IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            string what = e is FormatException ? e.Message : ReadFailure.Of(e, path!)?.Message ?? e.Message;
            _errors.Add(ConfigurationFindings.Malformed($"CudaArchBaseline: '{path}' cannot be used: {what}. Write it with: dotnet build -t:CudaArchUpdateBaseline"));
            return Baseline.Empty;
        }
    }
}
