using CudaArch.DeviceCode.IO;

namespace CudaArch.DeviceCode.Containers;

/// <summary>Loose fatbins: containers one behind the other.</summary>
internal sealed class FatbinFormat : ContainerFormat
{
    public override bool Recognizes(ReadOnlySpan<byte> head) =>
        head.StartsWith(FatbinReader.Magic.Slice(0, 4)) || head.StartsWith(FatbinReader.MagicBeforeCuda6);

    public override Host Read(ByteRange file, ReadContext context)
    {
        if (file.Length < FatbinReader.HeaderSize)
        {
            throw new DeviceCodeException(
                file.Name, file.Start + file.Length, $"a fatbin header of {FatbinReader.HeaderSize} bytes", $"the file ends after {file.Length} bytes");
        }

        DataAreaReader.Read([new DataArea("fatbin", file, AreaKind.Fatbins)], context);
        return new Host(HostFormat.Fatbin, null);
    }
}
