namespace CudaArch.DeviceCode;

/// <summary>What an image is.</summary>
public enum ImageKind
{
    /// <summary>A kind that this reader does not know; <see cref="DeviceCodeImage.RawKind"/> tells its number. It counts as not running.</summary>
    Unknown,

    /// <summary>Machine code for one architecture: an ELF file of machine 190.</summary>
    Cubin,

    /// <summary>PTX text, which the driver compiles for a device.</summary>
    Ptx,

    /// <summary>NVVM or LTO intermediate code: must be linked at run time before anything can load it.</summary>
    LtoIr,

    /// <summary>Tile IR (CUDA 13), which the driver compiles for the very architecture that it was made for.</summary>
    TileIr,
}

/// <summary>The words that the public outputs use for the enums of this library.</summary>
public static class DeviceCodeWords
{
    /// <summary>The word for a kind of image: <c>cubin</c>, <c>ptx</c>, <c>lto-ir</c>, <c>tile-ir</c>, <c>unknown</c>.</summary>
    public static string Word(this ImageKind kind) => kind switch
    {
        ImageKind.Cubin => "cubin",
        ImageKind.Ptx => "ptx",
        ImageKind.LtoIr => "lto-ir",
        ImageKind.TileIr => "tile-ir",
        _ => "unknown",
    };

    /// <summary>The word for a compression: <c>none</c>, <c>lz4</c>, <c>zstd</c>.</summary>
    public static string Word(this PayloadCompression compression) => compression switch
    {
        PayloadCompression.Lz4 => "lz4",
        PayloadCompression.Zstd => "zstd",
        _ => "none",
    };

    /// <summary>The word for a host format: <c>elf</c>, <c>pe</c>, <c>archive</c>, <c>fatbin</c>, <c>cubin</c>, <c>ptx</c>, <c>package</c>, <c>none</c>.</summary>
    public static string Word(this HostFormat format) => format switch
    {
        HostFormat.Elf => "elf",
        HostFormat.PeCoff => "pe",
        HostFormat.Archive => "archive",
        HostFormat.Fatbin => "fatbin",
        HostFormat.Cubin => "cubin",
        HostFormat.Ptx => "ptx",
        HostFormat.Package => "package",
        _ => "none",
    };

    /// <summary>The word for a reason: <c>linkTime</c>, <c>newer</c>, <c>specific</c>, <c>dispatched</c>, <c>narrow</c>, <c>noKernels</c>; null for <see cref="ByDesignReason.NotByDesign"/>.</summary>
    public static string? Word(this ByDesignReason reason) => reason switch
    {
        ByDesignReason.LinkTime => "linkTime",
        ByDesignReason.Newer => "newer",
        ByDesignReason.Specific => "specific",
        ByDesignReason.Dispatched => "dispatched",
        ByDesignReason.Narrow => "narrow",
        ByDesignReason.NoKernels => "noKernels",
        _ => null,
    };
}
