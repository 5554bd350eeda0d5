using CudaArch.Architectures;
using CudaArch.DeviceCode.Verification;
using CudaArch.MSBuild.Acceptance;
using CudaArch.MSBuild.Reporting;
using Microsoft.Build.Framework;

namespace CudaArch.MSBuild;

/// <summary>Reports malformed build configuration (CUDA2009) before the compiler meets it.</summary>
[MSBuildMultiThreadableTask]
public sealed class CheckCudaConfiguration : SeverityTask
{
    /// <summary>The property <c>CudaArchTargets</c>.</summary>
    public string? Targets { get; set; }

    /// <summary>The items <c>CudaArchSuppress</c>.</summary>
    public ITaskItem[] Suppressions { get; set; } = [];

    /// <summary>The file of the property <c>CudaArchBaseline</c>.</summary>
    public string? Baseline { get; set; }

    /// <summary>The paths of the property <c>CudaArchReport</c>.</summary>
    public string[] Reports { get; set; } = [];

    /// <summary>The property <c>CudaArchDriver</c>.</summary>
    public string? Driver { get; set; }

    /// <summary>The project, to which messages refer.</summary>
    public string? ProjectFile { get; set; }

    /// <summary>A folder that all target frameworks of the project share, when there are several.</summary>
    public string? ClaimsFolder { get; set; }

    /// <summary>Whether there is something to verify against. False also when the user has made the error a lesser one.</summary>
    [Output]
    public bool IsValid { get; private set; }

    /// <inheritdoc/>
    public override bool Execute()
    {
        var claims = new BuildClaims(BuildEngine, ClaimsFolder);
        var log = new FindingLog(Log, BuildEngine, Severities, claims, ProjectFile ?? BuildEngine.ProjectFileOfTaskNode);
        Finding[] errors = [.. ConfigurationFindings.Of(TargetList.Parse(Targets), Targets), .. ConfigurationFindings.OfReports(Reports), .. ConfigurationFindings.OfDriver(Driver), .. AcceptanceItems.Read(Suppressions, Baseline).Errors];
        foreach (Finding error in errors)
        {
            log.Report(error);
        }

        IsValid = errors.Length == 0;
        return !Log.HasLoggedErrors;
    }
}
