using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using CudaArch.DeviceCode.Verification;
using CudaArch.Libraries;

namespace CudaArch.DeviceCode.Hosts;

/// <summary>Finds the version of CUDA that a shipped library or program of it belongs to, in the places that <see cref="ToolkitVersionSource"/> names.</summary>
internal static class ToolkitVersionReader
{
    private const int Chunk = 1 << 20;
    private const int LargestResources = 4 << 20;

    // VS_FIXEDFILEINFO: its signature, the version of its own layout, then the file's version in four fields of 16 bits.
    private static ReadOnlySpan<byte> VersionSignature => [0xBD, 0x04, 0xEF, 0xFE, 0x00, 0x00, 0x01, 0x00];

    /// <summary>The version; a part that nothing tells is null.</summary>
    public static (int? Major, int? Minor) Read(ToolkitLibrary library, string name, VerificationInput input)
    {
        (int? major, int? minor) = library.VersionOf(name);
        try
        {
            if (library.VersionSource == ToolkitVersionSource.Text)
            {
                using Stream program = Open(input);
                return VersionInText(program);
            }

            if (library.VersionSource is ToolkitVersionSource.RuntimeResource or ToolkitVersionSource.LibraryResource)
            {
                using Stream file = Open(input);

                // A name and a resource that contradict each other tell nothing.
                return LastFieldOfFileVersion(file) is { } field && library.VersionOf(field) is { } version && (major is null || major == version.Major) ? version : (major, minor);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            // Then the name is all that is known.
        }

        return (major, minor);
    }

    private static Stream Open(VerificationInput input) =>
        input.OpenStream?.Invoke() ?? new FileStream(input.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    private static (int? Major, int? Minor) VersionInText(Stream stream)
    {
        byte[] wanted = Encoding.ASCII.GetBytes(ToolkitLibrary.VersionText);
        byte[] buffer = new byte[Chunk + 64];
        int kept = 0;
        for (int read; (read = stream.Read(buffer, kept, buffer.Length - kept)) > 0;)
        {
            Span<byte> filled = buffer.AsSpan(0, kept + read);
            int offset = 0;
            for (int at; (at = filled.Slice(offset).IndexOf(wanted)) >= 0; offset += at + 1)
            {
                if (Parse(filled.Slice(offset + at + wanted.Length)) is { } version)
                {
                    return version;
                }
            }

            // A text may lie across two chunks.
            kept = Math.Min(filled.Length, wanted.Length + 16);
            filled.Slice(filled.Length - kept).CopyTo(buffer);
        }

        return (null, null);
    }

    // 13.5, V13.5.37
    private static (int? Major, int? Minor)? Parse(ReadOnlySpan<byte> text)
    {
        string start = Encoding.ASCII.GetString(text.Slice(0, Math.Min(text.Length, 8)).ToArray());
        string[] parts = start.Split(',')[0].Split('.');
        return parts.Length == 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int major)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int minor)
            ? (major, minor)
            : null;
    }

    // The signature is looked for in the resources only: in device code it could stand by chance.
    private static int? LastFieldOfFileVersion(Stream stream)
    {
        byte[] start = new byte[4096];
        ReadOnlySpan<byte> head = start.AsSpan(0, Fill(stream, start));
        if (head.Length < 64 || !head.StartsWith("MZ"u8))
        {
            return null;
        }

        uint header = BinaryPrimitives.ReadUInt32LittleEndian(head.Slice(60));
        if (header > head.Length - 24 || !head.Slice((int)header).StartsWith("PE\0\0"u8))
        {
            return null;
        }

        ReadOnlySpan<byte> sections = head.Slice((int)header);
        int count = BinaryPrimitives.ReadUInt16LittleEndian(sections.Slice(6)), first = 24 + BinaryPrimitives.ReadUInt16LittleEndian(sections.Slice(20));
        for (int i = 0; i < count && first + ((i + 1) * 40) <= sections.Length; i++)
        {
            ReadOnlySpan<byte> section = sections.Slice(first + (i * 40), 40);
            if (section.StartsWith(".rsrc\0"u8))
            {
                byte[] resources = new byte[Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(section.Slice(16)), LargestResources)];
                stream.Position = BinaryPrimitives.ReadUInt32LittleEndian(section.Slice(20));
                ReadOnlySpan<byte> read = resources.AsSpan(0, Fill(stream, resources));
                int at = read.IndexOf(VersionSignature);
                return at >= 0 && at + 16 <= read.Length ? BinaryPrimitives.ReadUInt16LittleEndian(read.Slice(at + 12)) : null;
            }
        }

        return null;
    }

    private static int Fill(Stream stream, byte[] buffer)
    {
        int total = 0;
        for (int read; total < buffer.Length && (read = stream.Read(buffer, total, buffer.Length - total)) > 0;)
        {
            total += read;
        }

        return total;
    }
}
