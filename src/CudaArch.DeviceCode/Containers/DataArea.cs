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

/// <summary>A section or segment that is looked through.</summary>
internal readonly record struct DataArea(string Location, ByteRange Bytes, AreaKind Kind);
