using System.Buffers.Binary;

namespace CudaArch.MSBuild.Files;

/// <summary>Tells managed from native Windows files by their headers.</summary>
internal static class PeHead
{
    private const int PeOffsetPlace = 0x3C;
    private const int OptionalHeader = 24;
    private const ushort Pe32 = 0x10B;
    private const ushort Pe32Plus = 0x20B;
    private const int CliHeaderDirectory = 14;

    /// <summary>Recognises a file that begins with <c>MZ</c>. Damage is for the verifier to find: such a file is taken for native.</summary>
    public static FileContent Recognize(ReadOnlySpan<byte> head)
    {
        if (head.Length < PeOffsetPlace + 4)
        {
            return FileContent.Native;
        }

        uint pe = BinaryPrimitives.ReadUInt32LittleEndian(head.Slice(PeOffsetPlace));
        if (pe > (uint)(head.Length - OptionalHeader - 2) || !head.Slice((int)pe).StartsWith("PE\0\0"u8))
        {
            return FileContent.Native;
        }

        ReadOnlySpan<byte> optional = head.Slice((int)pe + OptionalHeader);
        ushort magic = BinaryPrimitives.ReadUInt16LittleEndian(optional);
        int directories = magic == Pe32 ? 96 : magic == Pe32Plus ? 112 : -1;
        if (directories < 0)
        {
            return FileContent.Native;
        }

        int cli = directories + (8 * CliHeaderDirectory);
        bool isManaged = optional.Length >= cli + 8
            && BinaryPrimitives.ReadUInt32LittleEndian(optional.Slice(directories - 4)) > CliHeaderDirectory
            && BinaryPrimitives.ReadUInt32LittleEndian(optional.Slice(cli)) != 0;

        // C++/CLI has both kinds of code, and may hold CUDA.
        return isManaged && !HasCudaSections(head, (int)pe) ? FileContent.Managed : magic == Pe32 ? FileContent.Native32 : FileContent.Native;
    }

    private static bool HasCudaSections(ReadOnlySpan<byte> head, int pe)
    {
        int count = BinaryPrimitives.ReadUInt16LittleEndian(head.Slice(pe + 6));
        int table = pe + OptionalHeader + BinaryPrimitives.ReadUInt16LittleEndian(head.Slice(pe + 20));
        for (int i = 0; i < count; i++)
        {
            int at = table + (40 * i);
            if (at + 8 > head.Length)
            {
                break;
            }

            if (head.Slice(at, 8).StartsWith(".nv"u8))
            {
                return true;
            }
        }

        return false;
    }
}
