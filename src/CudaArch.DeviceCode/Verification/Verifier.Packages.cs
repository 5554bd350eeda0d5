using CudaArch.Architectures;
using CudaArch.DeviceCode.Caching;

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
        return Remembered(input, targets, options, perPart: true, part => Origin(input, part, describe), () => VerifyOpened(input, targets, options, cancellation, file =>
            file.HostFormat == HostFormat.Package ? VerifyPackage(input, file, targets, describe, options, cancellation)
                : [new CachedPart(null, null, Verify(file, targets, options, cancellation))]));
    }

    private static List<CachedPart> VerifyPackage(
        VerificationInput input, DeviceCodeFile package, IReadOnlyList<SmArchitecture> targets, Func<VerificationInput, VerificationInput?>? describe,
        VerificationOptions options, CancellationToken cancellation)
    {
        var parts = new List<CachedPart>();
        foreach (DeviceCodeFile file in package.Parts)
        {
            var part = new CachedPart(file.Member, package.Package, null);
            parts.Add(Origin(input, part, describe) is null ? part : part with { Verification = Verify(file, targets, options, cancellation) });
        }

        Problem[] problems = [.. package.OwnProblems];
        if (problems.Length > 0 || package.Parts.Count == 0)
        {
            parts.Insert(0, new CachedPart(null, package.Package, Nothing(input, targets) with { HostFormat = HostFormat.Package, Problems = problems }));
        }

        return parts;
    }

    // Null when the caller leaves the file out.
    private static VerificationInput? Origin(VerificationInput input, CachedPart part, Func<VerificationInput, VerificationInput?>? describe)
    {
        if (part.Member is null)
        {
            return input;
        }

        var origin = new VerificationInput(input.Path + "/" + part.Member)
        {
            DisplayName = input.DisplayName + "/" + part.Member,
            PackageId = part.Package?.Id ?? input.PackageId,
            PackageVersion = part.Package is null ? input.PackageVersion : part.Package.Version,
            PackageIsPartial = part.Package is null && input.PackageIsPartial,
            RuntimeIdentifier = input.RuntimeIdentifier,
            Item = input.Item,
        };
        return describe is null ? origin : describe(origin);
    }
}
