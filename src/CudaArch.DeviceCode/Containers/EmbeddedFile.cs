using CudaArch.DeviceCode.IO;

namespace CudaArch.DeviceCode.Containers;

/// <summary>Files inside other files: native libraries and PTX among the resources of an assembly, members of archives.</summary>
internal static class EmbeddedFile
{
    /// <summary>
    /// Reads a file that lies whole inside another one, when its format is known and no container of containers. Loose fatbins and cubins are left to the search, which finds them.
    /// </summary>
    public static bool TryRead(ByteRange bytes, string location, ReadContext context)
    {
        switch (ContainerFormats.Find(bytes))
        {
            case PtxFormat:
                return PtxFormat.TryAdd(bytes, location, context);
            case (ElfFormat or PeFormat) and var format when context.Nesting < context.Options.MaxNesting:
                context.Nesting++;
                Read(format, bytes, context);
                context.Nesting--;
                return true;
            default:
                return false;
        }
    }

    /// <summary>Reads an inner file; that it cannot be read is a problem of the outer one.</summary>
    public static Host? Read(ContainerFormat format, ByteRange bytes, ReadContext context)
    {
        try
        {
            return format.Read(bytes, context);
        }
        catch (DeviceCodeException e) when (e.Failure is DeviceCodeFailure.NoCudaHost or DeviceCodeFailure.NotNative)
        {
            // Sound, and without device code: 32-bit libraries stand beside the others in archives and packages.
            return null;
        }
        catch (DeviceCodeException e) when (e.InnerException is null)
        {
            context.Report(e.Offset, $"{e.Found}; expected {e.Expected}");
            return null;
        }
    }
}
