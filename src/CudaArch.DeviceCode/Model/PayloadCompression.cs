namespace CudaArch.DeviceCode;

/// <summary>How the payload of an image is stored.</summary>
public enum PayloadCompression
{
    /// <summary>As it is.</summary>
    None,

    /// <summary>One LZ4 block without a frame (<c>-compress-mode=speed</c>, and everything before CUDA 12.8).</summary>
    Lz4,

    /// <summary>One zstd frame.</summary>
    Zstd,
}
