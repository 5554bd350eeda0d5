namespace CudaArch.MSBuild.Triage;

/// <summary>Looks at the beginning of files.</summary>
internal static class FileContents
{
    /// <summary>How many bytes are looked at.</summary>
    public const int HeadSize = 4096;

    private static readonly byte[] FatbinMagic = [0x50, 0xED, 0x55, 0xBA];
    private static readonly string[] LinkerScripts = ["/* GNU ld script", "INPUT", "GROUP", "OUTPUT_FORMAT"];

    /// <summary>Recognises a file by its first bytes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="head">A buffer of <see cref="HeadSize"/> bytes.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read, or it is a folder.</exception>
    public static FileContent Recognize(string path, byte[] head)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
        int length = 0;
        for (int read; length < head.Length && (read = stream.Read(head, length, head.Length - length)) > 0;)
        {
            length += read;
        }

        return new Head(head, length).Recognize();
    }

    /// <summary>Recognises a file by its first bytes.</summary>
    private static FileContent Recognize(this Head head) =>
        head.Length == 0 ? FileContent.Empty
        : head.Has(0, "\u007fELF") ? (head.Length > 4 && head.Bytes[4] == 1 ? FileContent.Native32 : FileContent.Native)
        : head.Has(0, "MZ") ? PeHead.Recognize(head)
        : head.Has(0, "!<arch>\n") || head.Has(0, "!<thin>\n") || head.Has(0, FatbinMagic) ? FileContent.Native
        : RecognizeText(head);

    private static FileContent RecognizeText(Head head)
    {
        // PTX begins with comments, then .version and .target; nothing else has both.
        if (head.Contains(".version") && head.Contains(".target"))
        {
            return FileContent.Native;
        }

        int start = 0;
        while (start < head.Length && head.Bytes[start] is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
        {
            start++;
        }

        foreach (string script in LinkerScripts)
        {
            if (head.Has(start, script))
            {
                return FileContent.LinkerScript;
            }
        }

        return FileContent.Other;
    }
}
