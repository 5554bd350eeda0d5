using CudaArch.Architectures;
using CudaArch.Rules;

namespace CudaArch.DeviceCode.Verification;

/// <summary>Verifies files against targets. Whatever is wrong with a file is a finding, never an exception.</summary>
public static partial class Verifier
{
    /// <summary>Verifies one file.</summary>
    /// <param name="input">The file.</param>
    /// <param name="targets">The targets, at least one.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellation">Stops the work between modules.</param>
    /// <exception cref="ArgumentException">No target is given.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static FileVerification Verify(
        VerificationInput input, IReadOnlyList<SmArchitecture> targets, VerificationOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new VerificationOptions();
        return VerifyOpened(input, targets, options, cancellation, file => [Verify(input, file, targets, options, cancellation)])[0];
    }

    // Opens the file and hands it on; that it cannot be opened is an answer as well.
    private static IReadOnlyList<FileVerification> VerifyOpened(
        VerificationInput input, IReadOnlyList<SmArchitecture> targets, VerificationOptions options, CancellationToken cancellation,
        Func<DeviceCodeFile, IReadOnlyList<FileVerification>> verify)
    {
        if (targets.Count == 0)
        {
            throw new ArgumentException("At least one target is needed.", nameof(targets));
        }

        cancellation.ThrowIfCancellationRequested();
        try
        {
            using DeviceCodeFile file = Open(input);
            return verify(file);
        }
        catch (DeviceCodeException e) when (e.Failure == DeviceCodeFailure.NoCudaHost)
        {
            // Sound, and without device code: 32-bit libraries and those for macOS are shipped beside the others.
            return
            [
                new FileVerification
                {
                    Input = input,
                    Targets = [.. targets.Select(target => new TargetVerification { Target = target, Coverage = FileCoverage.NoDeviceCode })],
                },
            ];
        }
        catch (DeviceCodeException e) when (e.Failure == DeviceCodeFailure.NotNative)
        {
            return [Unreadable(input, options, ReadFailure.Of(e, input.Path)!) with { IsNotNative = true }];
        }
        catch (Exception e) when (ReadFailure.Of(e, input.Path) is { } failure)
        {
            return [Unreadable(input, options, failure)];
        }
    }

    private static DeviceCodeFile Open(VerificationInput input)
    {
        if (input.OpenStream is null)
        {
            return DeviceCodeReader.Open(input.Path);
        }

        using Stream stream = input.OpenStream();
        return DeviceCodeReader.Open(stream, input.DisplayName);
    }

    private static FileVerification Verify(
        VerificationInput input, DeviceCodeFile file, IReadOnlyList<SmArchitecture> targets, VerificationOptions options, CancellationToken cancellation)
    {
        var answers = new List<TargetVerification>();
        foreach (SmArchitecture target in targets)
        {
            cancellation.ThrowIfCancellationRequested();
            answers.Add(TargetVerifier.Verify(file, target, options, cancellation));
        }

        // Reading names can bring up damage that the headers did not show: problems are taken last.
        Problem[] problems = [.. file.Problems];
        var findings = new List<Finding>();
        findings.AddRange(answers.Select(answer => CoverageFinding(input, answer, options)).OfType<Finding>());
        findings.AddRange(answers.SelectMany(answer => RefusalFindings(input, answer, options)));
        if (problems.Length > 0)
        {
            findings.Add(Create(RuleIds.UnreadableFile, target: null, FindingMessages.Damaged(input, problems), [], options));
        }

        return new FileVerification
        {
            Input = input,
            HostFormat = file.HostFormat,
            Machine = file.Machine,
            Modules = [.. file.Modules.Where(module => !module.IsRelocatable).Select(ModulePlace.Of)],
            Targets = answers,
            Problems = problems,
            Findings = findings,
        };
    }

    // What a refused text alone is to blame for is said once, with the place in the text.
    private static Finding? CoverageFinding(VerificationInput input, TargetVerification answer, VerificationOptions options) => answer.Coverage switch
    {
        FileCoverage.None or FileCoverage.Partial when answer.RefusedImages.Count > 0 && answer.MissingImages.Count == 0 => null,
        FileCoverage.None => Create(RuleIds.NothingRuns, answer.Target, FindingMessages.NothingRuns(input, answer, options), answer.MissingKernels, options),
        FileCoverage.JitFallback => Create(RuleIds.JitOnly, answer.Target, FindingMessages.JitOnly(input, answer), [], options),
        FileCoverage.Partial => Create(
            RuleIds.SomeModulesCannotRun, answer.Target, FindingMessages.SomeModulesCannotRun(input, answer, options), answer.MissingKernels, options),
        _ => null,
    };

    private static IEnumerable<Finding> RefusalFindings(VerificationInput input, TargetVerification answer, VerificationOptions options)
    {
        int reported = answer.RefusedImages.Count <= options.RefusedImages ? answer.RefusedImages.Count : Math.Max(options.RefusedImages, 1);
        for (int i = 0; i < reported; i++)
        {
            RefusedImage image = answer.RefusedImages[i];
            int further = i == reported - 1 ? answer.RefusedImages.Count - reported : 0;
            string[] kernels = [.. image.Faults.Select(fault => fault.Kernel).OfType<string>().Distinct(StringComparer.Ordinal)];
            yield return Create(RuleIds.ImageNeedsFeature, answer.Target, FindingMessages.ImageRefused(input, answer.Target, image, further), kernels, options);
        }
    }

    private static FileVerification Unreadable(VerificationInput input, VerificationOptions options, Problem failure) => new()
    {
        Input = input,
        IsUnreadable = true,
        Problems = [failure],
        Findings = [Create(RuleIds.UnreadableFile, target: null, FindingMessages.Unreadable(input, failure.Message), [], options)],
    };

    private static Finding Create(string rule, SmArchitecture? target, string message, IReadOnlyList<string> kernels, VerificationOptions options) =>
        new(rule, RuleCatalog.Get(rule).Severity(options.GapsAreErrors), target, Printable.Text(message), kernels);
}
