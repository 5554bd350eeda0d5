using System.Text;

namespace CudaArch.Testing.Building;

/// <summary>Builds COFF objects as Microsoft's linker takes them: short section names in place, long ones in the string table behind the symbols.</summary>
public static class CoffBuilder
{
    private const int HeaderSize = 20, BigHeaderSize = 56, SectionHeaderSize = 40;
    private const uint ReadOnlyData = 0x40000040;

    /// <summary>An object of the usual form, or of the one for many sections.</summary>
    public static byte[] Object(ushort machine, bool isBig, params (string Name, byte[] Bytes)[] sections)
    {
        int headerSize = isBig ? BigHeaderSize : HeaderSize;
        int position = headerSize + (sections.Length * SectionHeaderSize);
        var strings = new StringBuilder();
        var headers = new Bytes();
        foreach ((string name, byte[] bytes) in sections)
        {
            string field = name;
            if (name.Length > 8)
            {
                field = "/" + (4 + strings.Length);
                strings.Append(name).Append('\0');
            }

            headers.Text(field, 8).U32(0, 0, bytes.Length, position, 0, 0).U16(0, 0).U32(ReadOnlyData);
            position += bytes.Length;
        }

        // One symbol, so that the string table does not stand where the symbol table starts.
        Bytes file = isBig
            ? new Bytes().U16(0, 0xFFFF, 2, machine).U32(0).U8(0xC7, 0xA1, 0xBA, 0xD1, 0xEE, 0xBA, 0xA9, 0x4B, 0xAF, 0x20, 0xFA, 0xF6, 0x6A, 0xA4, 0xDC, 0xB8)
                .Zeros(16).U32(sections.Length, position, 1)
            : new Bytes().U16(machine, sections.Length).U32(0, position, 1).U16(0, 0);
        file.Add(headers.ToArray());
        foreach ((string _, byte[] bytes) in sections)
        {
            file.Add(bytes);
        }

        return file.Zeros(isBig ? 20 : 18).U32(4 + strings.Length).Text(strings.ToString()).ToArray();
    }
}
