namespace CudaArch.DeviceCode;

/// <summary>A kernel of an image.</summary>
/// <param name="Name">Its mangled name.</param>
/// <param name="Registers">Registers a thread, from <c>.nv.info</c>; null when the image does not tell.</param>
/// <param name="StaticSharedMemory">Static shared memory of a block in bytes, the size of <c>.nv.shared.NAME</c>; 0 when a cubin has no such section; null when the image is no cubin.</param>
public sealed record KernelInfo(string Name, int? Registers, long? StaticSharedMemory);
