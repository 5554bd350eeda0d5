using CudaArch.Architectures;
using CudaArch.DeviceCode.Verification;
using CudaArch.Libraries;
using CudaArch.Rules;

namespace CudaArch.DeviceCode.Hosts;

/// <summary>
/// CUDA2005: a package brings CUDA code for some hosts, and nothing for the only hosts that have the target GPU. Asked of packages as a whole: one that covers the host
/// with any CUDA library of its own, or whose libraries come for that host from another package, is no gap.
/// </summary>
internal static class HostAssetRule
{
    /// <summary>The faults, each with the first file of the package that it is about.</summary>
    /// <param name="files">All files, shipped or only lying in a package.</param>
    /// <param name="targets">The targets.</param>
    /// <param name="hosts">The runtime identifiers that the project is built for; empty when for all.</param>
    /// <param name="options">The severities.</param>
    public static IEnumerable<(FileVerification File, Finding Finding)> Check(
        IReadOnlyList<FileVerification> files, IReadOnlyList<SmArchitecture> targets, IReadOnlyCollection<string> hosts, VerificationOptions options)
    {
        foreach (SmArchitecture target in targets)
        {
            if (ArchitectureCatalog.Find(target) is not { Hosts.Count: > 0 } info)
            {
                continue;
            }

            string[] wanted = [.. info.Hosts.Where(host => hosts.Count == 0 || hosts.Any(name => SameHost(name, host)))];
            if (wanted.Length == 0)
            {
                continue;
            }

            // What nothing ties to a host serves every host.
            bool Serves(FileVerification file) => file.Input.RuntimeIdentifier is not { } name || !RuntimeIdentifier.TryParse(name, out _) || wanted.Any(host => SameHost(name, host));
            var present = new HashSet<string>(files.Where(Serves).Select(Name), StringComparer.Ordinal);
            foreach (IGrouping<string, FileVerification> package in files.Where(file => file.HasDeviceCode && file.Input.PackageId is not null && !file.Input.PackageIsPartial)
                .GroupBy(file => $"{file.Input.PackageId} {file.Input.PackageVersion}", StringComparer.OrdinalIgnoreCase))
            {
                if (!package.Any(file => Serves(file) || present.Contains(Name(file))))
                {
                    yield return (package.First(), Missing(package.Key, [.. package], wanted, info, options));
                }
            }
        }
    }

    private static Finding Missing(string package, IReadOnlyList<FileVerification> files, string[] wanted, ArchitectureInfo info, VerificationOptions options)
    {
        string others = List([.. files.Select(file => file.Input.RuntimeIdentifier!).Distinct(StringComparer.OrdinalIgnoreCase).OrderBy(name => name, StringComparer.Ordinal)]);
        string[] names = [.. files.Select(file => file.Input.DisplayName.Substring(file.Input.DisplayName.LastIndexOf('/') + 1)).Distinct(StringComparer.Ordinal)];
        string libraries = names.Length > 3 ? $"{names[0]}, {names[1]} and {names.Length - 2} more" : string.Join(", ", names);
        string host = List(wanted);
        string message = $"{package} has CUDA code for {others} ({libraries}), and none for {host}, the only host of {info.Architecture}, {info.Products}. "
            + $"Use a version of {files[0].Input.PackageId}, or another package, that has it for {host}; if the program is for other hosts only, name them in CudaArchRuntimeIdentifiers (of the command: --rid); "
            + $"or suppress {RuleIds.MissingRuntimeIdentifier}.";
        return new Finding(
            RuleIds.MissingRuntimeIdentifier, RuleCatalog.Get(RuleIds.MissingRuntimeIdentifier).Severity(options.GapsAreErrors), info.Architecture, Printable.Text(message), []);
    }

    private static string Name(FileVerification file) => LibraryName.Logical(file.Input.DisplayName);

    private static bool SameHost(string left, string right) =>
        RuntimeIdentifier.TryParse(left, out RuntimeIdentifier a) && RuntimeIdentifier.TryParse(right, out RuntimeIdentifier b) && a == b;

    private static string List(IReadOnlyList<string> names) =>
        names.Count == 1 ? names[0] : string.Join(", ", names.Take(names.Count - 1)) + " and " + names[names.Count - 1];
}
