using System.Globalization;
using CudaArch.Architectures;
using CudaArch.DeviceCode.Acceptance;
using CudaArch.DeviceCode.Caching;
using CudaArch.DeviceCode.Hosts;
using CudaArch.DeviceCode.Reports;
using CudaArch.DeviceCode.Verification;
using CudaArch.MSBuild.Acceptance;
using CudaArch.MSBuild.Files;
using CudaArch.MSBuild.Incremental;
using CudaArch.MSBuild.Reporting;
using CudaArch.MSBuild.Triage;
using CudaArch.Ptx;
using CudaArch.Rules;
using Microsoft.Build.Framework;

namespace CudaArch.MSBuild;

/// <summary>
/// Verifies that the device code in the files which a build ships runs on the project's target architectures, and the files on their hosts (CUDA2001 to CUDA2008).
/// All paths it takes are absolute or come with a full path, so it depends on no current directory.
/// </summary>
[MSBuildMultiThreadableTask]
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

    /// <summary>The items <c>CudaArchSuppress</c>.</summary>
    public ITaskItem[] Suppressions { get; set; } = [];

    /// <summary>The file of the property <c>CudaArchBaseline</c>.</summary>
    public string? Baseline { get; set; }

    /// <summary>Writes <see cref="Baseline"/> anew, so that it accepts all there is, instead of reporting.</summary>
    public bool UpdateBaseline { get; set; }

    /// <summary>The paths of the property <c>CudaArchReport</c>.</summary>
    public string[] Reports { get; set; } = [];

    /// <summary>The project, to which messages refer.</summary>
    [Required]
    public string ProjectFile { get; set; } = "";

    /// <summary>The folders in which packages lie, separated by semicolons.</summary>
    public string? PackageFolders { get; set; }

    /// <summary>NuGet's list of the packages that it has restored, <c>obj/project.nuget.cache</c>; without it only what is shipped is known of packages.</summary>
    public string? PackageList { get; set; }

    /// <summary>Written when nothing is wrong that would fail the build: the files that were verified. Without it nothing is reported.</summary>
    public string? StateFile { get; set; }

    /// <summary>The state file of an earlier step (the build, for a publish); what it lists has been reported.</summary>
    public string? EarlierStateFile { get; set; }

    /// <summary>Written for the analyzers: what every library has for every target.</summary>
    public string? CoverageFile { get; set; }

    /// <summary>A folder that all target frameworks of the project share, when there are several.</summary>
    public string? ClaimsFolder { get; set; }

    /// <summary>The project's own assembly, whose imports are looked up among the files.</summary>
    public string? Assembly { get; set; }

    /// <summary>The property <c>CudaArchListImports</c>: imports of libraries that nothing ships are said where everyone sees it.</summary>
    public bool ListImports { get; set; }

    /// <summary>The property <c>CudaArchDriver</c>: the driver or CUDA version that users have; empty when it is not known.</summary>
    public string? Driver { get; set; }

    /// <summary>The property <c>CudaArchCache</c>: whether what was found in files is kept from one build to the next.</summary>
    public bool UseCache { get; set; }

    /// <summary>The folder of the property <c>CudaArchCacheDirectory</c>; empty for the platform's own.</summary>
    public string? CacheDirectory { get; set; }

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
        var acceptance = AcceptanceItems.Read(Suppressions, UpdateBaseline ? null : Baseline);
        Finding[] errors = [.. ConfigurationFindings.Of(targets, Targets), .. ConfigurationFindings.OfReports(Reports), .. ConfigurationFindings.OfDriver(Driver), .. acceptance.Errors];
        if (errors.Length > 0)
        {
            foreach (Finding error in errors)
            {
                log.Report(error);
            }

            return !Log.HasLoggedErrors;
        }

        var packages = new PackageFolders(PackageFolders);
        var filter = new RuntimeIdentifierFilter(RuntimeIdentifiers);
        IReadOnlyList<NativeFile> files = new NativeFileList(packages, filter, Path.GetDirectoryName(ProjectFile) ?? "").Collect(Files);

        string settings = string.Join("|", Targets, RuntimeIdentifiers, GapsAreErrors, Driver, SeveritySettings);
        var earlier = VerifiedFiles.Read(EarlierStateFile, settings);
        if (files.Count > 0 && files.All(file => earlier.Contains(file.Path)))
        {
            return Finish(log, files, settings);
        }

        IReadOnlyList<FileVerification> results = Verify(files, new PackageSiblings(packages, filter).Collect(PackageList, files), targets.Targets, filter);
        if (CoverageFile is { Length: > 0 } coverage)
        {
            TryWrite(coverage, () => Reporting.CoverageFile.Write(coverage, results));
        }

        if (UpdateBaseline)
        {
            return WriteBaseline(results, acceptance.Accepted);
        }

        if (StateFile is null or "")
        {
            return true;
        }

        FileVerification[] reported = [.. results.Select(file => Report(log, file, acceptance.Accepted, isKnown: earlier.Contains(file.Input.Path)))];
        var report = new VerificationReport(targets.Targets, reported) { Title = Path.GetFileNameWithoutExtension(ProjectFile), Version = GetType().Assembly.GetName().Version.ToString(3) };
        foreach (Finding failure in Reports.Select(path => ReportWriter.Write(path, report)).OfType<Finding>())
        {
            log.Report(failure);
        }

        foreach (string import in UnshippedImports.Of(Assembly, files.Select(file => file.Path)))
        {
            Log.LogMessage(
                ListImports ? MessageImportance.High : MessageImportance.Low,
                "{0}: '{1}' is imported, and nothing in this build ships it: it must be on the machine that runs the program, and was not checked. Name the file in CudaArchNativeFile to have it checked.",
                Path.GetFileName(ProjectFile), Printable.Text(import));
        }

        foreach (Suppression unused in acceptance.Accepted.Unused)
        {
            Log.LogMessage(MessageImportance.Low, "CudaArchSuppress '{0}' ({1}) suppresses nothing: remove it.", unused.File, string.Join(", ", unused.Rules));
        }

        return Finish(log, files, settings);
    }

    private IReadOnlyList<FileVerification> Verify(
        IReadOnlyList<NativeFile> files, IReadOnlyList<NativeFile> others, IReadOnlyList<SmArchitecture> targets, RuntimeIdentifierFilter filter)
    {
        var options = new VerificationOptions { GapsAreErrors = GapsAreErrors, DriverVersion = DriverVersion(), Cache = OpenCache() };
        byte[] head = new byte[FileContents.HeadSize];
        FileVerification[] verified = [.. files.Where(file => NativeFileTriage.IsWorthVerifying(file.Path, file.IsAskedFor, head)).SelectMany(file => Verify(file, targets, filter, options))];
        FileVerification[] lying = [.. others.Where(file => NativeFileTriage.IsWorthVerifying(file.Path, file.IsAskedFor, head)).SelectMany(file => Verify(file, targets, filter, options with { ReadKernels = false }))];
        Log.LogMessage(MessageImportance.Low, "{0} native files with device code verified for {1}.",
            verified.Count(file => file.HasDeviceCode).ToString(CultureInfo.InvariantCulture), string.Join(", ", targets.Select(target => target.RealName)));
        if (options.Cache is { Hits: > 0 } cache)
        {
            Log.LogMessage(MessageImportance.Low, "{0} of them were known from '{1}'.", cache.Hits.ToString(CultureInfo.InvariantCulture), cache.Folder);
        }

        return HostRules.Apply(verified, lying, targets, Lists.Split(RuntimeIdentifiers), options);
    }

    private PtxVersion? DriverVersion() => PtxVersions.TryParseDriver(Driver ?? "", out PtxVersion version) ? version : null;

    private VerificationCache? OpenCache()
    {
        try
        {
            string? folder = !UseCache ? null : CacheDirectory is { Length: > 0 } named ? named : CacheLocation.Of(Environment.GetEnvironmentVariable);
            return folder is null ? null : new VerificationCache(folder);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException or IOException)
        {
            Log.LogMessage(MessageImportance.Low, "Nothing is kept of the files that are read: {0}", OneLine(e));
            return null;
        }
    }

    // A package that is shipped as a file is as many libraries as lie in it.
    private IReadOnlyList<FileVerification> Verify(NativeFile file, IReadOnlyList<SmArchitecture> targets, RuntimeIdentifierFilter filter, VerificationOptions options)
    {
        _cancellation.Token.ThrowIfCancellationRequested();
        try
        {
            VerificationInput? Describe(VerificationInput member)
            {
                string? identifier = RuntimeIdentifier.FindInPath(member.Path) ?? member.RuntimeIdentifier;
                return filter.Includes(identifier) ? member with { RuntimeIdentifier = identifier } : null;
            }

            string settings = $"{string.Join(",", targets)} {RuntimeIdentifiers} {options}";
            return RecentResults.Get(file.ToInput(), settings, input => Verifier.VerifyEach(input, targets, Describe, options, _cancellation.Token));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            string message = $"'{file.DisplayName}' was not verified: {OneLine(e)}";
            RuleInfo rule = RuleCatalog.Get(RuleIds.UnreadableFile);
            return [new FileVerification { Input = file.ToInput(), Findings = [new Finding(rule.Id, rule.Severity(GapsAreErrors), target: null, message, [])] }];
        }
    }

    // Gives back the file with what is said of it, by the user's own severities.
    private FileVerification Report(FindingLog log, FileVerification file, AcceptedFindings accepted, bool isKnown)
    {
        var findings = new List<Finding>();
        foreach (Finding finding in file.Findings)
        {
            if (accepted.ReasonFor(file.Input, finding) is { } reason)
            {
                Log.LogMessage(MessageImportance.Low, "{0} {1}: {2}", finding.RuleId, reason, finding.Message);
                continue;
            }

            findings.Add(finding with { Severity = Severities.For(finding) });
            if (!isKnown)
            {
                log.Report(finding);
            }
        }

        return file with { Findings = findings };
    }

    private bool WriteBaseline(IReadOnlyList<FileVerification> results, AcceptedFindings accepted)
    {
        if (Baseline is null or "")
        {
            Log.LogError(null, RuleIds.MalformedBuildConfiguration, null, RuleIds.HelpLink(RuleIds.MalformedBuildConfiguration), ProjectFile, 0, 0, 0, 0,
                "CudaArchBaseline is not set: name the file that the baseline is to be written to.");
            return false;
        }

        (VerificationInput Input, Finding Finding)[] gaps =
            [.. from file in results from finding in file.Findings where accepted.ReasonFor(file.Input, finding) is null select (file.Input, finding)];
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Baseline)!);
            File.WriteAllText(Baseline, DeviceCode.Acceptance.Baseline.Write(gaps));
            Log.LogMessage(MessageImportance.High, "{0}: {1} findings are accepted from now on.", Baseline, gaps.Length.ToString(CultureInfo.InvariantCulture));
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            Log.LogError(null, RuleIds.MalformedBuildConfiguration, null, RuleIds.HelpLink(RuleIds.MalformedBuildConfiguration), ProjectFile, 0, 0, 0, 0,
                "CudaArchBaseline: '{0}' cannot be written: {1}", Baseline, OneLine(e));
            return false;
        }
    }

    // Without the state file the next build verifies again, and so reports the errors again.
    private bool Finish(FindingLog log, IReadOnlyList<NativeFile> files, string settings)
    {
        if (StateFile is { Length: > 0 } state)
        {
            TryWrite(state, () =>
            {
                if (!Log.HasLoggedErrors && !log.LeftErrorToAnother)
                {
                    var verified = new VerifiedFiles(settings);
                    foreach (NativeFile file in files)
                    {
                        verified.Add(file.Path);
                    }

                    verified.Write(state);
                }
                else if (File.Exists(state))
                {
                    File.Delete(state);
                }
            });
        }

        return !Log.HasLoggedErrors;
    }

    private void TryWrite(string path, Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Log.LogMessage(MessageImportance.Low, "'{0}' was not written, so the next build verifies again: {1}", path, OneLine(e));
        }
    }

    private static string OneLine(Exception e) => $"{e.GetType().Name}: {e.Message.Replace('\r', ' ').Replace('\n', ' ')}";
}
