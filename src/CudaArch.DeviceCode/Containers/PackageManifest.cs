using System.Xml;

namespace CudaArch.DeviceCode.Containers;

/// <summary>The member of a package that tells its identity: a NuGet package's <c>.nuspec</c>, a Python wheel's <c>METADATA</c>.</summary>
internal static class PackageManifest
{
    /// <summary>Whether a member is one, by its place.</summary>
    public static bool Is(string name) => IsNuspec(name) || IsWheelMetadata(name);

    /// <summary>Reads the identity; null when the manifest states none or is damaged, which is not for this product to judge.</summary>
    /// <exception cref="InvalidDataException">The stream cannot be unpacked.</exception>
    public static PackageIdentity? Read(string name, Stream manifest)
    {
        try
        {
            return IsNuspec(name) ? PackageIdentity.ReadNuspec(manifest) : PackageIdentity.ReadWheelMetadata(manifest);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static bool IsNuspec(string name) => name.IndexOf('/') < 0 && name.EndsWith(".nuspec", StringComparison.OrdinalIgnoreCase);

    private static bool IsWheelMetadata(string name) =>
        name.EndsWith(".dist-info/METADATA", StringComparison.Ordinal) && name.IndexOf('/') == name.Length - "/METADATA".Length;
}
