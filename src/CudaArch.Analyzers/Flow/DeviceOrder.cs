using CudaArch.Architectures;

namespace CudaArch.Analyzers.Flow;

/// <summary>Where in the line of devices, oldest first, those stand that can run something.</summary>
internal static class DeviceOrder
{
    /// <summary>The devices that report a compute capability. 10.1 is an older name of 11.0 that none reports.</summary>
    public static IEnumerable<SmArchitecture> Devices => ArchitectureCatalog.All.Select(info => info.Architecture).Where(architecture => architecture.Number != 101);

    /// <summary>The newest device that is older than every one that can; null when the oldest can, or none.</summary>
    public static SmArchitecture? LastBefore(Func<SmArchitecture, bool> can)
    {
        SmArchitecture? last = null;
        foreach (ArchitectureInfo info in ArchitectureCatalog.All)
        {
            if (can(info.Architecture))
            {
                return last;
            }

            last = info.Architecture;
        }

        return null;
    }
}
