using CudaArch.DeviceCode.Compression;
using CudaArch.DeviceCode.IO;

namespace CudaArch.DeviceCode.Containers;

/// <summary>Where the readers of the container formats put what they find in one file, with the bounds on how much that may be.</summary>
internal sealed class ReadContext(DeviceCodeReaderOptions options) : IDisposable
{
    private readonly List<DeviceCodeModule> _modules = [];
    private readonly List<Problem> _problems = [];
    private readonly List<FilePart> _parts = [];
    private FilePart _part;
    private Spool? _spool;
    private long _unpacked;
    private int _images;

    public DeviceCodeReaderOptions Options { get; } = options;

    /// <summary>What the payloads of the file share.</summary>
    public PayloadReader Payloads { get; } = new(options.MaxImageSize);

    /// <summary>The path inside an archive or package of what is being read; null for the file itself.</summary>
    public string? Member { get; set; }

    public IReadOnlyList<DeviceCodeModule> Modules => _modules;

    public IReadOnlyList<Problem> Problems => _problems;

    /// <summary>The names of the native libraries that .NET assemblies call.</summary>
    public List<string> Imports { get; } = [];

    /// <summary>The files inside a package.</summary>
    public IReadOnlyList<FilePart> Parts => _parts;

    /// <summary>The identity that the package states in its manifest.</summary>
    public PackageIdentity? Package { get; set; }

    /// <summary>How many packages and assemblies are open around what is being read.</summary>
    public int Nesting { get; set; }

    /// <summary>Whether a bound on modules or images is reached, so that reading on is of no use.</summary>
    public bool IsFull { get; private set; }

    /// <summary>A path inside a container that is itself inside another one.</summary>
    public static string? Join(string? outer, string? inner) => outer is null ? inner : inner is null ? outer : outer + "/" + inner;

    /// <summary>Notes something odd or damaged.</summary>
    public void Report(long offset, string message)
    {
        if (_problems.Count < Options.MaxProblems - 1)
        {
            _problems.Add(new Problem(offset, message, Member));
        }
        else if (_problems.Count == Options.MaxProblems - 1)
        {
            _problems.Add(new Problem(offset, "more problems follow; they are not listed", Member));
        }
    }

    /// <summary>Takes a module, as far as its images are of the kinds that were asked for, unless the file has more of them than the options allow.</summary>
    public void Add(string location, long offset, bool isRelocatable, IReadOnlyList<DeviceCodeImage> images)
    {
        if (IsFull)
        {
            return;
        }

        if (_modules.Count >= Options.MaxModules || _images + images.Count > Options.MaxImages)
        {
            IsFull = true;
            Report(offset, $"more than {Options.MaxModules} modules or {Options.MaxImages} images; the rest of the file is not read");
            return;
        }

        _images += images.Count;
        if (Options.Kinds is { } kinds)
        {
            images = [.. images.Where(image => kinds.Contains(image.Kind))];
            if (images.Count == 0)
            {
                return;
            }
        }

        _modules.Add(new DeviceCodeModule(location, offset, isRelocatable, Member, images));
    }

    /// <summary>Where what is unpacked from packages goes; it lives as long as the file is open.</summary>
    public Spool Spool(string owner) => _spool ??= new Spool(owner);

    /// <summary>Asks to unpack so many bytes from a package; when all of them together are too many, that is a problem, and the rest is not read.</summary>
    public bool TryUnpack(long size, long offset)
    {
        if (size <= Options.MaxUnpackedSize - _unpacked)
        {
            _unpacked += size;
            return true;
        }

        if (!IsFull)
        {
            IsFull = true;
            Report(offset, $"the package unpacks to more than {Options.MaxUnpackedSize} bytes; the rest of it is not read");
        }

        return false;
    }

    /// <summary>What is found from here on belongs to the file inside a package that <see cref="Member"/> names.</summary>
    public void BeginPart(long size) => _part = new FilePart(Member ?? "", size, null, _modules.Count, 0, _problems.Count, 0);

    /// <summary>Ends the file that was begun.</summary>
    public void EndPart(Host? host) => _parts.Add(
        _part with { Host = host, ModuleCount = _modules.Count - _part.FirstModule, ProblemCount = _problems.Count - _part.FirstProblem });

    public void Dispose()
    {
        _spool?.Dispose();
        Payloads.Dispose();
    }
}
