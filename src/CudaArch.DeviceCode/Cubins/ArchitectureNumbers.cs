using CudaArch.Architectures;

namespace CudaArch.DeviceCode.Cubins;

/// <summary>Architecture numbers as files state them.</summary>
internal static class ArchitectureNumbers
{
    /// <summary>Makes an architecture of a number such as 121; false when it is not a compute capability.</summary>
    public static bool TryRead(uint number, ArchitectureVariant variant, out SmArchitecture architecture)
    {
        architecture = default;
        if (number is < 10 or > 999)
        {
            return false;
        }

        architecture = new SmArchitecture((int)number / 10, (int)number % 10, variant);
        return true;
    }
}
