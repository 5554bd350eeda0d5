using CudaArch.Architectures;
using CudaArch.DeviceCode.Verification;
using CudaArch.Rules;

namespace CudaArch.MSBuild;

/// <summary>The property <c>CudaArchTargets</c>.</summary>
internal sealed class TargetList
{
    private const string Property = "CudaArchTargets";

    private TargetList(IReadOnlyList<SmArchitecture> targets, IReadOnlyList<Finding> errors)
    {
        Targets = targets;
        Errors = errors;
    }

    /// <summary>The targets, in the order written, each once; empty when something is wrong.</summary>
    public IReadOnlyList<SmArchitecture> Targets { get; }

    /// <summary>What is wrong with the value.</summary>
    public IReadOnlyList<Finding> Errors { get; }

    /// <summary>Reads the property. An empty value means the default target.</summary>
    public static TargetList Parse(string? value)
    {
        var targets = new List<SmArchitecture>();
        var errors = new List<Finding>();
        foreach (string name in Lists.Split(value))
        {
            if (!SmArchitecture.TryParse(name.AsSpan(), out SmArchitecture target) || !ArchitectureCatalog.IsKnown(target))
            {
                errors.Add(Unknown(name, value!));
            }
            else if (!targets.Contains(target))
            {
                targets.Add(target);
            }
        }

        return errors.Count > 0 ? new TargetList([], errors) : new TargetList(targets.Count > 0 ? targets : [ArchitectureCatalog.DefaultTarget], []);
    }

    private static Finding Unknown(string name, string value)
    {
        string whole = value.Trim() == name ? "" : $" in '{value.Trim()}'";
        string known = string.Join(", ", ArchitectureCatalog.All.Select(info => info.Architecture.RealName));
        string message = $"{Property}: '{name}'{whole} is not a CUDA architecture. Write names such as {ArchitectureCatalog.DefaultTarget.RealName}, separated by semicolons; "
            + $"known are {known}, some also with the suffix a or f.";
        return new Finding(RuleIds.MalformedBuildConfiguration, RuleSeverity.Error, target: null, message, []);
    }
}
