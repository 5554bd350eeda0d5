using System.Runtime.InteropServices;

namespace CudaArch.Annotations;

/// <summary>The few functions of the CUDA driver that tell what the device is. Signatures: cuda.h.</summary>
internal static class CudaDriver
{
    // CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR and _MINOR.
    private const int Major = 75;
    private const int Minor = 76;

    /// <summary>The compute capability of device 0; (0, 0) without a driver or device.</summary>
    public static (int Major, int Minor) ReadComputeCapability()
    {
        try
        {
            return RuntimeInformation.IsOSPlatform(OSPlatform.Windows)
                ? Read(Windows.cuInit, Windows.cuDeviceGet, Windows.cuDeviceGetAttribute)
                : Read(Unix.cuInit, Unix.cuDeviceGet, Unix.cuDeviceGetAttribute);
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException)
        {
            return (0, 0);
        }
    }

    private static (int Major, int Minor) Read(Func<uint, int> init, GetDevice getDevice, GetAttribute getAttribute)
    {
        const int Success = 0;
        return init(0) == Success && getDevice(out int device, 0) == Success
            && getAttribute(out int major, Major, device) == Success && getAttribute(out int minor, Minor, device) == Success
            ? (major, minor)
            : (0, 0);
    }

    private delegate int GetDevice(out int device, int ordinal);

    private delegate int GetAttribute(out int value, int attribute, int device);

#pragma warning disable IDE1006, SA1300 // Names of the driver.
    private static class Windows
    {
        [DllImport("nvcuda"), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        public static extern int cuInit(uint flags);

        [DllImport("nvcuda"), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        public static extern int cuDeviceGet(out int device, int ordinal);

        [DllImport("nvcuda"), DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        public static extern int cuDeviceGetAttribute(out int value, int attribute, int device);
    }

    private static class Unix
    {
        [DllImport("libcuda.so.1"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int cuInit(uint flags);

        [DllImport("libcuda.so.1"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int cuDeviceGet(out int device, int ordinal);

        [DllImport("libcuda.so.1"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int cuDeviceGetAttribute(out int value, int attribute, int device);
    }
#pragma warning restore IDE1006, SA1300
}
