using System.Text;

namespace CudaArch.MSBuild.Files;

/// <summary>What the first bytes of a file say: whether it is worth handing to the verifier.</summary>
internal enum FileContent
{
    /// <summary>Native code, or PTX.</summary>
    Native,

    /// <summary>Native code for a 32-bit host. CUDA has had none since version 9, so there is nothing to verify.</summary>
    Native32,

    /// <summary>A .NET assembly without native code.</summary>
    Managed,

    /// <summary>A text file in the place of a library that tells the linker where the library is.</summary>
    LinkerScript,

    /// <summary>Anything else.</summary>
    Other,

    /// <summary>No byte at all.</summary>
    Empty,
}

/// <summary>Looks at the beginning of files.</summary>
internal static class FileContents
{
    private const int HeadSize = 4096;

    private static ReadOnlySpan<byte> FatbinMagic => [0x50, 0xED, 0x55, 0xBA];

    /// <summary>Recognises a file by its first bytes.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read, or it is a folder.</exception>
    public static FileContent Recognize(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
        byte[] head = new byte[HeadSize];
        int length = 0;
        for (int read; length < head.Length && (read = stream.Read(head, length, head.Length - length)) > 0;)
        {
            length += read;
        }

        return Recognize(head.AsSpan(0, length));
    }

    /// <summary>Recognises a file by its first bytes.</summary>
    public static FileContent Recognize(ReadOnlySpan<byte> head) => head switch
    {
        { IsEmpty: true } => FileContent.Empty,
        _ when head.StartsWith("\u007fELF"u8) => head.Length > 4 && head[4] == 1 ? FileContent.Native32 : FileContent.Native,
        _ when head.StartsWith("MZ"u8) => PeHead.Recognize(head),
        _ when head.StartsWith("!<arch>\n"u8) || head.StartsWith("!<thin>\n"u8) => FileContent.Native,
        _ when head.StartsWith(FatbinMagic) => FileContent.Native,
        _ => RecognizeText(head),
    };

    private static FileContent RecognizeText(ReadOnlySpan<byte> head)
    {
        // PTX begins with comments, then .version and .target; nothing else has both.
        if (head.IndexOf(".version"u8) >= 0 && head.IndexOf(".target"u8) >= 0)
        {
            return FileContent.Native;
        }

        string start = Encoding.ASCII.GetString(head.Slice(0, Math.Min(head.Length, 64)).ToArray()).TrimStart();
        return start.StartsWith("/* GNU ld script", StringComparison.Ordinal) || start.StartsWith("INPUT", StringComparison.Ordinal)
            || start.StartsWith("GROUP", StringComparison.Ordinal) || start.StartsWith("OUTPUT_FORMAT", StringComparison.Ordinal)
            ? FileContent.LinkerScript
            : FileContent.Other;
    }
}
