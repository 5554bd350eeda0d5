using CudaArch.Architectures;
using CudaArch.DeviceCode;
using CudaArch.DeviceCode.Verification;
using CudaArch.Tool.Inputs;

namespace CudaArch.Tool.Comparison;

/// <summary>What a file has for one target.</summary>
/// <param name="Coverage">Its coverage.</param>
/// <param name="Kernels">The mangled names of the kernels that run.</param>
internal sealed record TargetState(FileCoverage Coverage, IReadOnlySet<string> Kernels);

/// <summary>How the two sides of a comparison are read and judged.</summary>
/// <param name="Reader">How to read.</param>
/// <param name="Coverage">How to judge.</param>
internal sealed record FileStateOptions(DeviceCodeReaderOptions Reader, CoverageOptions Coverage);

/// <summary>A file on one side of a comparison.</summary>
/// <param name="Key">By what it is found again on the other side: its path below the folder or package; empty when the file itself was named.</param>
/// <param name="Targets">What it has, in the order of the targets.</param>
internal sealed record FileState(string Key, IReadOnlyList<TargetState> Targets)
{
    /// <summary>The files with device code behind a path: a file, a package or a folder.</summary>
    /// <exception cref="UsageException">There is nothing there.</exception>
    public static IReadOnlyList<FileState> ReadAll(string path, IReadOnlyList<SmArchitecture> targets, FileStateOptions options, CancellationToken cancellation, Action<string> problem)
    {
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            throw new UsageException($"'{path}' does not exist.");
        }

        return [.. new FileWalker([], Shard.Whole).Walk([path])
            .AsParallel().AsOrdered().WithCancellation(cancellation)
            .SelectMany(file => Read(file, Directory.Exists(path) ? Path.GetRelativePath(path, file.Input.Path).Replace('\\', '/') : "", targets, options, cancellation, problem))
            .Where(file => file.Targets.Any(target => target.Coverage != FileCoverage.NoDeviceCode))];
    }

    private static IReadOnlyList<FileState> Read(
        FoundFile found, string key, IReadOnlyList<SmArchitecture> targets, FileStateOptions options, CancellationToken cancellation, Action<string> problem)
    {
        try
        {
            using DeviceCodeFile file = DeviceCodeReader.Open(found.Input.Path, options.Reader);
            FileState[] states = file.HostFormat == HostFormat.Package
                ? [.. file.Parts.Select(part => Read(part, key.Length == 0 ? part.Member! : $"{key}/{part.Member}", targets, options, cancellation))]
                : [Read(file, key, targets, options, cancellation)];

            // Reading names can bring up damage that the headers did not show.
            foreach (Problem damage in file.Problems.Take(1))
            {
                problem($"{found.Input.Path}: {damage}");
            }

            return states;
        }
        catch (DeviceCodeException e) when (!found.IsNamed && e.Failure is DeviceCodeFailure.NotNative or DeviceCodeFailure.NoCudaHost)
        {
            return [];
        }
        catch (Exception e) when (ReadFailure.Of(e, found.Input.Path) is { } failure)
        {
            problem($"{found.Input.Path}: {failure.Message}");
            return [];
        }
    }

    private static FileState Read(DeviceCodeFile file, string key, IReadOnlyList<SmArchitecture> targets, FileStateOptions options, CancellationToken cancellation) =>
        new(key, [.. targets.Select(target =>
        {
            CoverageReport report = CoverageReport.For(file, target, options.Coverage, cancellation);
            return new TargetState(report.FileCoverage, report.ReadRunningKernels().ToHashSet(StringComparer.Ordinal));
        })]);
}
