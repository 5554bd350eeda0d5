using CudaArch.Architectures;
using CudaArch.DeviceCode.Caching;
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
        return Remembered(input, targets, options, perPart: false, part => input, () =>
            VerifyOpened(input, targets, options, cancellation, file => [new CachedPart(null, null, Verify(file, targets, options, cancellation))]))[0];
    }

    // Answers from the cache when that knows the file as it is now; else reads it, and tells the cache.
    private static IReadOnlyList<FileVerification> Remembered(
        VerificationInput input, IReadOnlyList<SmArchitecture> targets, VerificationOptions options, bool perPart,
        Func<CachedPart, VerificationInput?> describe, Func<IReadOnlyList<CachedPart>> verify)
    {
        if (targets.Count == 0)
        {
            throw new ArgumentException("At least one target is needed.", nameof(targets));
        }

        CacheKey? key = options.Cache is null || input.OpenStream is not null ? null : CacheKey.Of(input.Path, targets, options, perPart);
        if (key is not null && options.Cache!.Find(key) is { } known && Describe(known, describe, options) is { } answers)
        {
            return answers;
        }

        IReadOnlyList<CachedPart> parts = verify();

        // A file that was changed while it was read is in neither state; what cannot be read now may be readable soon.
        if (key is not null && !parts.Any(part => part.Verification is { IsUnreadable: true }) && key == CacheKey.Of(input.Path, targets, options, perPart))
        {
            options.Cache!.Keep(key, parts);
        }

        return Describe(parts, describe, options) ?? [];
    }

    // Null when a file is asked about that was not when the parts were kept.
    private static List<FileVerification>? Describe(IReadOnlyList<CachedPart> parts, Func<CachedPart, VerificationInput?> describe, VerificationOptions options)
    {
        var answers = new List<FileVerification>(parts.Count);
        foreach (CachedPart part in parts)
        {
            if (describe(part) is not { } input)
            {
                continue;
            }

            if (part.Verification is not { } found)
            {
                return null;
            }

            FileVerification file = found with { Input = input };
            answers.Add(file with { Findings = [.. FindingsOf(file, options)] });
        }

        return answers;
    }

    // Opens the file and hands it on; that it cannot be opened is an answer as well.
    private static IReadOnlyList<CachedPart> VerifyOpened(
        VerificationInput input, IReadOnlyList<SmArchitecture> targets, VerificationOptions options, CancellationToken cancellation,
        Func<DeviceCodeFile, IReadOnlyList<CachedPart>> verify)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            using DeviceCodeFile file = Open(input);
            return verify(file);
        }
        catch (DeviceCodeException e) when (e.Failure == DeviceCodeFailure.NoCudaHost)
        {
            // Sound, and without device code: 32-bit libraries and those for macOS are shipped beside the others.
            return [new CachedPart(null, null, Nothing(input, targets))];
        }
        catch (DeviceCodeException e) when (e.Failure == DeviceCodeFailure.NotNative)
        {
            return [new CachedPart(null, null, Unreadable(input, ReadFailure.Of(e, input.Path)!) with { IsNotNative = true, Placeholder = GitLfsPointer.Describe(input) })];
        }
        catch (Exception e) when (ReadFailure.Of(e, input.Path) is { } failure)
        {
            return [new CachedPart(null, null, Unreadable(input, failure))];
        }
    }

    private static FileVerification Nothing(VerificationInput input, IReadOnlyList<SmArchitecture> targets) =>
        new() { Input = input, Targets = [.. targets.Select(target => new TargetVerification { Target = target, Coverage = FileCoverage.NoDeviceCode })] };

    private static FileVerification Unreadable(VerificationInput input, Problem failure) => new() { Input = input, IsUnreadable = true, Problems = [failure] };

    private static DeviceCodeFile Open(VerificationInput input)
    {
        if (input.OpenStream is null)
        {
            return DeviceCodeReader.Open(input.Path);
        }

        using Stream stream = input.OpenStream();
        return DeviceCodeReader.Open(stream, input.DisplayName);
    }

    // What is found in a file, whoever it comes from. The input, and what is to be said, are added later.
    private static FileVerification Verify(DeviceCodeFile file, IReadOnlyList<SmArchitecture> targets, VerificationOptions options, CancellationToken cancellation)
    {
        var answers = new List<TargetVerification>();
        foreach (SmArchitecture target in targets)
        {
            cancellation.ThrowIfCancellationRequested();
            answers.Add(TargetVerifier.Verify(file, target, options, cancellation));
        }

        return new FileVerification
        {
            Input = new VerificationInput(file.Path),
            HostFormat = file.HostFormat,
            Machine = file.Machine,
            Modules = [.. file.Modules.Where(module => !module.IsRelocatable).Select(ModulePlace.Of)],
            Targets = answers,

            // Reading names can bring up damage that the headers did not show: problems are taken last.
            Problems = [.. file.Problems],
        };
    }

    private static IEnumerable<Finding> FindingsOf(FileVerification file, VerificationOptions options)
    {
        if (file.IsUnreadable)
        {
            string message = file.Placeholder is { } pointer ? FindingMessages.NotFetched(file.Input, pointer) : FindingMessages.Unreadable(file.Input, file.Problems[0].Message);
            return [Create(RuleIds.UnreadableFile, target: null, message, [], options)];
        }

        var findings = new List<Finding>();
        findings.AddRange(file.Targets.Select(answer => CoverageFinding(file.Input, answer, options)).OfType<Finding>());
        findings.AddRange(file.Targets.SelectMany(answer => RefusalFindings(file.Input, answer, options)));
        if (file.Problems.Count > 0)
        {
            findings.Add(Create(RuleIds.UnreadableFile, target: null, FindingMessages.Damaged(file.Input, file.Problems), [], options));
        }

        return findings;
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

    private static Finding Create(string rule, SmArchitecture? target, string message, IReadOnlyList<string> kernels, VerificationOptions options) =>
        new(rule, RuleCatalog.Get(rule).Severity(options.GapsAreErrors), target, Printable.Text(message), kernels);
}
