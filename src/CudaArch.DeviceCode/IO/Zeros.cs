namespace CudaArch.DeviceCode.IO;

/// <summary>Zeros between what counts.</summary>
internal static class Zeros
{
    /// <summary>How many zeros bytes start with.</summary>
    public static int CountAtStart(ReadOnlySpan<byte> bytes)
    {
#if NET
        int count = bytes.IndexOfAnyExcept((byte)0);
        return count < 0 ? bytes.Length : count;
#else
        int count = 0;
        while (count < bytes.Length && bytes[count] == 0)
        {
            count++;
        }

        return count;
#endif
    }
}
