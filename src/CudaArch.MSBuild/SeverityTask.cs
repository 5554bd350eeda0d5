using CudaArch.MSBuild.Reporting;

namespace CudaArch.MSBuild;

/// <summary>A task whose findings weigh what the user says. The properties are those of the project, by the names under which every .NET user knows them.</summary>
public abstract class SeverityTask : Microsoft.Build.Utilities.Task
{
#if NETFRAMEWORK
    // Before any method of a task is compiled, which is when its references are looked for.
    static SeverityTask() => Loading.SiblingAssemblies.Serve();

#endif
    /// <summary>Rules that are not reported: <c>NoWarn</c> and <c>MSBuildWarningsAsMessages</c>.</summary>
    public string? NoWarn { get; set; }

    /// <summary>Rules that are errors: <c>WarningsAsErrors</c> and <c>MSBuildWarningsAsErrors</c>.</summary>
    public string? WarningsAsErrors { get; set; }

    /// <summary>Rules that are errors only by being in <see cref="WarningsAsErrors"/>: <c>WarningsNotAsErrors</c> and <c>MSBuildWarningsNotAsErrors</c>.</summary>
    public string? WarningsNotAsErrors { get; set; }

    /// <summary>Whether every warning is an error: <c>TreatWarningsAsErrors</c> or <c>MSBuildTreatWarningsAsErrors</c>.</summary>
    public bool TreatWarningsAsErrors { get; set; }

    private protected SeverityPolicy Severities => new(NoWarn, WarningsAsErrors, WarningsNotAsErrors, TreatWarningsAsErrors);

    // All of it that decides what is said, for the list of what has been said.
    private protected string SeveritySettings => string.Join("|", NoWarn, WarningsAsErrors, WarningsNotAsErrors, TreatWarningsAsErrors);
}
