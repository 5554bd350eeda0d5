using CudaArch.Architectures;
using CudaArch.DeviceCode.Verification;
using CudaArch.Libraries;
using CudaArch.Rules;

namespace CudaArch.DeviceCode.Hosts;

/// <summary>
/// CUDA2008: a library or program of CUDA that is shipped and older than the target needs. A compiler refuses the architecture when it is asked for it; the runtime of an older
/// major version goes with code that has no cubin for it. A library with device code is judged by that code, and here only where the file holds none.
/// </summary>
internal static class ToolkitVersionRule
{
    /// <summary>The faults of a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="neighbours">The shipped files, by which the runtime is judged too.</param>
    /// <param name="targets">The targets.</param>
    /// <param name="options">The severities.</param>
    public static IEnumerable<Finding> Check(FileVerification file, IReadOnlyList<FileVerification> neighbours, IReadOnlyList<SmArchitecture> targets, VerificationOptions options)
    {
        if (file.IsUnreadable || file.HostFormat is not (HostFormat.Elf or HostFormat.PeCoff) || ToolkitLibrary.Find(FileName(file.Input)) is not { } library
            || library.VersionSource == ToolkitVersionSource.None)
        {
            yield break;
        }

        if (targets.All(target => library.FirstReleaseFor(target) is null) || ToolkitVersionReader.Read(library, FileName(file.Input), file.Input) is not { Major: { } major } version)
        {
            yield break;
        }

        foreach (SmArchitecture target in targets)
        {
            if (library.FirstReleaseFor(target) is { } first && IsOlder(major, version.Minor, first) && !IsSaidOfAnother(library, major, first)
                && !IsAnsweredByCode(library, file, neighbours, target))
            {
                string name = version.Minor is null ? $"{major}.x" : $"{major}.{version.Minor}";
                string message = $"{FindingMessages.Subject(file.Input)} is {library.Product} of CUDA {name}{Fault(library.Kind, target, Name(first))}. {Remedy(file.Input, Name(first))}, or suppress {RuleIds.LibraryTooOld}.";
                yield return new Finding(RuleIds.LibraryTooOld, RuleCatalog.Get(RuleIds.LibraryTooOld).Severity(options.GapsAreErrors), target, Printable.Text(message), []);
            }
        }
    }

    /// <summary>The version of a library of CUDA's that a user should look for, in words; null when the file is none, is new enough by its name, or nothing is known of it.</summary>
    internal static string? NewerVersion(VerificationInput input, SmArchitecture target)
    {
        string name = FileName(input);
        if (ToolkitLibrary.Find(name) is not { } library || library.FirstVersionFor(target) is not { } wanted)
        {
            return null;
        }

        (int? major, int? minor) = library.VersionOf(name);
        return library.FirstReleaseFor(target) is { } first && major is { } known && minor is not null && !IsOlder(known, minor, first) ? null : wanted;
    }

    private static string FileName(VerificationInput input) => input.DisplayName.Substring(input.DisplayName.LastIndexOf('/') + 1);

    private static string Fault(ToolkitLibraryKind kind, SmArchitecture target, string first) => kind switch
    {
        ToolkitLibraryKind.Compiler => $", which does not know {target}: {first} is the first that does",
        ToolkitLibraryKind.DeviceCode => $", which was built before there was {target}: {first} is the first with cubins for it",
        _ => $": what is built with it has no cubin for {target} and runs there only by JIT compilation, which takes PTX; {first} is the first with cubins for it",
    };

    private static bool IsOlder(int major, int? minor, (int Major, int? Minor) first) => major < first.Major || (major == first.Major && minor < first.Minor);

    // NVRTC itself tells its major version; its builtins are asked only where that is not enough.
    private static bool IsSaidOfAnother(ToolkitLibrary library, int major, (int Major, int? Minor) first) =>
        library.Product.EndsWith(" builtins", StringComparison.Ordinal) && major < first.Major;

    // The code itself says more than a version. For the runtime, any cubin beside it that loads shows that what is said of older toolkits does not hold here.
    private static bool IsAnsweredByCode(ToolkitLibrary library, FileVerification file, IReadOnlyList<FileVerification> neighbours, SmArchitecture target) => library.Kind switch
    {
        ToolkitLibraryKind.DeviceCode => CoverageOf(file, target) is not FileCoverage.NoDeviceCode,
        ToolkitLibraryKind.Runtime => neighbours.Any(other => CoverageOf(other, target) is FileCoverage.Native or FileCoverage.Partial),
        _ => false,
    };

    private static FileCoverage? CoverageOf(FileVerification file, SmArchitecture target) => file.Targets.FirstOrDefault(answer => answer.Target == target)?.Coverage;

    private static string Name((int Major, int? Minor) release) => release.Minor is null ? $"CUDA {release.Major}" : $"CUDA {release.Major}.{release.Minor}";

    private static string Remedy(VerificationInput input, string first) =>
        input.PackageId is null ? $"Ship the one of {first} or later" : $"Use a version of {input.PackageId} with {first} or later";
}
