using System.Text;
using CudaArch.Architectures;
using CudaArch.DeviceCode.Compression;
using CudaArch.DeviceCode.Cubins;
using CudaArch.Ptx;

namespace CudaArch.DeviceCode;

/// <summary>One image: a cubin, a PTX text, or intermediate code, built for one architecture. Safe to use from several threads while its file is open.</summary>
public sealed class DeviceCodeImage
{
    private readonly ImageBytes _bytes;
    private readonly string? _member;
    private readonly ImageVersion _version;
    private IReadOnlyList<string>? _kernels;
    private bool _kernelsRead;
    private PtxSkim? _skim;
    private bool _skimmed;
    private Problem? _payloadProblem;

    internal DeviceCodeImage(
        ImageKind kind, int rawKind, SmArchitecture architecture, long offset, ImageBytes bytes, ImageVersion version, bool isDebug, string? member)
    {
        Kind = kind;
        RawKind = rawKind;
        Architecture = architecture;
        Offset = offset;
        _bytes = bytes;
        _version = version;
        IsDebug = isDebug;
        _member = member;
    }

    /// <summary>What it is.</summary>
    public ImageKind Kind { get; }

    /// <summary>The number of its kind in the fatbin entry, also when <see cref="Kind"/> is <see cref="ImageKind.Unknown"/>.</summary>
    public int RawKind { get; }

    /// <summary>The architecture that it was built for, with its suffix. Of an unknown kind, or a damaged header, it may be the default value.</summary>
    public SmArchitecture Architecture { get; }

    /// <summary>The architecture as it is written for this kind: real (<c>sm_121a</c>) for cubins, virtual (<c>compute_90</c>) for the rest; <c>unknown</c> when there is none.</summary>
    public string ArchitectureName => Architecture.Major == 0 ? "unknown" : Kind == ImageKind.Cubin ? Architecture.RealName : Architecture.VirtualName;

    internal ImageClaim Claim => new(Kind, Architecture);

    /// <summary>Where its header starts, in bytes from the start of the file (of the member, inside a compressed package).</summary>
    public long Offset { get; }

    /// <summary>How its payload is stored.</summary>
    public PayloadCompression Compression => _bytes.Compression;

    /// <summary>Size of its payload as stored, in bytes; images that share one payload (CUDA 13.5, <c>nvcc -concat</c>) all tell the size of that.</summary>
    public long StoredSize => _bytes.StoredSize;

    /// <summary>Size of its payload when unpacked, in bytes, as the headers state it.</summary>
    public long Size => _bytes.Size;

    /// <summary>Version of the code as NVIDIA's lister orders it: <c>9.5</c> is PTX 9.5, <c>1.8</c> a cubin of ELF ABI 8.</summary>
    public string CodeVersion => _version.ToString();

    /// <summary>Whether it was built with device debugging (<c>nvcc -G</c>).</summary>
    public bool IsDebug { get; }

    /// <summary>What went wrong when its payload was last read; null when nothing did, or it has not been read.</summary>
    public Problem? PayloadProblem => _payloadProblem;

    /// <summary>
    /// The mangled names of its kernels, in file order. Only the first part of a cubin is unpacked when its shape allows; PTX is read to its end. The answer is kept.
    /// </summary>
    /// <returns>Null when this kind of image does not tell its kernels (LTO-IR, Tile IR, unknown kinds), or when the payload is damaged: see <see cref="PayloadProblem"/>.</returns>
    /// <exception cref="DeviceCodeException">The platform could not read the file.</exception>
    public IReadOnlyList<string>? ReadKernels()
    {
        if (!Volatile.Read(ref _kernelsRead))
        {
            _kernels = Kind switch
            {
                ImageKind.Cubin => Guarded(() => CubinKernelNames.Read(_bytes)),
                ImageKind.Ptx => Guarded(() => PtxKernelNames.Read(_bytes)),
                _ => null,
            };
            Volatile.Write(ref _kernelsRead, true);
        }

        return _kernels;
    }

    /// <summary>Its kernels with the resources that a cubin states for them. Unpacks the whole image.</summary>
    /// <returns>Null in the cases of <see cref="ReadKernels"/>.</returns>
    /// <exception cref="DeviceCodeException">The platform could not read the file.</exception>
    public IReadOnlyList<KernelInfo>? ReadKernelDetails() => Kind == ImageKind.Cubin
        ? Guarded(() => CubinFile.ReadKernels(_bytes.Unpack()))
        : ReadKernels()?.Select(name => new KernelInfo(name, null, null)).ToList();

    /// <summary>The PTX text, without the NUL padding that may follow it.</summary>
    /// <returns>Null when the image is not PTX, or the payload is damaged: see <see cref="PayloadProblem"/>.</returns>
    /// <exception cref="DeviceCodeException">The platform could not read the file.</exception>
    public string? ReadText() => Kind != ImageKind.Ptx ? null : Guarded(() =>
    {
        byte[] bytes = _bytes.ReadAll();
        int length = bytes.Length;
        while (length > 0 && bytes[length - 1] == 0)
        {
            length--;
        }

        return Encoding.UTF8.GetString(bytes, 0, length);
    });

    /// <summary>
    /// What its PTX text can need at most. The names of its kernels are found on the way, so that the text is unpacked once. The answer is kept.
    /// </summary>
    /// <returns>Null when the image is not PTX, its payload is damaged, or only a close look at <see cref="ReadText"/> tells.</returns>
    /// <exception cref="DeviceCodeException">The platform could not read the file.</exception>
    internal PtxSkim? Skim()
    {
        if (!Volatile.Read(ref _skimmed))
        {
            _skim = Kind == ImageKind.Ptx ? Guarded(ReadSkim) : null;
            if (_skim is { } skim && !Volatile.Read(ref _kernelsRead))
            {
                _kernels = [.. skim.Entries.Select(_bytes.Reader.Shared)];
                Volatile.Write(ref _kernelsRead, true);
            }

            Volatile.Write(ref _skimmed, true);
        }

        return _skim;
    }

    private PtxSkim? ReadSkim()
    {
        using Stream stream = _bytes.Open();
        return PtxSkim.Read(stream) is { } skim && skim.Length == Size ? skim : null;
    }

    private T? Guarded<T>(Func<T?> read)
        where T : class
    {
        try
        {
            return read();
        }
        catch (PayloadException e)
        {
            Volatile.Write(ref _payloadProblem, new Problem(Offset, $"the {Kind.Word()} image for {ArchitectureName} cannot be read: {e.Message}", _member));
            return null;
        }
    }
}
