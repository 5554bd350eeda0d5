using System.IO.Compression;
using CudaArch.Architectures;
using CudaArch.DeviceCode.Hosts;
using CudaArch.DeviceCode.Verification;

namespace CudaArch.Tool.Inputs;

/// <summary>
/// What is wrong with the verified files on the machines that they are meant for: CUDA2005, CUDA2006, CUDA2008, by the rules of the build. Packages are judged as a whole;
/// a file of no package is judged by itself.
/// </summary>
internal static class HostFindings
{
    /// <summary>Adds the findings.</summary>
    /// <param name="found">All results, also those that are not asked about.</param>
    /// <param name="elsewhere">Files that other machines verify: they tell which libraries there are.</param>
    /// <param name="targets">The targets.</param>
    /// <param name="hosts">The runtime identifiers that are asked about; empty for all.</param>
    /// <param name="options">The severities.</param>
    /// <returns>The results that are asked about, and of the others those about whose package something is to be said, in their order.</returns>
    public static IReadOnlyList<FoundResult> Add(
        IReadOnlyList<FoundResult> found, IEnumerable<VerificationInput> elsewhere, IReadOnlyList<SmArchitecture> targets, IReadOnlyCollection<string> hosts, VerificationOptions options)
    {
        FileVerification[] ofPackages = [.. found.Where(file => file.IsWanted && IsOfPackage(file)).Select(file => file.Result)];
        FileVerification[] others = [.. found.Where(file => !file.IsWanted || !IsOfPackage(file)).Select(file => file.Result), .. elsewhere.SelectMany(Names)];
        IEnumerable<FileVerification> judged = HostRules.Apply(ofPackages, others, targets, hosts, options)
            .Concat(found.Where(file => file.IsWanted && !IsOfPackage(file)).SelectMany(file => HostRules.Apply([file.Result], [], targets, hosts, options)));
        var byInput = new Dictionary<VerificationInput, FileVerification>(ReferenceEqualityComparer.Instance);
        foreach (FileVerification file in judged)
        {
            byInput[file.Input] = file;
        }

        return [.. found.Where(file => byInput.ContainsKey(file.Result.Input)).Select(file => file with { Result = byInput[file.Result.Input] })];
    }

    private static bool IsOfPackage(FoundResult file) => file.Result.Input.PackageId is not null;

    // A library is known by its name; of a package by the names in it.
    private static IEnumerable<FileVerification> Names(VerificationInput input)
    {
        if (!input.Path.EndsWith(".nupkg", StringComparison.OrdinalIgnoreCase))
        {
            return [new FileVerification { Input = input }];
        }

        try
        {
            using ZipArchive package = ZipFile.OpenRead(input.Path);
            return [.. package.Entries.Select(entry => new FileVerification { Input = FileWalker.DescribeMember(new VerificationInput(input.Path + "/" + entry.FullName)) })];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            // The machine that verifies it says what is wrong with it.
            return [];
        }
    }
}
