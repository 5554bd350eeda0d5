using System.IO.Hashing;

namespace CudaArch.DeviceCode.Caching;

/// <summary>The hash of what is kept, over parts of arrays. Not by spans: on .NET Framework the library is bound to another copy of System.Memory than this assembly, and its spans are other types then.</summary>
internal static class PartHash
{
    /// <summary>Takes bytes in.</summary>
    public static void Append(XxHash128 hash, byte[] bytes, int count) => hash.Append(new MemoryStream(bytes, 0, count, writable: false));

    /// <summary>The hash of the first bytes of an array.</summary>
    public static byte[] Of(byte[] bytes, int count)
    {
        var hash = new XxHash128();
        Append(hash, bytes, count);
        return hash.GetCurrentHash();
    }
}
