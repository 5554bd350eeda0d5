using CudaArch.Architectures;
using CudaArch.DeviceCode.Verification;

namespace CudaArch.DeviceCode.Hosts;

/// <summary>What is wrong with a set of files on the machines that they are shipped to, before any device code runs: CUDA2005, CUDA2006, CUDA2008.</summary>
public static class HostRules
{
    /// <summary>Adds the findings to those of the files.</summary>
    /// <param name="files">The verified files that are shipped.</param>
    /// <param name="others">Further files that lie in the same packages and are not shipped: they tell for which hosts a package has code. Only such findings come of them.</param>
    /// <param name="targets">The targets.</param>
    /// <param name="hosts">The runtime identifiers that the project is built for; empty when for all.</param>
    /// <param name="options">The severities.</param>
    /// <returns>The shipped files, and those of the others that have a finding now.</returns>
    public static IReadOnlyList<FileVerification> Apply(
        IReadOnlyList<FileVerification> files, IReadOnlyList<FileVerification> others, IReadOnlyList<SmArchitecture> targets, IReadOnlyCollection<string> hosts, VerificationOptions options)
    {
        FileVerification[] all = [.. files, .. others.Select(file => file with { Findings = [] })];
        var missing = HostAssetRule.Check(all, targets, hosts, options).ToLookup(pair => pair.File, pair => pair.Finding, ReferenceComparer.Instance);
        var cudaPackages = new HashSet<string>(all.Where(file => file.HasDeviceCode).Select(Package), StringComparer.OrdinalIgnoreCase);

        var result = new List<FileVerification>();
        for (int i = 0; i < all.Length; i++)
        {
            FileVerification file = all[i];
            var found = new List<Finding>(missing[file]);
            if (i < files.Count)
            {
                // Other packages' native files are none of this product's business.
                if (cudaPackages.Contains(Package(file)) && HostMachineRule.Check(file, options) is { } mismatch)
                {
                    found.Add(mismatch);
                }

                found.AddRange(ToolkitVersionRule.Check(file, files, targets, options));
            }

            if (i < files.Count || found.Count > 0)
            {
                result.Add(found.Count == 0 ? file : file with { Findings = [.. file.Findings, .. found] });
            }
        }

        return result;
    }

    // Files of the project itself count as one package.
    private static string Package(FileVerification file) => file.Input.PackageId ?? "";

    private sealed class ReferenceComparer : IEqualityComparer<FileVerification>
    {
        public static ReferenceComparer Instance { get; } = new();

        public bool Equals(FileVerification? x, FileVerification? y) => ReferenceEquals(x, y);

        public int GetHashCode(FileVerification obj) => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(obj);
    }
}
