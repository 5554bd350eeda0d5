namespace CudaArch.DeviceCode.Containers;

/// <summary>Where the readers of the container formats put what they find in one file, with the bounds on how much that may be.</summary>
internal sealed class ReadContext(DeviceCodeReaderOptions options)
{
    private readonly List<DeviceCodeModule> _modules = [];
    private readonly List<Problem> _problems = [];
    private int _images;

    public DeviceCodeReaderOptions Options { get; } = options;

    /// <summary>The path inside an archive or package of what is being read; null for the file itself.</summary>
    public string? Member { get; set; }

    public IReadOnlyList<DeviceCodeModule> Modules => _modules;

    public IReadOnlyList<Problem> Problems => _problems;

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

    /// <summary>Takes a module, unless the file has more of them than the options allow.</summary>
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
        _modules.Add(new DeviceCodeModule(location, offset, isRelocatable, Member, images));
    }
}
