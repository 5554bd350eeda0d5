namespace CudaArch.DeviceCode;

/// <summary>What a target can do with a module.</summary>
public enum Coverage
{
    /// <summary>Nothing in it can run on the target.</summary>
    None,

    /// <summary>No cubin loads, but the driver can compile PTX for the target (or, for relocatable code, link and compile).</summary>
    JitFallback,

    /// <summary>A cubin in it loads on the target.</summary>
    Native,
}

/// <summary>What a target can do with a file.</summary>
public enum FileCoverage
{
    /// <summary>No module with a kernel.</summary>
    NoDeviceCode,

    /// <summary>No module runs on the target.</summary>
    None,

    /// <summary>Some modules that should run on the target do not.</summary>
    Partial,

    /// <summary>Everything that should run does, but it has to be compiled for the target at run time.</summary>
    JitFallback,

    /// <summary>Everything that should run has a cubin for the target.</summary>
    Native,
}

/// <summary>Why a module that does not run on a target is not a gap: it is meant for other devices, or for other uses.</summary>
public enum ByDesignReason
{
    /// <summary>The module runs, or it is a gap.</summary>
    NotByDesign,

    /// <summary>It holds only LTO-IR: material for linking at run time.</summary>
    LinkTime,

    /// <summary>Every image is for an architecture newer than the target.</summary>
    Newer,

    /// <summary>Every image has an <c>a</c> or <c>f</c> suffix: written for one architecture or family.</summary>
    Specific,

    /// <summary>The library picks its code by device, and its makers built for the target.</summary>
    Dispatched,

    /// <summary>It covers fewer than half of the other generations that the file has.</summary>
    Narrow,

    /// <summary>Its images define no kernel, or every kernel of it is also in a module that runs.</summary>
    NoKernels,
}
