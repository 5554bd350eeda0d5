using CudaArch.DeviceCode.IO;

namespace CudaArch.DeviceCode.Containers;

/// <summary>What an area of a host file is known to hold.</summary>
internal enum AreaKind
{
    /// <summary>Any data: device code may stand anywhere in it.</summary>
    Data,

    /// <summary>Fatbin containers, one behind the other.</summary>
    Fatbins,

    /// <summary>Fatbin containers whose code must be linked before it can be loaded.</summary>
    RelocatableFatbins,
}

/// <summary>A section, segment or resource that is looked through.</summary>
/// <param name="Location">What a module in it tells as its location.</param>
/// <param name="Bytes">Its bytes.</param>
/// <param name="Kind">What it is known to hold.</param>
/// <param name="Member">The name of a resource; null for sections.</param>
internal readonly record struct DataArea(string Location, ByteRange Bytes, AreaKind Kind, string? Member = null)
{
    /// <summary>Where it ends, in bytes from the start of the file.</summary>
    public long End => Bytes.Start + Bytes.Length;
}
