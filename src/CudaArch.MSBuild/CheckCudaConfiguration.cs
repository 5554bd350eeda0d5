using CudaArch.DeviceCode.Verification;
using CudaArch.MSBuild.Reporting;

namespace CudaArch.MSBuild;

/// <summary>Reports malformed build configuration (CUDA2009) before the compiler meets it.</summary>
public sealed class CheckCudaConfiguration : Microsoft.Build.Utilities.Task
{
    /// <summary>The property <c>CudaArchTargets</c>.</summary>
    public string? Targets { get; set; }

    /// <summary>The project, to which messages refer.</summary>
    public string? ProjectFile { get; set; }

    /// <summary>A folder that all target frameworks of the project share, when there are several.</summary>
    public string? ClaimsFolder { get; set; }

    /// <inheritdoc/>
    public override bool Execute()
    {
        var claims = new BuildClaims(BuildEngine, ClaimsFolder);
        var log = new FindingLog(Log, BuildEngine, new SeverityPolicy(noWarn: null, notAsErrors: null), claims, ProjectFile ?? BuildEngine.ProjectFileOfTaskNode);
        IReadOnlyList<Finding> errors = TargetList.Parse(Targets).Errors;
        foreach (Finding error in errors)
        {
            log.Report(error);
        }

        return !Log.HasLoggedErrors;
    }
}
