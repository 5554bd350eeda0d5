using CudaArch.DeviceCode.Containers;
using CudaArch.DeviceCode.Cubins;
using CudaArch.DeviceCode.IO;

namespace CudaArch.DeviceCode;

/// <summary>A file and the device code in it. Headers are read already; payloads are read when asked for, so keep it open as long as its images are used.</summary>
public sealed class DeviceCodeFile : IDisposable
{
    private readonly ByteSource? _source;
    private readonly ReadContext? _context;
    private readonly IReadOnlyList<Problem> _structuralProblems;

    internal DeviceCodeFile(ByteSource source, Host host, ReadContext context)
    {
        _source = source;
        _context = context;
        Path = source.Name;
        Size = source.Length;
        HostFormat = host.Format;
        Machine = host.Machine;
        Modules = context.Modules;
        Package = context.Package;
        ImportedLibraries = context.Imports;
        _structuralProblems = context.Problems;
        Parts = [.. context.Parts.Select(part => new DeviceCodeFile(this, part))];
    }

    // A file inside a package: a view of what was read of the package.
    private DeviceCodeFile(DeviceCodeFile package, FilePart part)
    {
        Path = package.Path + "/" + part.Member;
        Member = part.Member;
        Size = part.Size;
        HostFormat = part.Host?.Format ?? HostFormat.None;
        Machine = part.Host?.Machine;
        Modules = [.. package.Modules.Skip(part.FirstModule).Take(part.ModuleCount)];
        Package = package.Package;
        _structuralProblems = [.. package._structuralProblems.Skip(part.FirstProblem).Take(part.ProblemCount)];
    }

    /// <summary>The path or display name that it was opened by; of a file inside a package, that of the package, a slash and <see cref="Member"/>.</summary>
    public string Path { get; }

    /// <summary>Of one of a package's <see cref="Parts"/>, its path inside the package; else null.</summary>
    public string? Member { get; }

    /// <summary>Size in bytes.</summary>
    public long Size { get; }

    /// <summary>The package that it is or lies in; null when there is none, or it states no identity.</summary>
    public PackageIdentity? Package { get; }

    /// <summary>
    /// Of a package, the files inside it (and inside packages in it) that can hold device code, in the order of its directory: each a library with a coverage of its own.
    /// They share the package's modules, and are of use as long as the package is open. Empty for everything else.
    /// </summary>
    public IReadOnlyList<DeviceCodeFile> Parts { get; } = [];

    /// <summary>Of a package, what is odd or damaged outside its <see cref="Parts"/>.</summary>
    public IEnumerable<Problem> OwnProblems => _structuralProblems.Except(Parts.SelectMany(part => part._structuralProblems));

    /// <summary>Of a .NET assembly, the names of the native libraries that it calls, as its source has them; empty for everything else.</summary>
    public IReadOnlyList<string> ImportedLibraries { get; } = [];

    /// <summary>What kind of file it is.</summary>
    public HostFormat HostFormat { get; }

    /// <summary>The machine that its host code is for: <c>x86-64</c>, <c>aarch64</c>, others by their usual name; null when it has no host code or several kinds.</summary>
    public string? Machine { get; }

    /// <summary>The modules, in file order.</summary>
    public IReadOnlyList<DeviceCodeModule> Modules { get; }

    /// <summary>What is odd or damaged: found when the file was opened, and in the payloads that were read since.</summary>
    public IReadOnlyList<Problem> Problems
    {
        get
        {
            List<Problem>? problems = null;
            foreach (DeviceCodeModule module in Modules)
            {
                foreach (DeviceCodeImage image in module.Images)
                {
                    if (image.PayloadProblem is { } problem)
                    {
                        (problems ??= [.. _structuralProblems]).Add(problem);
                    }
                }
            }

            return problems ?? _structuralProblems;
        }
    }

    /// <summary>
    /// Reads the kernel names of all images on all cores, so that <see cref="DeviceCodeImage.ReadKernels"/> answers at once. Nothing is unpacked twice or further than the names
    /// need, and large images do not take turns in memory: <see cref="MaxBytesInFlight"/> bounds what is being unpacked at a time.
    /// </summary>
    /// <param name="cancellation">Stops the work between images.</param>
    /// <exception cref="DeviceCodeException">The platform could not read the file.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    public void ReadAllKernels(CancellationToken cancellation = default) => KernelReading.ReadAll(Modules, MaxBytesInFlight, cancellation);

    /// <summary>How many bytes the images have together, unpacked, that are read at the same time; a larger one is read alone.</summary>
    public const long MaxBytesInFlight = 16 << 20;

    /// <inheritdoc/>
    public void Dispose()
    {
        _context?.Dispose();
        _source?.Dispose();
    }
}
