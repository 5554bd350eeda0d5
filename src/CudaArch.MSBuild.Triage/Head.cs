namespace CudaArch.MSBuild.Triage;

/// <summary>The first bytes of a file. Plain arrays: spans would bring a library along on .NET Framework.</summary>
/// <param name="bytes">A buffer.</param>
/// <param name="length">How many bytes of it are the file's.</param>
internal readonly struct Head(byte[] bytes, int length)
{
    /// <summary>The buffer.</summary>
    public byte[] Bytes { get; } = bytes;

    /// <summary>How many bytes of the buffer count.</summary>
    public int Length { get; } = length;

    /// <summary>Whether ASCII text stands at a place.</summary>
    public bool Has(int at, string text)
    {
        if (at < 0 || at > Length - text.Length)
        {
            return false;
        }

        for (int i = 0; i < text.Length; i++)
        {
            if (Bytes[at + i] != text[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether bytes stand at a place.</summary>
    public bool Has(int at, byte[] wanted)
    {
        if (at < 0 || at > Length - wanted.Length)
        {
            return false;
        }

        for (int i = 0; i < wanted.Length; i++)
        {
            if (Bytes[at + i] != wanted[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Whether ASCII text stands anywhere.</summary>
    public bool Contains(string text)
    {
        for (int at = 0; (at = Array.IndexOf(Bytes, (byte)text[0], at, Length - at)) >= 0; at++)
        {
            if (Has(at, text))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A little-endian number of 16 bits; 0 where there is none.</summary>
    public ushort UInt16(int at) => at >= 0 && at <= Length - 2 ? (ushort)(Bytes[at] | (Bytes[at + 1] << 8)) : (ushort)0;

    /// <summary>A little-endian number of 32 bits; 0 where there is none.</summary>
    public uint UInt32(int at) => at >= 0 && at <= Length - 4 ? UInt16(at) | ((uint)UInt16(at + 2) << 16) : 0;
}
