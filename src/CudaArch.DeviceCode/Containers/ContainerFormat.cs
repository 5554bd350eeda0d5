using CudaArch.DeviceCode.IO;

namespace CudaArch.DeviceCode.Containers;

/// <summary>The host that a container format was found in.</summary>
/// <param name="Format">The format.</param>
/// <param name="Machine">The host's machine by its usual name; null when the format has none.</param>
internal readonly record struct Host(HostFormat Format, string? Machine);

/// <summary>One container format: turns bytes into modules and nothing else.</summary>
internal abstract class ContainerFormat
{
    /// <summary>Whether a file that starts with these bytes is of this format. At least <see cref="ContainerFormats.HeadSize"/> bytes, or the whole file.</summary>
    public abstract bool Recognizes(ReadOnlySpan<byte> head);

    /// <summary>Adds the modules of a file to the context.</summary>
    /// <exception cref="DeviceCodeException">The file as a whole cannot be read.</exception>
    public abstract Host Read(ByteRange file, ReadContext context);
}
