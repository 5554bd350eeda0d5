using CudaArch.Architectures;
using CudaArch.Rules;

namespace CudaArch.DeviceCode.Verification;

public static partial class Verifier
{
    /// <summary>
    /// Verifies one file, or, when it is a package, every file in it that can hold device code: each is a library of its own, which one coverage for all of them would hide.
    /// What is wrong with the package itself is an answer of its own, as is a package without such files.
    /// </summary>
    /// <param name="input">The file.</param>
    /// <param name="targets">The targets, at least one.</param>
    /// <param name="describe">Says more of the origin of a file in a package, or null to leave it out. It is called by the package's path, a slash and its path in it.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellation">Stops the work between modules.</param>
    /// <exception cref="ArgumentException">No target is given.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public static IReadOnlyList<FileVerification> VerifyEach(
        VerificationInput input, IReadOnlyList<SmArchitecture> targets, Func<VerificationInput, VerificationInput?>? describe = null,
        VerificationOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new VerificationOptions();
        return VerifyOpened(input, targets, options, cancellation, file =>
            file.HostFormat == HostFormat.Package ? VerifyPackage(input, file, targets, describe, options, cancellation) : [Verify(input, file, targets, options, cancellation)]);
    }

    private static List<FileVerification> VerifyPackage(
        VerificationInput input, DeviceCodeFile package, IReadOnlyList<SmArchitecture> targets, Func<VerificationInput, VerificationInput?>? describe,
        VerificationOptions options, CancellationToken cancellation)
    {
        var answers = new List<FileVerification>();
        foreach (DeviceCodeFile part in package.Parts)
        {
            var origin = new VerificationInput(input.Path + "/" + part.Member)
            {
                DisplayName = input.DisplayName + "/" + part.Member,
                PackageId = package.Package?.Id ?? input.PackageId,
                PackageVersion = package.Package is null ? input.PackageVersion : package.Package.Version,
                PackageIsPartial = package.Package is null && input.PackageIsPartial,
                RuntimeIdentifier = input.RuntimeIdentifier,
                Item = input.Item,
            };
            if ((describe is null ? origin : describe(origin)) is { } described)
            {
                answers.Add(Verify(described, part, targets, options, cancellation));
            }
        }

        Problem[] problems = [.. package.OwnProblems];
        if (problems.Length > 0 || package.Parts.Count == 0)
        {
            answers.Insert(0, new FileVerification
            {
                Input = input,
                HostFormat = HostFormat.Package,
                Targets = [.. targets.Select(target => new TargetVerification { Target = target, Coverage = FileCoverage.NoDeviceCode })],
                Problems = problems,
                Findings = problems.Length == 0 ? [] : [Create(RuleIds.UnreadableFile, target: null, FindingMessages.Damaged(input, problems), [], options)],
            });
        }

        return answers;
    }
}
