namespace CudaArch.DeviceCode;

/// <summary>What kind of file the device code stands in.</summary>
public enum HostFormat
{
    /// <summary>Nothing that can hold device code.</summary>
    None,

    /// <summary>A 64-bit ELF shared object, program or object file.</summary>
    Elf,

    /// <summary>A Windows DLL, program or object file.</summary>
    PeCoff,

    /// <summary>A static library: <c>.a</c> or <c>.lib</c>.</summary>
    Archive,

    /// <summary>A loose fatbin.</summary>
    Fatbin,

    /// <summary>A loose cubin.</summary>
    Cubin,

    /// <summary>PTX text.</summary>
    Ptx,

    /// <summary>A zip-based package, or a folder.</summary>
    Package,
}
