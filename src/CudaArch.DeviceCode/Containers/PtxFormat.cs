using System.Buffers;
using System.Text;
using CudaArch.Architectures;
using CudaArch.DeviceCode.Compression;
using CudaArch.DeviceCode.IO;
using CudaArch.Ptx;

namespace CudaArch.DeviceCode.Containers;

/// <summary>PTX text: its first statement is <c>.version</c>, its second <c>.target</c>; comments and blank lines may stand before them.</summary>
internal sealed class PtxFormat : ContainerFormat
{
    private const int PtxEntryKind = 1;

    public override bool Recognizes(ReadOnlySpan<byte> head) => TryReadHeader(head, out _);

    public override Host Read(ByteRange file, ReadContext context)
    {
        TryAdd(file, "ptx", context);
        return new Host(HostFormat.Ptx, null);
    }

    /// <summary>Adds the PTX text that fills a range; false when it is none.</summary>
    public static bool TryAdd(ByteRange text, string location, ReadContext context)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(ContainerFormats.HeadSize);
        try
        {
            if (!TryReadHeader(buffer.AsSpan(0, text.Read(0, buffer.AsSpan(0, ContainerFormats.HeadSize))), out Header header))
            {
                return false;
            }

            if (header.Target is null)
            {
                context.Report(text.Start, "the .target of the PTX text names no architecture");
            }

            var payload = new Payload(text, PayloadCompression.None, text.Length, context.Payloads);
            ImageKind kind = header.Target is null ? ImageKind.Unknown : ImageKind.Ptx;
            var image = new DeviceCodeImage(
                kind, PtxEntryKind, header.Target ?? default, text.Start, ImageBytes.Of(payload), new ImageVersion(header.Version.Major, header.Version.Minor), header.IsDebug, context.Member);
            context.Add(location, text.Start, isRelocatable: false, [image]);
            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Whether bytes may begin PTX: a dot or a comment after blanks.</summary>
    public static bool StartsLikeText(ReadOnlySpan<byte> head)
    {
        foreach (byte b in head.StartsWith("\uFEFF"u8) ? head.Slice(3) : head)
        {
            if (b is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
            {
                return b is (byte)'.' or (byte)'/';
            }
        }

        return false;
    }

    private static bool TryReadHeader(ReadOnlySpan<byte> head, out Header header)
    {
        header = default;
        if (!StartsLikeText(head))
        {
            return false;
        }

        ReadOnlySpan<char> text = Encoding.UTF8.GetString(head.ToArray()).TrimStart('\uFEFF').AsSpan();
        var reader = new PtxReader(text);
        if (!IsDirective(ref reader, text, "version") || reader.Statement.Operands.Length == 0
            || !PtxVersion.TryParse(TextOf(text, reader.Statement.Operands[0].Span), out PtxVersion version)
            || !IsDirective(ref reader, text, "target"))
        {
            return false;
        }

        SmArchitecture? target = null;
        bool isDebug = false;
        foreach (PtxOperand operand in reader.Statement.Operands)
        {
            ReadOnlySpan<char> word = TextOf(text, operand.Span);
            isDebug |= word.SequenceEqual("debug".AsSpan());
            target = SmArchitecture.TryParse(word, out SmArchitecture architecture) ? architecture : target;
        }

        header = new Header(version, target, isDebug);
        return true;
    }

    private static bool IsDirective(ref PtxReader reader, ReadOnlySpan<char> text, string name) =>
        reader.Read() && reader.Statement.IsDirective && TextOf(text, reader.Statement.Parts[0]).SequenceEqual(name.AsSpan());

    private static ReadOnlySpan<char> TextOf(ReadOnlySpan<char> text, PtxSpan span) => text.Slice(span.Start, span.Length);

    private readonly record struct Header(PtxVersion Version, SmArchitecture? Target, bool IsDebug);
}
