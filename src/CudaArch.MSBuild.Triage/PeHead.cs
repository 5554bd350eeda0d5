namespace CudaArch.MSBuild.Triage;

/// <summary>Tells managed from native Windows files by their headers.</summary>
internal static class PeHead
{
    private const int PeOffsetPlace = 0x3C;
    private const int OptionalHeader = 24;
    private const ushort Pe32 = 0x10B;
    private const ushort Pe32Plus = 0x20B;
    private const int CliHeaderDirectory = 14;

    /// <summary>Recognises a file that begins with <c>MZ</c>. Damage is for the verifier to find: such a file is taken for native.</summary>
    public static FileContent Recognize(Head head)
    {
        if (head.UInt32(PeOffsetPlace) is not (> 0 and < FileContents.HeadSize) || !head.Has((int)head.UInt32(PeOffsetPlace), "PE\0\0"))
        {
            return FileContent.Native;
        }

        int pe = (int)head.UInt32(PeOffsetPlace), optional = pe + OptionalHeader;
        ushort magic = head.UInt16(optional);
        int directories = magic == Pe32 ? 96 : magic == Pe32Plus ? 112 : -1;
        if (directories < 0)
        {
            return FileContent.Native;
        }

        bool isManaged = head.UInt32(optional + directories - 4) > CliHeaderDirectory && head.UInt32(optional + directories + (8 * CliHeaderDirectory)) != 0;

        // C++/CLI has both kinds of code, and may hold CUDA.
        return isManaged && !HasCudaSections(head, pe) ? FileContent.Managed : magic == Pe32 ? FileContent.Native32 : FileContent.Native;
    }

    private static bool HasCudaSections(Head head, int pe)
    {
        int count = head.UInt16(pe + 6);
        int table = pe + OptionalHeader + head.UInt16(pe + 20);
        for (int i = 0; i < count; i++)
        {
            if (head.Has(table + (40 * i), ".nv"))
            {
                return true;
            }
        }

        return false;
    }
}
