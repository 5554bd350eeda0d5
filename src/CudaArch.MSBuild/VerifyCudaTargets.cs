using System.Globalization;
using CudaArch.Architectures;
using CudaArch.DeviceCode.Verification;
using CudaArch.MSBuild.Files;
using CudaArch.MSBuild.Incremental;
using CudaArch.MSBuild.Reporting;
using CudaArch.Rules;
using Microsoft.Build.Framework;

namespace CudaArch.MSBuild;

/// <summary>
/// Verifies that the device code in the files which a build ships runs on the project's target architectures (CUDA2001 to CUDA2004).
/// All paths it takes are absolute or come with a full path, so it depends on no current directory.
/// </summary>
public sealed class VerifyCudaTargets : SeverityTask, ICancelableTask
{
    private readonly CancellationTokenSource _cancellation = new();

    /// <summary>The files that the build ships. Metadata that is read: those of NuGet (package, version, path in it, RID), <c>TargetPath</c>, <c>Link</c>, <c>CudaArchItem</c>.</summary>
    public ITaskItem[] Files { get; set; } = [];

    /// <summary>The property <c>CudaArchTargets</c>.</summary>
    public string? Targets { get; set; }

    /// <summary>The property <c>CudaArchRuntimeIdentifiers</c>: files for other hosts are left alone.</summary>
    public string? RuntimeIdentifiers { get; set; }

    /// <summary>The property <c>CudaArchGapsAreErrors</c>.</summary>
    public bool GapsAreErrors { get; set; }

    /// <summary>The project, to which messages refer.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>The folders in which packages lie, separated by semicolons.</summary>
    public string? PackageFolders { get; set; }

    /// <summary>Written when nothing is wrong that would fail the build: the files that were verified.</summary>
    [Required]
    public string StateFile { get; set; } = "";

    /// <summary>The state file of an earlier step (the build, for a publish); what it lists has been reported.</summary>
    public string? EarlierStateFile { get; set; }

    /// <summary>A folder that all target frameworks of the project share, when there are several.</summary>
    public string? ClaimsFolder { get; set; }

    /// <inheritdoc/>
    public void Cancel() => _cancellation.Cancel();

    /// <inheritdoc/>
    public override bool Execute()
    {
        try
        {
            return Run();
        }
        catch (OperationCanceledException)
        {
            // MSBuild says by itself that the build was cancelled.
            return false;
        }
        catch (Exception e)
        {
            // A fault of ours must not take the user's build down.
            Log.LogWarning(null, RuleIds.UnreadableFile, null, RuleIds.HelpLink(RuleIds.UnreadableFile), ProjectFile, 0, 0, 0, 0,
                "The native files of this project were not verified: {0}", OneLine(e));
            return !Log.HasLoggedErrors;
        }
    }

    private bool Run()
    {
        var log = new FindingLog(Log, BuildEngine, Severities, new BuildClaims(BuildEngine, ClaimsFolder), ProjectFile);
        var targets = TargetList.Parse(Targets);
        foreach (Finding error in ConfigurationFindings.Of(targets, Targets))
        {
            log.Report(error);
        }

        if (targets.Unknown.Count > 0)
        {
            return !Log.HasLoggedErrors;
        }

        string settings = string.Join("|", Targets, RuntimeIdentifiers, GapsAreErrors, SeveritySettings);
        var earlier = VerifiedFiles.Read(EarlierStateFile, settings);
        var verified = new VerifiedFiles(settings);
        var options = new VerificationOptions { GapsAreErrors = GapsAreErrors };
        int withDeviceCode = 0;

        var list = new NativeFileList(new PackageFolders(PackageFolders), new RuntimeIdentifierFilter(RuntimeIdentifiers), Path.GetDirectoryName(ProjectFile) ?? "");
        foreach (NativeFile file in list.Collect(Files))
        {
            _cancellation.Token.ThrowIfCancellationRequested();
            if (!earlier.Contains(file.Path) && NativeFileTriage.IsWorthVerifying(file))
            {
                FileVerification result = Verify(file, targets, options);
                withDeviceCode += result.HasDeviceCode ? 1 : 0;
                foreach (Finding finding in result.Findings)
                {
                    log.Report(finding);
                }
            }

            verified.Add(file.Path);
        }

        Log.LogMessage(MessageImportance.Low, "{0} native files with device code verified for {1}.",
            withDeviceCode.ToString(CultureInfo.InvariantCulture), string.Join(", ", targets.Targets.Select(target => target.RealName)));

        Remember(verified, isClean: !Log.HasLoggedErrors && !log.LeftErrorToAnother);
        return !Log.HasLoggedErrors;
    }

    // Without the state file the next build verifies again, and so reports the errors again.
    private void Remember(VerifiedFiles verified, bool isClean)
    {
        try
        {
            if (isClean)
            {
                verified.Write(StateFile);
            }
            else if (File.Exists(StateFile))
            {
                File.Delete(StateFile);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.LogMessage(MessageImportance.Low, "The next build verifies all native files again: {0}", OneLine(e));
        }
    }

    private FileVerification Verify(NativeFile file, TargetList targets, VerificationOptions options)
    {
        VerificationInput input = file.ToInput();
        try
        {
            return Verifier.Verify(input, targets.Targets, options, _cancellation.Token);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            string message = $"'{file.DisplayName}' was not verified: {OneLine(e)}";
            RuleInfo rule = RuleCatalog.Get(RuleIds.UnreadableFile);
            return new FileVerification { Input = input, Findings = [new Finding(rule.Id, rule.Severity(GapsAreErrors), target: null, message, [])] };
        }
    }

    private static string OneLine(Exception e) => $"{e.GetType().Name}: {e.Message.Replace('\r', ' ').Replace('\n', ' ')}";
}
