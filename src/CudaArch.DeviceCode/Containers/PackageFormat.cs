using System.Buffers;
using System.IO.Compression;
using CudaArch.DeviceCode.IO;

namespace CudaArch.DeviceCode.Containers;

/// <summary>
/// Zip-based packages: <c>.nupkg</c>, <c>.snupkg</c>, <c>.zip</c>, <c>.whl</c>. Members that are not compressed are read where they lie; of the others the first bytes are
/// unpacked to see what they are, and those that can hold device code are unpacked into a temporary file. No name of a member is ever used as a path.
/// </summary>
internal sealed class PackageFormat : ContainerFormat
{
    private static readonly string[] NativeExtensions = [".so", ".dll", ".exe", ".pyd", ".node", ".a", ".lib", ".o", ".obj", ".cubin", ".fatbin", ".ptx"];

    public override bool Recognizes(ReadOnlySpan<byte> head) => head.StartsWith("PK\x3\x4"u8) || head.StartsWith("PK\x5\x6"u8);

    public override Host Read(ByteRange file, ReadContext context)
    {
        string? outer = context.Member;
        if (context.Nesting >= context.Options.MaxNesting)
        {
            context.Report(file.Start, $"packages nested in each other more than {context.Options.MaxNesting} deep are not read");
            return new Host(HostFormat.Package, null);
        }

        context.Nesting++;
        try
        {
            var names = new HashSet<string>(StringComparer.Ordinal);
            ulong stored = 0;
            PackageDirectory.Read(file, context, entry =>
            {
                context.Member = ReadContext.Join(outer, entry.Name);
                stored += Math.Min(entry.StoredSize, (ulong)file.Length + 1);
                if (stored > (ulong)file.Length)
                {
                    context.Report(entry.Place, $"the package's members have more bytes than its {file.Length}: they overlap, and the rest of them is not read");
                    return false;
                }

                if (!entry.IsFolder)
                {
                    ReadMember(file, entry, names, context);
                }

                return !context.IsFull;
            });
        }
        finally
        {
            context.Nesting--;
            context.Member = outer;
        }

        return new Host(HostFormat.Package, null);
    }

    private static void ReadMember(ByteRange package, PackageEntry entry, HashSet<string> names, ReadContext context)
    {
        if (entry.IsEncrypted || entry.Method is not (PackageEntry.Stored or PackageEntry.Deflate))
        {
            // What it holds cannot be seen, so its name must tell whether that matters.
            if (IsNativeName(entry.Name))
            {
                context.Report(entry.Place, entry.IsEncrypted ? "the member is encrypted and cannot be read" : $"the member is compressed by method {entry.Method}; 0 and 8 (deflate) are read");
            }

            return;
        }

        if (!entry.TryFind(package, out ByteRange stored))
        {
            context.Report(entry.Place, $"a member of {entry.StoredSize} bytes was expected at 0x{entry.Header:x}: the package is truncated or damaged");
            return;
        }

        byte[] head = ArrayPool<byte>.Shared.Rent(ContainerFormats.HeadSize);
        try
        {
            if (context.Nesting == 1 && PackageManifest.Is(entry.Name))
            {
                using Stream manifest = Open(stored, entry);
                context.Package ??= PackageManifest.Read(entry.Name, manifest);
                return;
            }

            if (entry.Method == PackageEntry.Stored)
            {
                var bytes = ByteRange.Of(new PartByteSource(PathOf(package, entry), stored));
                ContainerFormat? format = ContainerFormats.Find(bytes);
                ReadFound(format, bytes, entry, names, context, format is null && !IsNativeName(entry.Name) ? null : Damage(entry, Crc32.Of(bytes)));
            }
            else
            {
                ReadDeflated(package, stored, entry, head, names, context);
            }
        }
        catch (InvalidDataException e)
        {
            context.Report(entry.Place, $"the member's compressed bytes are damaged: {e.Message}");
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(head);
        }
    }

    private static void ReadDeflated(ByteRange package, ByteRange stored, PackageEntry entry, byte[] head, HashSet<string> names, ReadContext context)
    {
        using var stream = new Crc32Stream(Open(stored, entry));
        int read = 0, more;
        while (read < ContainerFormats.HeadSize && (more = stream.Read(head, read, ContainerFormats.HeadSize - read)) > 0)
        {
            read += more;
        }

        if (!context.TryUnpack(read, entry.Place))
        {
            return;
        }

        ContainerFormat? format = ContainerFormats.Find(head.AsSpan(0, read));
        if (format is null && !IsNativeName(entry.Name))
        {
            return;
        }

        if (entry.Size > (ulong)context.Options.MaxMemberSize)
        {
            context.Report(entry.Place, $"the member claims to unpack to {entry.Size} bytes, more than the {context.Options.MaxMemberSize} that are read");
            return;
        }

        if (!context.TryUnpack((long)entry.Size, entry.Place))
        {
            return;
        }

        Spool spool = context.Spool(package.Name);
        Spool.Mark mark = spool.Current;
        int modules = context.Modules.Count;
        try
        {
            ByteRange bytes = spool.Unpack(PathOf(package, entry), head.AsSpan(0, read), stream, (long)entry.Size, out long size);
            ReadFound(format, bytes, entry, names, context, Damage(entry, size) ?? Damage(entry, stream.Value));
        }
        finally
        {
            if (context.Modules.Count == modules)
            {
                spool.Rewind(mark);
            }
        }
    }

    private static void ReadFound(ContainerFormat? format, ByteRange bytes, PackageEntry entry, HashSet<string> names, ReadContext context, string? damage)
    {
        if (damage is not null && format is null or PackageFormat)
        {
            context.Report(entry.Place, damage);
        }

        if (format is null)
        {
            return;
        }

        if (!names.Add(entry.Name))
        {
            context.Report(entry.Place, "the package has another member of this name; which of them is unpacked depends on the tool");
        }

        if (format is PackageFormat)
        {
            EmbeddedFile.Read(format, bytes, context);
            return;
        }

        context.BeginPart(bytes.Length);
        if (damage is not null)
        {
            context.Report(entry.Place, damage);
        }

        context.EndPart(EmbeddedFile.Read(format, bytes, context));
    }

    private static string? Damage(PackageEntry entry, long size) =>
        size == (long)entry.Size ? null
        : size > (long)entry.Size ? $"the member unpacks to more than the {entry.Size} bytes that the package's directory states"
        : $"the member unpacks to {size} bytes where the package's directory states {entry.Size}";

    private static string? Damage(PackageEntry entry, uint checkSum) => checkSum == entry.CheckSum ? null
        : $"the member has CRC-32 {checkSum:x8} where the package's directory states {entry.CheckSum:x8}: its bytes are not those that were packed";

    private static Stream Open(ByteRange stored, PackageEntry entry) =>
        entry.Method == PackageEntry.Stored ? new RangeStream(stored) : new DeflateStream(new RangeStream(stored), CompressionMode.Decompress);

    private static string PathOf(ByteRange package, PackageEntry entry) => package.Name + "/" + entry.Name;

    private static bool IsNativeName(string name) =>
        NativeExtensions.Any(extension => name.EndsWith(extension, StringComparison.OrdinalIgnoreCase)) || name.IndexOf(".so.", StringComparison.Ordinal) >= 0;
}
