namespace CudaArch.DeviceCode;

/// <summary>How files are read, and the bounds that keep hostile ones harmless.</summary>
public sealed record DeviceCodeReaderOptions
{
    /// <summary>The defaults.</summary>
    public static DeviceCodeReaderOptions Default { get; } = new();

    /// <summary>
    /// Whether data sections that are not known to hold device code are searched for it. Most of NVIDIA's own libraries keep theirs there; without the search
    /// only section headers and image headers are read.
    /// </summary>
    public bool SearchDataSections { get; init; } = true;

    /// <summary>
    /// The kinds of image that are listed; null lists all, also unknown ones. A module that holds none of them is left out, so that nothing is read, counted or judged but these:
    /// <c>[ImageKind.Cubin]</c> answers for what runs without compilation.
    /// </summary>
    public IReadOnlyCollection<ImageKind>? Kinds { get; init; }

    /// <summary>Most bytes that one image may unpack to. An image that claims more is a problem, not an allocation.</summary>
    public long MaxImageSize { get; init; } = 1L << 30;

    /// <summary>Most modules that are listed of one file; what follows is a problem. The largest known library has 18 227.</summary>
    public int MaxModules { get; init; } = 1_000_000;

    /// <summary>Most images that are listed of one file; what follows is a problem.</summary>
    public int MaxImages { get; init; } = 4_000_000;

    /// <summary>Most problems that are kept of one file; the last one says that there are more.</summary>
    public int MaxProblems { get; init; } = 1_000;

    /// <summary>Most bytes that one compressed member of a package may unpack to; they go to a temporary file, not to memory. A member that claims more is a problem.</summary>
    public long MaxMemberSize { get; init; } = 8L << 30;

    /// <summary>Most bytes that all compressed members of a package, and of the packages in it, may unpack to together; what follows is not read, which is a problem.</summary>
    public long MaxUnpackedSize { get; init; } = 32L << 30;

    /// <summary>How deep packages, and assemblies with libraries among their resources, may lie in each other.</summary>
    public int MaxNesting { get; init; } = 4;
}
