using System.Globalization;
using CudaArch.DeviceCode.Cubins;
using CudaArch.DeviceCode.IO;

namespace CudaArch.DeviceCode.Containers;

/// <summary>
/// Static libraries: <c>ar</c> archives of ELF or COFF objects with GNU, BSD or Microsoft member names. Thin archives (GNU) hold names of object files only, which are read
/// where they stand.
/// </summary>
internal sealed class ArchiveFormat : ContainerFormat
{
    private const int MagicSize = 8, HeaderSize = 60, MaxNamesSize = 64 << 20, LongestName = 4096;
    private const string BsdPrefix = "#1/";

    private static ReadOnlySpan<byte> Magic => "!<arch>\n"u8;

    private static ReadOnlySpan<byte> ThinMagic => "!<thin>\n"u8;

    public override bool Recognizes(ReadOnlySpan<byte> head) => head.StartsWith(Magic) || head.StartsWith(ThinMagic);

    public override Host Read(ByteRange file, ReadContext context)
    {
        Span<byte> header = stackalloc byte[HeaderSize];
        file.Read(0, header);
        bool isThin = header.StartsWith(ThinMagic);
        byte[] names = [];
        string? machine = null, outer = context.Member;
        for (long position = MagicSize; position < file.Length && !context.IsFull;)
        {
            if (!TryReadHeader(file, position, header, context, out string name, out long size))
            {
                break;
            }

            long start = position + HeaderSize;
            bool isIndex = name is "/" or "/SYM64/" or "//" || name.StartsWith("__.SYMDEF", StringComparison.Ordinal);
            if (isThin && !isIndex)
            {
                ReadThinMember(file, LongName(name, names), context, ref machine, outer);
                position = start;
                continue;
            }

            if (!file.TrySlice((ulong)start, (ulong)size, out ByteRange member))
            {
                context.Report(file.Start + position, $"member {name} of {size} bytes was expected where {file.Length - start} are left: the archive is truncated or damaged");
                member = file.From(start);
            }

            if (name == "//")
            {
                names = ReadNames(member);
            }
            else if (!isIndex)
            {
                (string path, ByteRange bytes) = Resolve(name, member, names);
                ReadMember(path, bytes, context, ref machine, outer);
            }

            position = start + member.Length + (member.Length & 1);
        }

        context.Member = outer;
        return new Host(HostFormat.Archive, machine);
    }

    private static bool TryReadHeader(ByteRange file, long position, Span<byte> header, ReadContext context, out string name, out long size)
    {
        name = "";
        size = 0;
        int read = file.Read(position, header);
        if (read == HeaderSize && header[58] == (byte)'`' && header[59] == (byte)'\n'
            && long.TryParse(Utf8.GetString(header.Slice(48, 10)).Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out size))
        {
            name = Utf8.GetString(header.Slice(0, 16)).TrimEnd(' ');
            return true;
        }

        context.Report(file.Start + position, $"a member header of {HeaderSize} bytes was expected where {file.Length - position} are left: the archive is truncated or damaged");
        return false;
    }

    // GNU ends short names with a slash and refers to long ones as "/123"; BSD puts long ones in front of the member's bytes.
    private static (string Path, ByteRange Bytes) Resolve(string name, ByteRange member, byte[] names)
    {
        if (name.StartsWith(BsdPrefix, StringComparison.Ordinal)
            && int.TryParse(name.Substring(BsdPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int length) && length <= Math.Min(member.Length, LongestName))
        {
            var bytes = new byte[length];
            member.Read(0, bytes);
            return (Utf8.GetString(bytes).TrimEnd('\0'), member.From(length));
        }

        return (LongName(name, names), member);
    }

    private static string LongName(string name, byte[] names)
    {
        if (name.Length < 2 || name[0] != '/' || !uint.TryParse(name.Substring(1), NumberStyles.None, CultureInfo.InvariantCulture, out uint offset) || offset >= names.Length)
        {
            return name.TrimEnd('/');
        }

        // GNU ends each with "/\n", Microsoft with NUL.
        ReadOnlySpan<byte> text = names.AsSpan((int)offset);
        text = text.Slice(0, Math.Min(text.Length, LongestName));
        int end = text.IndexOfAny((byte)'\n', (byte)0);
        return Utf8.GetString(end < 0 ? text : text.Slice(0, end)).TrimEnd('/');
    }

    private static byte[] ReadNames(ByteRange member)
    {
        var names = new byte[Math.Min(member.Length, MaxNamesSize)];
        member.Read(0, names);
        return names;
    }

    private static void ReadMember(string path, ByteRange bytes, ReadContext context, ref string? machine, string? outer)
    {
        context.Member = ReadContext.Join(outer, path);
        switch (ContainerFormats.Find(bytes))
        {
            case (ElfFormat or CoffObjectFormat or CubinFormat or FatbinFormat) and var format:
                Host? host = EmbeddedFile.Read(format, bytes, context);
                machine ??= host?.Machine;
                break;
            case ArchiveFormat:
                context.Report(bytes.Start, "an archive inside an archive is not read: no linker does");
                break;
        }

        context.Member = outer;
    }

    private static void ReadThinMember(ByteRange file, string path, ReadContext context, ref string? machine, string? outer)
    {
        string? found = null;
        try
        {
            found = file.Folder is { } folder ? Path.Combine(folder, path) : null;
            if (found is null || new FileInfo(found) is not { Exists: true, Length: > 0 })
            {
                context.Report(file.Start, $"the thin archive refers to {path}, which is not there");
                return;
            }
        }
        catch (Exception e) when (e is ArgumentException or IOException or NotSupportedException or UnauthorizedAccessException)
        {
            context.Report(file.Start, $"the thin archive refers to {path}, which cannot be opened: {e.Message}");
            return;
        }

        ReadMember(path, ByteRange.Of(new ReopenedByteSource(found)), context, ref machine, outer);
    }
}
